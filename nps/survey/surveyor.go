package survey

import (
	"maps"
	"slices"
	"time"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Surveyor decides by a [Policy] who may be asked now. [Policy.Compile] returns it. It
// never changes and is safe for concurrent use.
type Surveyor struct {
	coolDown time.Duration
	surveys  map[string]*compiled // nil in the zero Surveyor
}

// MarshalJSON always returns an error: store the [Policy], and compile it again.
func (s Surveyor) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("survey.Surveyor.MarshalJSON", "the Policy that it was compiled from")
}

// Decision is whether to ask, and if not, why not.
type Decision struct {
	Ask     bool   `json:"ask"`               // whether the customer may be asked now
	Channel string `json:"channel,omitempty"` // channel by which to ask, if Ask

	Refusals Refusals `json:"refusals"` // all reasons not to ask; none if Ask

	// NotBefore is the earliest time to ask again, in UTC, as far as the reasons that pass
	// with time are concerned: delays, cool-downs and recurrence. It is zero where there is
	// no such reason. The other reasons need something else to happen.
	NotBefore time.Time `json:"notBefore,omitzero"`
}

// Decide says whether a customer may be asked now. It is a function of its argument alone:
// the same request gives the same decision. To decide about many customers at once, under
// quotas, use [Surveyor.Choose].
//
// A request that makes no sense returns a [clientele.InputError]: a survey that the policy
// lacks ([clientele.ErrUnknown]), a customer without id ([clientele.ErrMissing]), times
// that are zero or after Now where they are needed. A Surveyor that [Policy.Compile] did
// not return gives [clientele.ErrMissing].
func (s *Surveyor) Decide(r Request) (Decision, error) {
	if s == nil || s.surveys == nil {
		return Decision{}, fault.Unconfigured(opDecide)
	}
	one, t, err := s.read(&r)
	if err != nil {
		return Decision{}, err
	}
	return s.decide(one, &r, &t), nil
}

// read returns the survey and the times of a request, or what is wrong with it.
func (s *Surveyor) read(r *Request) (*compiled, moments, error) {
	one := s.surveys[r.Survey]
	if one == nil {
		return nil, moments{}, badRequest("Survey", r.Survey, rule.OneOf(slices.Sorted(maps.Keys(s.surveys))...))
	}
	t, err := one.moments(r)
	return one, t, err
}

// decide decides a request that makes sense.
func (s *Surveyor) decide(one *compiled, r *Request, t *moments) Decision {
	var d Decision
	if t.asked {
		d.wait(SurveyCoolDown, t.now, t.last, one.CoolDown.Duration())
	}
	if t.askedAny {
		d.wait(CoolDown, t.now, t.lastAny, s.coolDown)
	}
	switch {
	case one.Every > 0:
		d.wait(NotDue, t.now, t.since, one.Start.Duration())
		if t.asked {
			d.wait(NotDue, t.now, t.last, one.Every.Duration())
		}
	case r.Event.Name != one.After:
		d.refuse(OtherEvent, true)
	default:
		d.follow(one, t)
	}
	d.refuse(NotSampled, one.lottery.draw(r.Customer) >= one.Share)
	d.refuse(QuotaFull, one.Quota > 0 && r.QuotaUsed >= one.Quota)
	d.refuse(SegmentFull, one.fullFor(r.Segment, r.SegmentQuotaUsed))
	channel := one.channel(r.Consented)
	d.refuse(NoConsent, channel == "")
	d.refuse(OnHold, r.Hold)
	if d.Refusals == 0 {
		d.Ask, d.Channel = true, channel
	}
	return d
}

func (d *Decision) refuse(why Refusal, holds bool) { d.Refusals = d.Refusals.with(why, holds) }

// wait refuses until a time after a moment, which is not after now, has passed.
func (d *Decision) wait(why Refusal, now, from int64, length time.Duration) {
	if passed(from, now) >= uint64(length) {
		return
	}
	d.refuse(why, true)
	if until := rule.Moment(from).Add(length); until.After(d.NotBefore) {
		d.NotBefore = until
	}
}

// follow refuses outside the time after the event that a survey follows.
func (d *Decision) follow(s *compiled, t *moments) {
	d.wait(TooEarly, t.now, t.event, s.Delay.Duration())
	d.refuse(AskedForEvent, t.asked && t.last >= t.event)
	if s.Within > 0 {
		late := passed(t.event, t.now) > uint64(s.Within.Duration())
		d.refuse(TooLate, late)
		d.refuse(Missed, !late && d.NotBefore.After(rule.Moment(t.event).Add(s.Within.Duration())))
	}
}

// fullFor reports whether as many customers of a segment were asked as its quota allows.
func (s *compiled) fullFor(segment string, used uint64) bool {
	for i := range s.Quotas {
		if q := &s.Quotas[i]; q.Segment == segment {
			return used >= q.Most
		}
	}
	return false
}

// channel is the first to which the customer consents, "" if there is none.
func (s *compiled) channel(consented []string) string {
	for _, channel := range s.Channels {
		if slices.Contains(consented, channel) {
			return channel
		}
	}
	return ""
}
