package survey

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Policy says who may be asked what, and how often. It is data, to be stored and
// edited; [Policy.Compile] makes the [Surveyor] that decides. Hours of the day
// and days of the week are for whoever sends messages.
type Policy struct {
	Surveys []Survey `json:"surveys"` // at least one

	// CoolDown is how long a customer is left alone after any survey; 0 = no such rule.
	CoolDown clientele.Days `json:"coolDown,omitempty"`
}

// Survey is one kind of question. It follows an event or recurs: either After or Every
// is given.
type Survey struct {
	Name string `json:"name"` // unique

	// After is the event that it follows: a delivery, the close of a case. It is asked
	// once for each event, from Delay after it until Within after it.
	After  string `json:"after,omitempty"`
	Delay  Hours  `json:"delay,omitempty"`
	Within Hours  `json:"within,omitempty"` // 0 = no end; above Delay otherwise

	// Every is the time between two askings of one customer: it recurs by customer, not
	// by calendar, so that answers arrive evenly. The first comes Start after the
	// customer's own beginning.
	Every clientele.Days `json:"every,omitempty"`
	Start clientele.Days `json:"start,omitempty"`

	// CoolDown is how long a customer is not asked this again, besides the policy's; 0 =
	// no such rule.
	CoolDown clientele.Days `json:"coolDown,omitempty"`

	// Share is that of customers who are ever asked, above 0 and up to 1 = all; required.
	// Who is among them depends on the customer's id and Salt alone, so that it does not
	// change, and who is asked at a share is asked at any greater one.
	Share float64 `json:"share"`
	Salt  string  `json:"salt,omitempty"` // "" = Name; surveys of one salt ask the same customers

	Channels []string `json:"channels"` // by which it may be sent, the preferred first; at least one

	// Quota bounds how many customers are asked in a period that the host counts; 0 = no
	// bound. Quotas do so for segments; each is named once.
	Quota  uint64         `json:"quota,omitempty"`
	Quotas []SegmentQuota `json:"quotas,omitempty"`
}

// SegmentQuota bounds how many customers of a segment are asked in a period; 0 = none
// of them.
type SegmentQuota struct {
	Segment string `json:"segment"`
	Most    uint64 `json:"most"`
}

// Hours is a length of time in hours.
type Hours int

const maxHours = Hours(math.MaxInt64 / int64(time.Hour))

// check reports what is wrong with a length: one below 0 or beyond what Duration holds is
// [clientele.ErrRange].
func (h Hours) check() error {
	if h < 0 || h > maxHours {
		return clientele.ErrRange
	}
	return nil
}

// Duration returns the same length of time. It is meaningful for lengths that fit.
func (h Hours) Duration() time.Duration { return time.Duration(h) * time.Hour }

// UnmarshalJSON reads a policy. An unknown key or a value of the wrong type is an
// InputError of [clientele.ErrEncoding] and leaves the policy as it was; whether the
// values make sense is for [Policy.Compile] to tell.
func (p *Policy) UnmarshalJSON(data []byte) error {
	type plain Policy
	var read plain
	if err := strict.JSON(data, &read); err != nil {
		return &clientele.InputError{Op: "survey.Policy.UnmarshalJSON", Index: -1, Err: fmt.Errorf("%w: %w", clientele.ErrEncoding, err)}
	}
	*p = Policy(read)
	return nil
}

// Compile returns what decides by the policy, or all faults of the policy at once in a
// [clientele.ConfigError].
func (p Policy) Compile() (*Surveyor, error) {
	faults := clientele.ConfigError{Op: "survey.Policy.Compile"}
	if err := rule.Days(p.CoolDown); err != nil {
		faults.Add("CoolDown", p.CoolDown, err)
	}
	if len(p.Surveys) == 0 {
		faults.Add("Surveys", nil, clientele.ErrMissing)
	}
	s := &Surveyor{coolDown: p.CoolDown.Duration(), surveys: make(map[string]*survey, len(p.Surveys))}
	for i, one := range p.Surveys {
		place := fmt.Sprintf("Surveys[%d].", i)
		switch _, known := s.surveys[one.Name]; {
		case one.Name == "":
			faults.Add(place+"Name", nil, clientele.ErrMissing)
		case known:
			faults.Add(place+"Name", one.Name, clientele.ErrDuplicate)
		}
		s.surveys[one.Name] = one.compile(&faults, place)
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

// compile notes the faults of one survey.
func (s Survey) compile(faults *clientele.ConfigError, place string) *survey {
	s.Channels, s.Quotas = slices.Clone(s.Channels), slices.Clone(s.Quotas)
	c := &survey{Survey: s}
	s.checkTimes(faults, place)
	if !(s.Share > 0 && s.Share <= 1) {
		faults.Add(place+"Share", s.Share, clientele.ErrRange)
	}
	if c.Salt == "" {
		c.Salt = s.Name
	}
	c.lottery = newLottery(c.Salt)
	if len(s.Channels) == 0 {
		faults.Add(place+"Channels", nil, clientele.ErrMissing)
	}
	seen := make(map[string]bool)
	for i, channel := range s.Channels {
		if field := fmt.Sprintf("%sChannels[%d]", place, i); channel == "" {
			faults.Add(field, nil, clientele.ErrMissing)
		} else if seen[channel] {
			faults.Add(field, channel, clientele.ErrDuplicate)
		}
		seen[channel] = true
	}
	segments := make(map[string]bool, len(s.Quotas))
	for i, quota := range s.Quotas {
		if segments[quota.Segment] {
			faults.Add(fmt.Sprintf("%sQuotas[%d].Segment", place, i), quota.Segment, clientele.ErrDuplicate)
		}
		segments[quota.Segment] = true
	}
	return c
}

// checkTimes notes lengths that make no sense.
func (s Survey) checkTimes(faults *clientele.ConfigError, place string) {
	for _, days := range []struct {
		field string
		value clientele.Days
	}{{"Every", s.Every}, {"Start", s.Start}, {"CoolDown", s.CoolDown}} {
		if err := rule.Days(days.value); err != nil {
			faults.Add(place+days.field, days.value, err)
		}
	}
	for _, hours := range []struct {
		field string
		value Hours
	}{{"Delay", s.Delay}, {"Within", s.Within}} {
		if err := hours.value.check(); err != nil {
			faults.Add(place+hours.field, hours.value, err)
		}
	}
	if s.After == "" && s.Every == 0 {
		faults.Add(place+"After", nil, fmt.Errorf("%w: a survey follows an event or recurs", clientele.ErrMissing))
	}
	if s.After != "" && s.Every != 0 {
		faults.Add(place+"Every", s.Every, fmt.Errorf("%w: besides After", clientele.ErrRange))
	}
	if s.After != "" && s.Every == 0 && s.Start != 0 {
		faults.Add(place+"Start", s.Start, fmt.Errorf("%w: without Every", clientele.ErrRange))
	}
	if s.After == "" && s.Delay != 0 {
		faults.Add(place+"Delay", s.Delay, fmt.Errorf("%w: without After", clientele.ErrRange))
	}
	switch {
	case s.After == "" && s.Within != 0:
		faults.Add(place+"Within", s.Within, fmt.Errorf("%w: without After", clientele.ErrRange))
	case s.Within > 0 && s.Within <= s.Delay:
		faults.Add(place+"Within", s.Within, fmt.Errorf("%w: not above Delay", clientele.ErrRange))
	}
}
