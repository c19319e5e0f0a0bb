package rfm

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// measurements is the values of the customers of a base, metric by metric and slot by
// slot.
type measurements struct {
	values    [3][]float64
	customers int
}

// absent is the recency of a slot that has no customer in the base.
const absent = -1

func newMeasurements(slots int) *measurements {
	s := new(measurements)
	for m := range s.values {
		s.values[m] = make([]float64, slots)
	}
	return s
}

// take measures a slot and returns its facts in f; it reports false for one that
// has no customer in the base.
func (s *measurements) take(c *columns, t *meter, slot int32, f *facts) bool {
	if !c.present(slot) {
		s.values[R][slot] = absent
		return false
	}
	*f = c.facts(slot)
	v := t.values(f, &c.wide, c.amountsOf(slot))
	s.values[R][slot], s.values[F][slot], s.values[M][slot] = v.Recency, v.Frequency, v.Monetary
	return true
}

// at returns the values of a slot.
func (s *measurements) at(slot int32) Values {
	return Values{s.values[R][slot], s.values[F][slot], s.values[M][slot]}
}

// has reports whether a slot has a customer in the base.
func (s *measurements) has(slot int32) bool {
	return slot >= 0 && int(slot) < len(s.values[R]) && s.values[R][slot] != absent
}

// slots returns the slots that have a customer in the base.
func (s *measurements) slots() []int32 {
	slots := make([]int32, 0, s.customers)
	for slot := range s.values[R] {
		if s.has(int32(slot)) {
			slots = append(slots, int32(slot))
		}
	}
	return slots
}

// dense returns the values of a metric without the absent slots; it may share
// memory with s.
func (s *measurements) dense(m Metric) []float64 {
	if s.customers == len(s.values[m]) {
		return s.values[m]
	}
	return gather(s.values[m], s.slots())
}

// check reports a sample that cannot be graded: nobody in it, or money beyond the
// range of float64.
func (b *Base[K]) check(op string, s *measurements) error {
	if s.customers == 0 {
		return &clientele.InputError{Op: op, Index: -1, Field: "AsOf", Value: b.cols.cfg.AsOf, Err: clientele.ErrEmpty}
	}
	for slot, v := range s.values[M] {
		if math.IsInf(v, 0) {
			return &clientele.InputError{Op: op, Index: -1, Field: "Monetary", Value: b.roster.ID(int32(slot)), Err: clientele.ErrNotFinite}
		}
	}
	return nil
}

// gradable reports scales that are missing or measure what the base has no facts
// for.
func (b *Base[K]) gradable(op string, s *Scales) error {
	if s == nil || s.meter == nil {
		return fault.Missing(op, "scales")
	}
	return b.measurable(op, s.plan.Measure)
}

// measurable reports a base that is missing or has no facts for a measure.
func (b *Base[K]) measurable(op string, m Measure) error {
	if b == nil || b.roster == nil {
		return fault.Unconfigured(op)
	}
	if m.Monetary == Median && !b.cols.cfg.Amounts {
		return &clientele.InputError{Op: op, Index: -1, Field: "Config.Amounts", Value: false, Err: clientele.ErrMismatch}
	}
	return nil
}
