package survey

import (
	"encoding/json"
	"iter"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/strict"
)

// Refusal is a reason not to ask a customer now. A [Decision] lists all. Those marked
// (event) are for surveys that follow an event, the one marked (recurring) for surveys
// that recur.
type Refusal uint8

const (
	OtherEvent     Refusal = iota // (event) the event at hand is not the one that the survey follows
	TooEarly                      // (event) the delay after the event has not passed
	TooLate                       // (event) the time after the event has run out
	Missed                        // (event) by the time the other reasons have passed, it will be too late after the event
	AskedForEvent                 // (event) the customer was asked since the event
	NotDue                        // (recurring) the survey's next time has not come
	SurveyCoolDown                // the customer was asked this survey not long ago, see [Survey].CoolDown
	CoolDown                      // the customer was asked any survey not long ago, see [Policy].CoolDown
	NotSampled                    // the customer is not in the share of customers who are asked
	QuotaFull                     // as many customers as the quota allows were asked
	SegmentFull                   // as many customers as the segment's quota allows were asked
	NoConsent                     // the customer allows none of the survey's channels
	OnHold                        // the host asks nothing of the customer now, as while a complaint is open
)

var refusalNames = [...]string{
	OtherEvent: "other event", TooEarly: "too early", TooLate: "too late", Missed: "missed", AskedForEvent: "asked for this event",
	NotDue: "not due", SurveyCoolDown: "cool-down of the survey", CoolDown: "cool-down", NotSampled: "not sampled",
	QuotaFull: "quota full", SegmentFull: "quota of the segment full", NoConsent: "no consent", OnHold: "on hold",
}

// String returns the name, as in "cool-down", and "Refusal(99)" for a value without a
// name.
func (r Refusal) String() string { return enum.String(refusalNames[:], r) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without a name.
func (r Refusal) MarshalText() ([]byte, error) {
	return enum.Marshal(refusalNames[:], r)
}

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (r *Refusal) UnmarshalText(text []byte) error {
	return enum.Unmarshal(refusalNames[:], r, text)
}

// Refusals is a set of reasons not to ask a customer now. The zero value is empty.
type Refusals uint16

// Has reports whether a reason is in the set.
func (r Refusals) Has(one Refusal) bool { return r>>one&1 == 1 }

// with returns the set with a reason that holds added.
func (r Refusals) with(one Refusal, holds bool) Refusals {
	if holds {
		r |= 1 << one
	}
	return r
}

// All yields the reasons in the order of their constants.
func (r Refusals) All() iter.Seq[Refusal] {
	return func(yield func(Refusal) bool) {
		for one := range Refusal(len(refusalNames)) {
			if r.Has(one) && !yield(one) {
				return
			}
		}
	}
}

// String lists the reasons, as in "cool-down, on hold"; "" for none.
func (r Refusals) String() string {
	var names []string
	for one := range r.All() {
		names = append(names, one.String())
	}
	return strings.Join(names, ", ")
}

// MarshalJSON writes the list of names.
func (r Refusals) MarshalJSON() ([]byte, error) {
	return json.Marshal(slices.AppendSeq([]Refusal{}, r.All()))
}

// UnmarshalJSON reads what MarshalJSON writes. Anything else returns
// [clientele.ErrEncoding] and leaves r as it was.
func (r *Refusals) UnmarshalJSON(data []byte) error {
	var all []Refusal
	if err := strict.Into[clientele.InputError]("survey.Refusals.UnmarshalJSON", data, &all); err != nil {
		return err
	}
	*r = 0
	for _, one := range all {
		*r = r.with(one, true)
	}
	return nil
}
