package cohort

import (
	"fmt"
	"maps"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Enrol states when a customer entered: signed up, came first, opened an account.
// Under the entry [Stated] that is where the customer's time begins, and whoever has
// not bought since is counted among those who might have. A customer is enrolled once:
// stating another time is [clientele.ErrMismatch].
func (a *Activity[K]) Enrol(customer K, at time.Time) error {
	const op = "cohort.Activity.Enrol"
	if err := rule.Time(at); err != nil {
		return &clientele.InputError{Op: op, Index: -1, Field: "At", Value: at, Err: err}
	}
	return a.enrol(op, a.Roster().Slot(customer), at.UnixNano())
}

var errOtherEntry = fmt.Errorf("%w: was enrolled at another time", clientele.ErrMismatch)

func (a *Activity[K]) enrol(op string, slot int32, at int64) error {
	if before, ok := a.enrolled[slot]; ok && before != at {
		return &clientele.InputError{Op: op, Index: -1, Field: fmt.Sprintf("At of customer %v", a.roster.ID(slot)), Value: rule.Moment(at), Err: errOtherEntry}
	}
	if a.enrolled == nil {
		a.enrolled = make(map[int32]int64)
	}
	a.enrolled[slot] = at
	return nil
}

// checkEnrolments reports the first customer, by slot of o, who was enrolled here at
// another time.
func (a *Activity[K]) checkEnrolments(op string, o *Activity[K]) error {
	first := int32(-1)
	for slot, at := range o.enrolled {
		here, ok := a.known().Find(o.roster.ID(slot))
		if before, enrolled := a.enrolled[here]; ok && enrolled && before != at && (first < 0 || slot < first) {
			first = slot
		}
	}
	if first < 0 {
		return nil
	}
	return &clientele.InputError{
		Op: op, Index: -1, Field: fmt.Sprintf("At of customer %v", o.roster.ID(first)),
		Value: rule.Moment(o.enrolled[first]), Err: errOtherEntry,
	}
}

// joinEnrolments adds those of o, whose slot i is slots[i] here.
func (a *Activity[K]) joinEnrolments(o *Activity[K], slots []int32) {
	if len(o.enrolled) == 0 {
		return
	}
	joined := maps.Clone(a.enrolled)
	if joined == nil {
		joined = make(map[int32]int64, len(o.enrolled))
	}
	for slot, at := range o.enrolled {
		joined[slots[slot]] = at
	}
	a.enrolled = joined
}
