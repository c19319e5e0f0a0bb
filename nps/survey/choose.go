package survey

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

const opChoose = "survey.Surveyor.Choose"

// Choose decides all requests of one moment together, so that no quota is exceeded.
// Decisions are those that [Surveyor.Decide] would make one request after another, with
// every approved survey recorded as sent before the next request. The order in which
// requests are given does not matter; they take their turns
//
//   - by survey, in the order of the policy, so that the surveys named first have the
//     first choice of customers;
//   - then by a number drawn from the survey's salt, the moment and the customer's id, so
//     that every customer is as likely to be in a quota, and others are the next time;
//   - then by event, the latest first.
//
// What a customer is asked counts for the cool-downs of the customer's other requests. Where
// requests disagree about QuotaUsed or SegmentQuotaUsed, the greatest counts.
//
// Decisions are in the order of the requests. A request for which Decide returns an error
// returns a [clientele.InputError] with its index, as do a Now that differs from that of
// the first request ([clientele.ErrMismatch]) and a second request for the same customer,
// survey and event ([clientele.ErrDuplicate]); then nothing is decided.
func (s *Surveyor) Choose(requests []Request) ([]Decision, error) {
	if s == nil || s.surveys == nil {
		return nil, fault.Unconfigured(opChoose)
	}
	turns := make([]turn, len(requests))
	for i := range requests {
		t, err := s.turnOf(&requests[i])
		if err == nil && t.now != turns[0].now && i > 0 {
			err = badRequest("Now", requests[i].Now, errOtherNow)
		}
		if err != nil {
			return nil, fault.Placed(opChoose, i, err)
		}
		t.index = i
		turns[i] = t
	}
	slices.SortFunc(turns, func(t, o turn) int { return cmp.Or(t.compare(&o), cmp.Compare(t.index, o.index)) })
	if i := twice(turns); i >= 0 {
		return nil, fault.Placed(opChoose, i, badRequest("Customer", requests[i].Customer, errAskedTwice))
	}
	decisions := make([]Decision, len(requests))
	b := newBatch(turns)
	for i := range turns {
		decisions[turns[i].index] = b.decide(s, &turns[i])
	}
	return decisions, nil
}

var (
	errOtherNow   = rule.Because(rule.Mismatch, "another moment than that of the first request", "one moment for all requests")
	errAskedTwice = rule.Because(rule.Duplicate, "two requests for the same survey and event", "each customer once for each survey and event")
)

// turn is a request that waits for its decision.
type turn struct {
	moments
	survey  *compiled
	request *Request
	index   int     // of the request
	draw    float64 // of the customer at this moment
}

// turnOf returns a request's turn, or what is wrong with the request.
func (s *Surveyor) turnOf(r *Request) (turn, error) {
	one, t, err := s.read(r)
	if err != nil {
		return turn{}, err
	}
	return turn{moments: t, survey: one, request: r, draw: one.lottery.at(t.now).draw(r.Customer)}, nil
}

// compare puts turns in order.
func (t *turn) compare(o *turn) int {
	if c := cmp.Or(cmp.Compare(t.survey.position, o.survey.position), cmp.Compare(t.draw, o.draw)); c != 0 {
		return c
	}
	return cmp.Or(
		strings.Compare(t.request.Customer, o.request.Customer),
		cmp.Compare(o.event, t.event),
		strings.Compare(t.eventName(), o.eventName()),
	)
}

// eventName is the name of the event at hand, "" for a survey that recurs.
func (t *turn) eventName() string {
	if t.survey.Every > 0 {
		return ""
	}
	return t.request.Event.Name
}

// twice returns the index of a request that repeats another, -1 if none does. Requests
// with another event than the survey follows may, since nobody is asked for them.
func twice(turns []turn) int {
	for i := 1; i < len(turns); i++ {
		if t := &turns[i]; t.eventName() == t.survey.After && t.compare(&turns[i-1]) == 0 {
			return t.index
		}
	}
	return -1
}

// batch is what was asked already while requests take their turns.
type batch struct {
	used  map[part]uint64   // of the quotas
	asked map[string]bool   // customers
	same  map[askedFor]bool // customers by survey
}

// part is a segment of a survey, or all of it.
type part struct {
	survey  *compiled
	segment string
	all     bool
}

// askedFor is a customer who was asked for a survey.
type askedFor struct {
	survey   *compiled
	customer string
}

func newBatch(turns []turn) *batch {
	b := &batch{used: make(map[part]uint64), asked: make(map[string]bool), same: make(map[askedFor]bool)}
	for i := range turns {
		t := &turns[i]
		all, segment := t.parts()
		b.used[all] = max(b.used[all], t.request.QuotaUsed)
		b.used[segment] = max(b.used[segment], t.request.SegmentQuotaUsed)
	}
	return b
}

// parts are the survey and the segment of a request.
func (t *turn) parts() (all, segment part) {
	return part{survey: t.survey, all: true}, part{survey: t.survey, segment: t.request.Segment}
}

// decide decides a request after those before it, and notes what is asked.
func (b *batch) decide(s *Surveyor, t *turn) Decision {
	r, times := *t.request, t.moments
	all, segment := t.parts()
	r.QuotaUsed, r.SegmentQuotaUsed = b.used[all], b.used[segment]
	this := askedFor{t.survey, r.Customer}
	if b.asked[r.Customer] {
		times.lastAny, times.askedAny = times.now, true
	}
	if b.same[this] {
		times.last, times.asked = times.now, true
	}
	d := s.decide(t.survey, &r, &times)
	if d.Ask {
		b.used[all]++
		b.used[segment]++
		b.asked[r.Customer], b.same[this] = true, true
	}
	return d
}
