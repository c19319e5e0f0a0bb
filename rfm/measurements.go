package rfm

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// measurements are the values of the customers of a base, metric by metric and slot by
// slot.
type measurements struct {
	values    [3][]float64
	customers int
}

// absent is the recency of a slot that has no customer in the base.
const absent = -1

func newMeasurements(slots int) *measurements {
	all := new(measurements)
	for m := range all.values {
		all.values[m] = make([]float64, slots)
	}
	return all
}

// take measures a slot and returns its facts in f; it reports false for one that has no
// customer in the base.
func (all *measurements) take(c *columns, t *meter, slot int32, f *facts) bool {
	if !c.present(slot) {
		all.values[R][slot] = absent
		return false
	}
	*f = c.facts(slot)
	v := t.values(f, &c.wide, c.amountsOf(slot))
	all.values[R][slot], all.values[F][slot], all.values[M][slot] = v.Recency, v.Frequency, v.Monetary
	return true
}

// add appends the values of a customer in the base.
func (all *measurements) add(v Values) {
	for _, m := range metrics {
		all.values[m] = append(all.values[m], v.Value(m))
	}
	all.customers++
}

// at returns the values of a slot.
func (all *measurements) at(slot int32) Values {
	return Values{all.values[R][slot], all.values[F][slot], all.values[M][slot]}
}

// has reports whether a slot has a customer in the base.
func (all *measurements) has(slot int32) bool {
	return slot >= 0 && int(slot) < len(all.values[R]) && all.values[R][slot] != absent
}

// slots returns the slots that have a customer in the base.
func (all *measurements) slots() []int32 {
	slots := make([]int32, 0, all.customers)
	for slot := range all.values[R] {
		if all.has(int32(slot)) {
			slots = append(slots, int32(slot))
		}
	}
	return slots
}

// dense returns the values of a metric without the absent slots; it may share memory with
// all.
func (all *measurements) dense(m Metric) []float64 {
	if all.customers == len(all.values[m]) {
		return all.values[m]
	}
	return gather(all.values[m], all.slots())
}

// gather copies the values of some slots.
func gather(values []float64, slots []int32) []float64 {
	own := make([]float64, len(slots))
	for i, slot := range slots {
		own[i] = values[slot]
	}
	return own
}

// gradable reports measurements that cannot be graded: nobody's, or money that is no
// float64.
func (b *Base[K]) gradable(op string, all *measurements) error {
	if all.customers == 0 {
		return fault.Of(op, "AsOf", b.cols.cfg.AsOf, rule.Because(clientele.ErrEmpty, "no purchases up to this moment",
			"purchases to be fed first, or a later moment; %d came after it", b.cols.later))
	}
	for slot, v := range all.values[M] {
		if math.IsInf(v, 0) {
			return fault.Of(op, "Customer", b.roster.ID(int32(slot)), errHugeMoney)
		}
	}
	return nil
}

var errHugeMoney = rule.Because(clientele.ErrNotFinite, "the customer's money is too large to be graded", "less than 1.8e308")
