package cohort

import (
	"maps"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// Activity gathers who did what when, in one pass: purchases, or deals, or visits as
// purchases of nothing. Every question of the package is asked of it, with calendar,
// windows and the end of the observation chosen then and not before. In any order of
// arrival, and merged from any shards, the answers are the same to the last bit.
// Create it with [New]; the zero Activity numbers customers itself.
//
// It keeps every purchase, 24 bytes each, besides the roster's index.
//
// Activity may be asked by many goroutines at once, but not while one changes it.
type Activity[K clientele.ID] struct {
	roster   *clientele.Roster[K]
	book     book
	enrolled map[int32]int64 // when, by slot; see Enrol
}

var _ clientele.Accumulator[int64] = (*Activity[int64])(nil)

// New returns an empty activity whose customers are numbered by roster, which it may
// share with other accumulators.
func New[K clientele.ID](roster *clientele.Roster[K]) (*Activity[K], error) {
	if roster == nil {
		return nil, fault.Missing("cohort.New", "roster")
	}
	return &Activity[K]{roster: roster}, nil
}

// Roster returns the roster that numbers the customers; nil for nil Activity, as one
// that New refused to make. The zero Activity makes itself one, which is a change.
func (a *Activity[K]) Roster() *clientele.Roster[K] {
	if a == nil {
		return nil
	}
	if a.roster == nil {
		a.roster = new(clientele.Roster[K])
	}
	return a.roster
}

// known is the roster to look customers up in, which leaves the zero Activity as it is.
func (a *Activity[K]) known() *clientele.Roster[K] {
	if a.roster == nil {
		return new(clientele.Roster[K])
	}
	return a.roster
}

// Len is the number of purchases and refunds.
func (a *Activity[K]) Len() int { return a.book.n }

// Add adds one purchase or refund. An unusable one is an InputError and changes
// nothing: besides what [clientele.Purchase.Validate] finds, an amount of 10^200 or
// more is [clientele.ErrRange].
func (a *Activity[K]) Add(p clientele.Purchase[K]) error {
	const op = "cohort.Activity.Add"
	if err := p.Validate(); err != nil {
		return fault.Renamed(op, err)
	}
	if err := checkAmount(op, -1, p.Amount); err != nil {
		return err
	}
	a.book.append(a.Roster().Slot(p.Customer), p.At.UnixNano(), p.Amount, p.Group)
	return nil
}

// AddSlots adds a batch whose customers the roster has numbered; see
// [clientele.Accumulator]. [clientele.Feed] calls it.
func (a *Activity[K]) AddSlots(slots []int32, batch []clientele.Purchase[K]) error {
	const op = "cohort.Activity.AddSlots"
	for i := range batch {
		p := &batch[i]
		if !a.book.append(slots[i], p.At.UnixNano(), p.Amount, p.Group) {
			return checkAmount(op, i, p.Amount)
		}
	}
	return nil
}

// Merge adds what another activity has seen. The rosters may be the same or
// different; o is only read, unless it is a itself. A customer whom both have
// enrolled at different times is [clientele.ErrMismatch] and leaves a as it was.
func (a *Activity[K]) Merge(o *Activity[K]) error {
	const op = "cohort.Activity.Merge"
	if o == nil {
		return fault.Missing(op, "activity")
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
	a.book.reset()
	a.enrolled = nil
}

// Clone returns an activity with the same facts and roster, if there is one yet.
func (a *Activity[K]) Clone() *Activity[K] {
	return &Activity[K]{a.roster, a.book.clone(), maps.Clone(a.enrolled)}
}
