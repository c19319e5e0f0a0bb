package ltv

import "iter"

// Activity is what a base did in each unit of the calendar, first purchases and
// repeat purchases apart: what the cumulative and incremental tracking of a model
// is held against.
type Activity struct {
	// Start is the period of the calendar in which the first customer came, as
	// [clientele.Periods] number them. The slices begin there and end with the
	// unit of Until, or of AsOf without a holdout.
	Start int `json:"start"`

	// New is how many customers of the base had their first purchase in a unit.
	New []int `json:"new"`

	// Repeats is how many customers of the base had a later purchase in a unit.
	// Where AsOf lies inside a unit and a customer bought before and after it,
	// that is one purchase here, though summary and holdout count one each.
	Repeats []int `json:"repeats"`
}

// Activity counts first and repeat purchases by unit of the calendar, calibration
// and holdout together. It is zero for an empty base.
func (s *Summaries[K]) Activity() Activity {
	start, end, ok := s.extent()
	if !ok {
		return Activity{}
	}
	n := end.after(start) + 1
	a := Activity{Start: start.period(), New: make([]int, n), Repeats: make([]int, n)}
	for slot := range s.slots() {
		a.New[s.cols.lives.At(slot).first().after(start)]++
		for u := range s.cols.repeats(slot) {
			a.Repeats[u.after(start)]++
		}
	}
	return a
}

// extent is the first and the last unit of the activity; not ok without customers.
func (s *Summaries[K]) extent() (start, end unit, ok bool) {
	c := &s.cols
	start, end = c.heldEnd, c.heldEnd
	for slot := range s.slots() {
		l := c.lives.At(slot)
		start, end, ok = min(start, l.first()), max(end, c.blocks.last(l.units())), true
		if c.cfg.holdsOut() {
			end = max(end, c.blocks.last(c.held.At(slot).units()))
		}
	}
	return start, end, ok
}

// repeats yields the distinct units of a slot's repeat purchases, those of the
// calibration first.
func (c *columns) repeats(slot int32) iter.Seq[unit] {
	return func(yield func(unit) bool) {
		l := c.lives.At(slot)
		for u := range c.blocks.all(l.units()) {
			if u != l.first() && !yield(u) {
				return
			}
		}
		if !c.cfg.holdsOut() {
			return
		}
		for u := range c.blocks.all(c.held.At(slot).units()) {
			if !c.blocks.contains(l.units(), u) && !yield(u) {
				return
			}
		}
	}
}
