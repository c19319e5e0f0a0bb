package cohort

import (
	"fmt"
	"maps"
	"time"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Enrol states when a customer entered: signed up, first came, opened an account. Under
// the entry [Stated] that is where the customer's time begins, and customers who have
// not bought since count among those who might have. A customer is enrolled once: Enrol
// returns [clientele.ErrMismatch] if another time has been stated already.
func (a *Activity[K]) Enrol(customer K, at time.Time) error {
	const op = "cohort.Activity.Enrol"
	if err := a.exists(op); err != nil {
		return err
	}
	if err := rule.Time(at); err != nil {
		return fault.Of(op, "at", at, err)
	}
	return a.enrol(op, a.Roster().Slot(customer), at.UnixNano())
}

// enrol is Enrol by slot.
func (a *Activity[K]) enrol(op string, slot int32, at int64) error {
	if before, ok := a.enrolled[slot]; ok && before != at {
		return otherTime(op, at, before, fmt.Sprintf(" for customer %v", a.roster.ID(slot)))
	}
	a.setEnrolled(slot, at)
	return nil
}

func (a *Activity[K]) setEnrolled(slot int32, at int64) {
	if a.enrolled == nil {
		a.enrolled = make(map[int32]int64)
	}
	a.enrolled[slot] = at
}

// otherTime says that a customer was enrolled at another time before.
func otherTime(op string, at, before int64, who string) error {
	return fault.Of(op, "at", rule.Moment(at), rule.Because(rule.Mismatch, "enrolled at another time before",
		"%s as before%s: a customer enters once", rule.Moment(before), who))
}

// checkEnrolments reports the first customer, by slot of o, who was enrolled here at
// another time.
func (a *Activity[K]) checkEnrolments(op string, o *Activity[K]) error {
	first, was := int32(-1), int64(0)
	for slot, at := range o.enrolled {
		here, ok := a.known().Find(o.roster.ID(slot))
		if before, enrolled := a.enrolled[here]; ok && enrolled && before != at && (first < 0 || slot < first) {
			first, was = slot, before
		}
	}
	if first < 0 {
		return nil
	}
	return otherTime(op, o.enrolled[first], was, fmt.Sprintf(" for customer %v", o.roster.ID(first)))
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
