package journey

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// Touch is one contact of a person with the company: an advertisement that was clicked, a
// call, a visit, a mail that was sent, an order. All money of one data set is in one
// currency.
type Touch struct {
	// ID is the host's number of the touch. A touch whose ID came before is the same touch
	// again, and counts once. The zero ID is none: such a touch is never a repetition.
	ID uuid.UUID `json:"id,omitzero"`

	// Identifiers are the traces that the person left in this touch; none = the person is not known.
	Identifiers []Identifier `json:"identifiers,omitempty"`

	Touchpoint string `json:"touchpoint"`        // name of the touchpoint, as on the [Map]; required
	Channel    string `json:"channel,omitempty"` // channel through which the contact came: web, shop, telephone, a messenger

	At    time.Time `json:"at"`             // when the contact was, or began; from 1678 to 2261
	Until time.Time `json:"until,omitzero"` // when it ended, not before At; zero = at once

	// Seq orders the touches of one moment, ascending: the line of a log, the number that a
	// queue gave. Touches of one moment with equal numbers keep the order of the source.
	Seq int64 `json:"seq,omitempty"`

	By           Party  `json:"by,omitzero"`            // who began the contact
	Conversation string `json:"conversation,omitempty"` // id of the talk, ticket or thread that the contact belongs to; "" = none
	Staff        string `json:"staff,omitempty"`        // who served the person; "" = nobody, or not known

	Cost    decimal.Decimal `json:"cost,omitzero"`     // what the contact cost the company; not negative
	Outcome string          `json:"outcome,omitempty"` // what came of it, in the host's words: "booked", "no answer", "paid"
	Value   decimal.Decimal `json:"value,omitzero"`    // money that the contact is about: of an order, a quote, an offer; negative = given back

	// Labels are whatever else the host knows of the contact, such as campaign, city or plan.
	Labels map[string]string `json:"labels,omitempty"`
}

// Validate returns a [clientele.InputError] without Op and Index for the first field that is
// unusable, or nil: an identifier without a kind or no touchpoint ([clientele.ErrMissing]),
// a moment that is zero ([clientele.ErrZeroTime]) or outside 1678-2261
// ([clientele.ErrTimeRange]), an end before the beginning ([clientele.ErrRange]), a party
// that does not exist ([clientele.ErrUnknown]), a cost that is negative
// ([clientele.ErrNegative]), money of an exponent beyond ±100 ([clientele.ErrAmountRange])
// or of 10²⁰⁰ or more ([clientele.ErrRange]).
func (t Touch) Validate() error { return t.check() }

// check is Validate without a copy.
func (t *Touch) check() error {
	for i := range t.Identifiers {
		if t.Identifiers[i].Kind == "" {
			return unusable(fmt.Sprintf("Identifiers[%d].Kind", i), nil, errNoKind)
		}
	}
	if t.Touchpoint == "" {
		return unusable("Touchpoint", nil, errNoTouchpoint)
	}
	if err := t.checkSpan(); err != nil {
		return err
	}
	if err := rule.Named(partyNames[:], t.By); err != nil {
		return unusable("By", t.By, err)
	}
	if err := rule.Cost(t.Cost); err != nil {
		return unusable("Cost", t.Cost, err)
	}
	if err := rule.Money(t.Value); err != nil {
		return unusable("Value", t.Value, err)
	}
	return nil
}

// checkSpan checks the beginning and the end.
func (t *Touch) checkSpan() error {
	if err := rule.Time(t.At); err != nil {
		return unusable("At", t.At, err)
	}
	if t.Until.IsZero() {
		return nil
	}
	if err := rule.Time(t.Until); err != nil {
		return unusable("Until", t.Until, err)
	}
	if t.Until.Before(t.At) {
		return unusable("Until", t.Until, rule.Because(rule.Range, "before At", "a moment from %v on, or none", t.At))
	}
	return nil
}

var errNoTouchpoint = rule.Want(rule.Missing, "the name of a touchpoint")

// unusable says that a field of a record cannot be used.
func unusable(field string, value any, err error) error { return fault.Of("", field, value, err) }

// End is when the contact ended: Until, or At for one that has no end of its own.
func (t Touch) End() time.Time {
	if t.Until.IsZero() {
		return t.At
	}
	return t.Until
}

// Identifier returns the value of the first identifier of a kind; ok is false if there is
// none.
func (t Touch) Identifier(kind string) (value string, ok bool) {
	for i := range t.Identifiers {
		if t.Identifiers[i].Kind == kind {
			return t.Identifiers[i].Value, true
		}
	}
	return "", false
}

// compareTouches orders touches by time, then by number.
func compareTouches(a, b Touch) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq))
}

// Sort puts touches into their order, by At and then by Seq, and returns the number of ties:
// touches that have moment and number in common with the one before. Ties keep the order in
// which they were.
func Sort(touches []Touch) (ties int) {
	if !slices.IsSortedFunc(touches, compareTouches) {
		slices.SortStableFunc(touches, compareTouches)
	}
	return tiesOf(touches)
}

// tiesOf counts the ties of touches in order.
func tiesOf(touches []Touch) (ties int) {
	for i := 1; i < len(touches); i++ {
		if compareTouches(touches[i-1], touches[i]) == 0 {
			ties++
		}
	}
	return ties
}

// distinct removes touches whose ID came before from touches in order, and returns how many
// there were. Of touches with one ID the first stays.
func distinct(touches []Touch) (kept []Touch, again int) {
	seen := make(map[uuid.UUID]struct{}, len(touches))
	kept = slices.DeleteFunc(touches, func(t Touch) bool {
		if t.ID == uuid.Nil {
			return false
		}
		_, known := seen[t.ID]
		seen[t.ID] = struct{}{}
		return known
	})
	return kept, len(touches) - len(kept)
}
