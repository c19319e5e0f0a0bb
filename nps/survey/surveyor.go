package survey

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Surveyor decides by a [Policy] who may be asked now. It never changes and is
// safe for concurrent use.
type Surveyor struct {
	coolDown time.Duration
	surveys  map[string]*survey
}

// survey is a Survey with its defaults.
type survey struct {
	Survey
	lottery lottery
}

// Request is what a decision depends on.
type Request struct {
	Survey   string    // name
	Customer string    // id
	Now      time.Time // the moment of the decision

	Event Event     // the event at hand, for a survey that follows one
	Since time.Time // the customer's beginning, for one that recurs

	Segment   string   // of the customer, for quotas
	Consented []string // channels by which the customer allows surveys
	Sent      []Sent   // all surveys that the customer was sent, in any order
	Hold      bool     // nothing is asked of the customer now, as while a complaint is open

	// QuotaUsed and SentToSegment are how many customers, and how many of this customer's
	// segment, were sent this survey in the period of its quotas.
	QuotaUsed, SegmentQuotaUsed uint64
}

// Event is something that happened to a customer.
type Event struct {
	Name string
	At   time.Time
}

// Sent is a survey that a customer was sent.
type Sent struct {
	Survey string
	At     time.Time
}

// Decision is whether to ask, and if not, why not.
type Decision struct {
	Ask     bool   `json:"ask"`
	Channel string `json:"channel,omitempty"` // by which to ask, if at all

	Refusals Refusals `json:"refusals"` // all that hold, none if Ask

	// NotBefore is the moment before which those reasons hold that pass with time:
	// delays, cool-downs and recurrence, in UTC. Zero if there is none of them. The others need
	// something else to happen.
	NotBefore time.Time `json:"notBefore,omitzero"`
}

// Decide says whether a customer may be asked now. It is a function of its argument
// alone: the same request gives the same decision.
//
// What cannot be is an [clientele.InputError]: a survey that the policy lacks, a
// customer without id, times that are zero or after Now where they are needed.
func (s *Surveyor) Decide(r Request) (Decision, error) {
	one := s.surveys[r.Survey]
	t, err := one.check(&r)
	if err != nil {
		return Decision{}, err
	}
	var d Decision
	if t.asked {
		d.wait(SurveyCoolDown, t.now, t.last, one.CoolDown.Duration())
	}
	if len(r.Sent) > 0 {
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
		d.follow(one, &t)
	}
	d.refuse(NotSampled, one.lottery.position(r.Customer) >= one.Share)
	d.refuse(QuotaFull, one.Quota > 0 && r.QuotaUsed >= one.Quota)
	d.refuse(SegmentFull, one.fullFor(r.Segment, r.SegmentQuotaUsed))
	channel := one.channel(r.Consented)
	d.refuse(NoConsent, channel == "")
	d.refuse(OnHold, r.Hold)
	if d.Refusals == 0 {
		d.Ask, d.Channel = true, channel
	}
	return d, nil
}

func (d *Decision) refuse(why Refusal, holds bool) { d.Refusals = d.Refusals.with(why, holds) }

// wait refuses until a time after a moment, which is not after now, has passed.
func (d *Decision) wait(why Refusal, now, from int64, length time.Duration) {
	if passed(from, now) >= uint64(length) {
		return
	}
	d.refuse(why, true)
	if until := time.Unix(0, from).UTC().Add(length); until.After(d.NotBefore) {
		d.NotBefore = until
	}
}

// follow refuses outside the time after the event that a survey follows.
func (d *Decision) follow(s *survey, t *surveyTimes) {
	d.wait(TooEarly, t.now, t.event, s.Delay.Duration())
	d.refuse(AskedForEvent, t.asked && t.last >= t.event)
	if s.Within > 0 {
		late := passed(t.event, t.now) > uint64(s.Within.Duration())
		d.refuse(TooLate, late)
		d.refuse(Missed, !late && d.NotBefore.After(time.Unix(0, t.event).Add(s.Within.Duration())))
	}
}

// fullFor reports whether so many customers of a segment are as many as wanted.
func (s *survey) fullFor(segment string, sent uint64) bool {
	for i := range s.Quotas {
		if q := &s.Quotas[i]; q.Segment == segment {
			return sent >= q.Most
		}
	}
	return false
}

// channel is the first that the customer consents to, "" if there is none.
func (s *survey) channel(consented []string) string {
	for _, channel := range s.Channels {
		if slices.Contains(consented, channel) {
			return channel
		}
	}
	return ""
}

// surveyTimes are the moments of a request in nanoseconds since 1970, so that instants
// alone count.
type surveyTimes struct {
	now, event, since int64
	last, lastAny     int64 // when the customer was last sent this survey, and any
	asked             bool  // whether the customer was sent this survey
}

const opDecide = "survey.Surveyor.Decide"

// check returns the moments of a request, or what of it cannot be. A nil survey is one
// that the policy lacks.
func (s *survey) check(r *Request) (t surveyTimes, err error) {
	if s == nil {
		return t, badRequest("Survey", r.Survey, clientele.ErrUnknown)
	}
	if r.Customer == "" {
		return t, badRequest("Customer", nil, clientele.ErrMissing)
	}
	if err := rule.Time(r.Now); err != nil {
		return t, badRequest("Now", r.Now, err)
	}
	t.now = r.Now.UnixNano()
	t.lastAny = math.MinInt64
	switch {
	case s.After != "" && r.Event.Name != "":
		if t.event, err = past(r.Event.At, t.now); err != nil {
			return t, badRequest("Event.At", r.Event.At, err)
		}
	case s.Every > 0:
		if t.since, err = past(r.Since, t.now); err != nil {
			return t, badRequest("Since", r.Since, err)
		}
	}
	for i := range r.Sent {
		a := &r.Sent[i]
		at, err := past(a.At, t.now)
		if err != nil {
			return t, badRequest(fmt.Sprintf("Sent[%d].At", i), a.At, err)
		}
		t.lastAny = max(t.lastAny, at)
		if a.Survey == r.Survey && (!t.asked || at > t.last) {
			t.last, t.asked = at, true
		}
	}
	return t, nil
}

var errFuture = fmt.Errorf("%w: after Now", clientele.ErrRange)

// past returns a moment that has to be past in nanoseconds, or what is wrong with it.
func past(at time.Time, now int64) (int64, error) {
	if err := rule.Time(at); err != nil {
		return 0, err
	}
	nanoseconds := at.UnixNano()
	if nanoseconds > now {
		return 0, errFuture
	}
	return nanoseconds, nil
}

func badRequest(field string, value any, err error) error {
	return &clientele.InputError{Op: opDecide, Index: -1, Field: field, Value: value, Err: err}
}
