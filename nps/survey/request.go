package survey

import (
	"fmt"
	"math"
	"time"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Request is what a decision of [Surveyor.Decide] or [Surveyor.Choose] depends on.
type Request struct {
	Survey   string    // name of the survey; required
	Customer string    // id of the customer; required
	Now      time.Time // moment of the decision; required

	Event         Event     // the event at hand, for a survey that follows one
	CustomerSince time.Time // when the person became a customer, not after Now; required for a survey that recurs

	Segment   string   // segment of the customer, for quotas
	Consented []string // channels by which the customer allows surveys
	Sent      []Sent   // all surveys that the customer was sent, in any order
	Hold      bool     // whether nothing is to be asked of the customer now, as while a complaint is open

	QuotaUsed        uint64 // how many customers were sent this survey so far in the quota period
	SegmentQuotaUsed uint64 // how many customers of the same segment were sent this survey so far in the quota period
}

// Event is something that happened to a customer. It differs from cohort.Event, which
// carries its customer.
type Event struct {
	Name string    // name of the event, as in [Survey].After
	At   time.Time // when it happened, not after Now
}

// Sent is a survey that a customer was sent.
type Sent struct {
	Survey string    // name of the survey, of this policy or not
	At     time.Time // when it was sent, not after Now
}

// moments are the times of a request in nanoseconds since 1970, so that instants alone
// count.
type moments struct {
	now, event, since int64
	last, lastAny     int64 // when the customer was last sent this survey, and any
	asked, askedAny   bool  // whether the customer was sent this survey, and any
}

const opDecide = "survey.Surveyor.Decide"

// moments returns the times of a request, or what is wrong with it.
func (s *compiled) moments(r *Request) (t moments, err error) {
	if r.Customer == "" {
		return t, badRequest("Customer", nil, rule.Want(rule.Missing, "the id of the customer"))
	}
	switch err := rule.Time(r.Now); {
	case r.Now.IsZero():
		return t, badRequest("Now", nil, rule.Want(rule.ZeroTime, "the moment of the decision"))
	case err != nil:
		return t, badRequest("Now", r.Now, err)
	}
	t.now = r.Now.UnixNano()
	t.lastAny = math.MinInt64
	switch {
	case s.After != "" && r.Event.Name != "":
		if t.event, err = past(r.Event.At, t.now); err != nil {
			return t, badRequest("Event.At", r.Event.At, err)
		}
	case s.Every > 0 && r.CustomerSince.IsZero():
		return t, badRequest("CustomerSince", nil, rule.Want(rule.ZeroTime, "the moment when the person became a customer"))
	case s.Every > 0:
		if t.since, err = past(r.CustomerSince, t.now); err != nil {
			return t, badRequest("CustomerSince", r.CustomerSince, err)
		}
	}
	for i := range r.Sent {
		sent := &r.Sent[i]
		at, err := past(sent.At, t.now)
		if err != nil {
			return t, badRequest(fmt.Sprintf("Sent[%d].At", i), sent.At, err)
		}
		t.lastAny, t.askedAny = max(t.lastAny, at), true
		if sent.Survey == r.Survey && (!t.asked || at > t.last) {
			t.last, t.asked = at, true
		}
	}
	return t, nil
}

var errFuture = rule.Because(rule.Range, "after Now", "a moment up to Now")

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
	return fault.Of(opDecide, field, value, err)
}
