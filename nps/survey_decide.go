package nps

import (
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
)

// Surveyor decides by a [SurveyPolicy] who may be asked now. It never changes and is
// safe for concurrent use.
type Surveyor struct {
	coolDown time.Duration
	surveys  map[string]*survey
}

// survey is a Survey with its defaults.
type survey struct {
	Survey
	sample sample
}

// SurveyRequest is what a decision depends on.
type SurveyRequest struct {
	Survey   string    // name
	Customer string    // id
	Now      time.Time // the moment of the decision

	Event SurveyEvent // the event at hand, for a survey that follows one
	Since time.Time   // the customer's beginning, for one that recurs

	Segment   string   // of the customer, for quotas
	Consented []string // channels by which the customer allows surveys
	Asked     []Asked  // all surveys that the customer was sent, in any order
	Hold      bool     // nothing is asked of the customer now, as while a complaint is open

	// Sent and SentToSegment are how many customers, and how many of this customer's
	// segment, were sent this survey in the period of its quotas.
	Sent, SentToSegment uint64
}

// SurveyEvent is something that happened to a customer.
type SurveyEvent struct {
	Name string
	At   time.Time
}

// Asked is a survey that a customer was sent.
type Asked struct {
	Survey string
	At     time.Time
}

// SurveyDecision is whether to ask, and if not, why not.
type SurveyDecision struct {
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
func (s *Surveyor) Decide(r SurveyRequest) (SurveyDecision, error) {
	one := s.surveys[r.Survey]
	if err := one.check(&r); err != nil {
		return SurveyDecision{}, err
	}
	r.Now = r.Now.UTC() // without a monotonic reading, so that instants alone count
	var d SurveyDecision
	last, lastAny := r.last()
	d.cool(SurveyCoolDown, r.Now, last, one.CoolDown.Duration())
	d.cool(CoolDown, r.Now, lastAny, s.coolDown)
	switch {
	case one.Every > 0:
		d.wait(NotDue, r.Now, later(r.Since.Add(one.Start.Duration()), last.Add(one.Every.Duration())))
	case r.Event.Name != one.After:
		d.refuse(OtherEvent, true)
	default:
		d.follow(one, &r, last)
	}
	d.refuse(NotSampled, one.sample.place(r.Customer) >= one.Share)
	d.refuse(QuotaFull, one.Quota > 0 && r.Sent >= one.Quota)
	d.refuse(SegmentFull, one.fullFor(r.Segment, r.SentToSegment))
	channel := one.channel(r.Consented)
	d.refuse(NoConsent, channel == "")
	d.refuse(OnHold, r.Hold)
	if d.Refusals == 0 {
		d.Ask, d.Channel = true, channel
	}
	return d, nil
}

func (d *SurveyDecision) refuse(why Refusal, holds bool) { d.Refusals = d.Refusals.with(why, holds) }

// wait refuses before a moment.
func (d *SurveyDecision) wait(why Refusal, now, until time.Time) {
	if now.Before(until) {
		d.refuse(why, true)
		d.NotBefore = later(d.NotBefore, until.UTC())
	}
}

// cool refuses until a time after the last survey has passed.
func (d *SurveyDecision) cool(why Refusal, now, last time.Time, time time.Duration) {
	if !last.IsZero() {
		d.wait(why, now, last.Add(time))
	}
}

// follow refuses outside the time after the event that a survey follows.
func (d *SurveyDecision) follow(s *survey, r *SurveyRequest, last time.Time) {
	d.wait(TooEarly, r.Now, r.Event.At.Add(s.Delay.Duration()))
	d.refuse(AskedForEvent, !last.IsZero() && !last.Before(r.Event.At))
	if s.Within > 0 {
		end := r.Event.At.Add(s.Within.Duration())
		d.refuse(TooLate, r.Now.After(end))
		d.refuse(Missed, !r.Now.After(end) && d.NotBefore.After(end))
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
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

// last returns when the customer was last sent this survey, and any.
func (r *SurveyRequest) last() (this, any time.Time) {
	for i := range r.Asked {
		a := &r.Asked[i]
		any = later(any, a.At)
		if a.Survey == r.Survey {
			this = later(this, a.At)
		}
	}
	return this, any
}

const opDecide = "nps.Surveyor.Decide"

// check reports what of a request cannot be. A nil survey is one that the policy lacks.
func (s *survey) check(r *SurveyRequest) error {
	if s == nil {
		return badRequest("Survey", r.Survey, clientele.ErrUnknown)
	}
	if r.Customer == "" {
		return badRequest("Customer", nil, clientele.ErrMissing)
	}
	if err := clientele.CheckTime(r.Now); err != nil {
		return badRequest("Now", r.Now, err)
	}
	switch {
	case s.After != "" && r.Event.Name != "":
		if err := checkPast(r.Event.At, r.Now); err != nil {
			return badRequest("Event.At", r.Event.At, err)
		}
	case s.Every > 0:
		if err := checkPast(r.Since, r.Now); err != nil {
			return badRequest("Since", r.Since, err)
		}
	}
	for i := range r.Asked {
		if err := checkPast(r.Asked[i].At, r.Now); err != nil {
			return badRequest(fmt.Sprintf("Asked[%d].At", i), r.Asked[i].At, err)
		}
	}
	return nil
}

var errFuture = fmt.Errorf("%w: after Now", clientele.ErrRange)

// checkPast reports what is wrong with a time that has to be past.
func checkPast(at, now time.Time) error {
	if err := clientele.CheckTime(at); err != nil {
		return err
	}
	if at.After(now) {
		return errFuture
	}
	return nil
}

func badRequest(field string, value any, err error) error {
	return &clientele.InputError{Op: opDecide, Index: -1, Field: field, Value: value, Err: err}
}
