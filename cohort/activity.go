package cohort

import (
	"maps"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Activity gathers who did what and when, in one pass over purchases, deals, or visits
// given as purchases of amount 0. Every question of the package is asked of it; the
// calendar, the windows and the end of the observation are chosen with the question.
// The answers do not depend, to the last bit, on the order in which records arrive or
// on the shards from which activities are merged.
//
// Create it with [New]. The zero Activity is ready too, with a roster of its own.
//
// It keeps every purchase in 24 bytes, besides the index of the roster. It may be asked
// by many goroutines at once, but not while one of them changes it.
type Activity[K clientele.ID] struct {
	roster   *clientele.Roster[K]
	book     book
	enrolled map[int32]int64 // when, by slot; see Enrol
}

var _ clientele.Accumulator[int64] = (*Activity[int64])(nil)

// New returns an empty activity whose customers are numbered by roster, which it may
// share with other accumulators; nil means a roster of its own. The error is always nil
// and may be ignored; it is there because the constructors of all accumulators have one.
func New[K clientele.ID](roster *clientele.Roster[K]) (*Activity[K], error) {
	if roster == nil {
		roster = new(clientele.Roster[K])
	}
	return &Activity[K]{roster: roster}, nil
}

// Roster returns the roster that numbers the customers; nil for a nil Activity. On a zero
// Activity the call creates a roster, so that first call is not safe for concurrent use.
func (a *Activity[K]) Roster() *clientele.Roster[K] {
	if a == nil {
		return nil
	}
	if a.roster == nil {
		a.roster = new(clientele.Roster[K])
	}
	return a.roster
}

// known is the roster to look customers up in. Unlike Roster it leaves the zero
// Activity as it is.
func (a *Activity[K]) known() *clientele.Roster[K] {
	if a.roster == nil {
		return new(clientele.Roster[K])
	}
	return a.roster
}

// Len is the number of purchases and refunds.
func (a *Activity[K]) Len() int {
	if a == nil {
		return 0
	}
	return a.book.n
}

// Add adds one purchase or refund. If the record cannot be used, it returns an InputError
// and changes nothing: whatever [clientele.Purchase.Validate] refuses, and
// [clientele.ErrRange] for an amount of 10^200 or more, or of -10^200 or less.
func (a *Activity[K]) Add(p clientele.Purchase[K]) error {
	const op = "cohort.Activity.Add"
	if err := a.exists(op); err != nil {
		return err
	}
	if err := p.Validate(); err != nil {
		return fault.Renamed(op, err)
	}
	if err := rule.Size(p.Amount); err != nil {
		return fault.Of(op, "Amount", p.Amount, err)
	}
	a.book.append(a.Roster().Slot(p.Customer), p.At.UnixNano(), p.Amount, p.Group)
	return nil
}

// AddSlots adds a batch whose customers the roster has numbered; see
// [clientele.Accumulator]. [clientele.Feed] calls it.
func (a *Activity[K]) AddSlots(slots []int32, batch []clientele.Purchase[K]) error {
	const op = "cohort.Activity.AddSlots"
	if err := a.exists(op); err != nil {
		return err
	}
	for i := range batch {
		p := &batch[i]
		if !a.book.append(slots[i], p.At.UnixNano(), p.Amount, p.Group) {
			return &clientele.InputError{Op: op, Index: i, Field: "Amount", Value: p.Amount, Err: rule.ErrSize}
		}
	}
	return nil
}

// Merge adds what another activity holds. The two may share a roster or have different
// ones. It changes a only, unless o is a itself. If a customer is enrolled at different
// times in the two, it returns [clientele.ErrMismatch] and leaves a as it was.
func (a *Activity[K]) Merge(o *Activity[K]) error {
	const op = "cohort.Activity.Merge"
	if err := a.exists(op); err != nil {
		return err
	}
	if o == nil {
		return fault.Of(op, "o", nil, errNoActivity)
	}
	if o.roster == nil {
		return nil
	}
	if err := a.checkEnrolments(op, o); err != nil {
		return err
	}
	slots := a.Roster().Join(o.roster, 0)
	a.joinEnrolments(o, slots)
	a.book.join(&o.book, slots)
	return nil
}

// Reset forgets all purchases and enrolments and keeps the roster.
func (a *Activity[K]) Reset() {
	if a == nil {
		return
	}
	a.book.reset()
	a.enrolled = nil
}

// Clone returns an activity with the same facts and the same roster. The clone of nil is
// nil.
func (a *Activity[K]) Clone() *Activity[K] {
	if a == nil {
		return nil
	}
	return &Activity[K]{a.roster, a.book.clone(), maps.Clone(a.enrolled)}
}
