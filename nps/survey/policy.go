package survey

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// Policy says who may be asked what, and how often. It is a plain struct with a JSON form,
// so that you can store it and edit it in a settings page; [Policy.Compile] returns the
// [Surveyor] that decides. Hours of the day and days of the week are left to whoever sends
// messages.
type Policy struct {
	Surveys []Survey `json:"surveys"` // the surveys that may be sent, at least one

	// CoolDown is how long a customer is left alone after any survey; 0 = no such rule.
	CoolDown clientele.Days `json:"coolDown,omitempty"`
}

// Survey is a questionnaire that is sent again and again. It follows an event or recurs:
// either After or Every is given.
type Survey struct {
	Name string `json:"name"` // name of the survey, unique; required

	// After is the name of the event that the survey follows, such as "delivery": see
	// [Event]. The survey is sent once for each event.
	After  string `json:"after,omitempty"`
	Delay  Hours  `json:"delay,omitempty"`  // earliest time after the event to ask, in hours
	Within Hours  `json:"within,omitempty"` // latest time after the event to ask, in hours, above Delay; 0 = no end

	// Every is the number of days between two surveys of one customer. The survey recurs by
	// customer, not by calendar, so that answers arrive evenly.
	Every clientele.Days `json:"every,omitempty"`
	Start clientele.Days `json:"start,omitempty"` // days from [Request].CustomerSince to the customer's first survey, with Every

	// CoolDown is how long a customer is not asked this survey again, in addition to the
	// policy's CoolDown after any survey; 0 = no such rule.
	CoolDown clientele.Days `json:"coolDown,omitempty"`

	// Share is the share of customers who are ever asked, above 0 and up to 1 = all;
	// required. Whether a customer is in the share depends on the customer's id and Salt
	// alone, so that it does not change, and a greater share includes a smaller one; see
	// [Sampled].
	Share float64 `json:"share"`
	Salt  string  `json:"salt,omitempty"` // text that is hashed with the id for Share: surveys with one salt ask the same customers; "" = Name

	Channels []string `json:"channels"` // channels by which it may be sent, the preferred first; at least one

	// Quota is how many customers are asked at most in a quota period; 0 = no limit. The host
	// decides how long a period is, and passes the count so far in [Request].QuotaUsed.
	Quota  uint64         `json:"quota,omitempty"`
	Quotas []SegmentQuota `json:"quotas,omitempty"` // limits of segments in a quota period, each named once
}

// UnmarshalJSON reads a survey. An unknown key, a key given twice or a value of the wrong
// type returns an InputError of [clientele.ErrEncoding] and leaves s as it was.
// [Policy.Compile] checks the values.
func (s *Survey) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("survey.Survey.UnmarshalJSON", data, s)
}

// SegmentQuota limits how many customers of a segment are asked in a quota period, see
// [Survey].Quota.
type SegmentQuota struct {
	Segment string `json:"segment"` // the segment, as in [Request].Segment
	Most    uint64 `json:"most"`    // how many customers are asked at most; 0 = nobody
}

// UnmarshalJSON reads a quota. An unknown key, a key given twice or a value of the wrong
// type returns an InputError of [clientele.ErrEncoding] and leaves q as it was.
// [Policy.Compile] checks the values.
func (q *SegmentQuota) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("survey.SegmentQuota.UnmarshalJSON", data, q)
}

// UnmarshalJSON reads a policy. An unknown key, a key given twice or a value of the wrong
// type returns an InputError of [clientele.ErrEncoding] and leaves the policy as it was.
// [Policy.Compile] checks the values.
func (p *Policy) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("survey.Policy.UnmarshalJSON", data, p)
}

// Validate reports all faults of the policy at once in a [clientele.ConfigError].
func (p Policy) Validate() error {
	_, err := p.compile("survey.Policy.Validate")
	return err
}

// Compile returns a [Surveyor] for the policy, or all faults of the policy at once in a
// [clientele.ConfigError].
func (p Policy) Compile() (*Surveyor, error) { return p.compile("survey.Policy.Compile") }

func (p Policy) compile(op string) (*Surveyor, error) {
	faults := clientele.ConfigError{Op: op}
	if err := rule.Days(p.CoolDown); err != nil {
		faults.Add("CoolDown", p.CoolDown, err)
	}
	if len(p.Surveys) == 0 {
		faults.Add("Surveys", nil, rule.Want(rule.Missing, "at least one survey"))
	}
	names := make(map[string]bool, len(p.Surveys))
	s := &Surveyor{coolDown: p.CoolDown.Duration(), surveys: make(map[string]*compiled, len(p.Surveys))}
	for i, one := range p.Surveys {
		path := fmt.Sprintf("Surveys[%d].", i)
		fault.AddLabel(&faults, path+"Name", one.Name, names)
		c := one.compile(&faults, path)
		c.position = i
		s.surveys[one.Name] = c
	}
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

// compiled is a Survey that has been checked, with its defaults.
type compiled struct {
	Survey
	lottery  lottery
	position int // in the policy
}

// compile notes the faults of the survey at a path of a policy.
func (s Survey) compile(faults *clientele.ConfigError, path string) *compiled {
	s.Channels, s.Quotas = slices.Clone(s.Channels), slices.Clone(s.Quotas)
	c := &compiled{Survey: s}
	s.checkLengths(faults, path)
	s.checkEvent(faults, path)
	if !(s.Share > 0 && s.Share <= 1) {
		faults.Add(path+"Share", s.Share, rule.Want(rule.Range, "a share above 0, up to 1 for all customers"))
	}
	if c.Salt == "" {
		c.Salt = s.Name
	}
	c.lottery = newLottery(c.Salt)
	if len(s.Channels) == 0 {
		faults.Add(path+"Channels", nil, rule.Want(rule.Missing, "at least one channel"))
	}
	seen := make(map[string]bool)
	for i, channel := range s.Channels {
		fault.AddLabel(faults, fmt.Sprintf("%sChannels[%d]", path, i), channel, seen)
	}
	segments := make(map[string]bool, len(s.Quotas))
	for i, quota := range s.Quotas {
		if segments[quota.Segment] {
			faults.Add(fmt.Sprintf("%sQuotas[%d].Segment", path, i), quota.Segment, fault.ErrTwice)
		}
		segments[quota.Segment] = true
	}
	return c
}

// checkLengths notes lengths of time that are unusable by themselves.
func (s Survey) checkLengths(faults *clientele.ConfigError, path string) {
	for _, days := range []struct {
		field string
		value clientele.Days
	}{{"Every", s.Every}, {"Start", s.Start}, {"CoolDown", s.CoolDown}} {
		if err := rule.Days(days.value); err != nil {
			faults.Add(path+days.field, days.value, err)
		}
	}
	for _, hours := range []struct {
		field string
		value Hours
	}{{"Delay", s.Delay}, {"Within", s.Within}} {
		if err := hours.value.check(); err != nil {
			faults.Add(path+hours.field, hours.value, err)
		}
	}
}

// checkEvent notes what does not go together: a survey follows an event or recurs.
func (s Survey) checkEvent(faults *clientele.ConfigError, path string) {
	without := func(field string, value any, other string) {
		faults.Add(path+field, value, rule.Because(rule.Range, "given without "+other, "0, or %s too", other))
	}
	if s.After == "" && s.Every == 0 {
		faults.Add(path+"After", nil, rule.Because(rule.Missing, "neither After nor Every is given", "the event that the survey follows, or Every for one that recurs"))
	}
	if s.After != "" && s.Every != 0 {
		faults.Add(path+"Every", s.Every, rule.Because(rule.Range, "given with After", "After or Every, not both"))
	}
	if s.After != "" && s.Every == 0 && s.Start != 0 {
		without("Start", s.Start, "Every")
	}
	if s.After == "" && s.Delay != 0 {
		without("Delay", s.Delay, "After")
	}
	switch {
	case s.After == "" && s.Within != 0:
		without("Within", s.Within, "After")
	case s.Within > 0 && s.Within <= s.Delay:
		faults.Add(path+"Within", s.Within, rule.Because(rule.Range, "not above Delay", "more than %d hours, or 0 for no end", s.Delay))
	}
}
