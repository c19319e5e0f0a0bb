package ltv

import "math"

// UnitCounts is what a base did in each unit of the calendar, first purchases and
// repeat purchases apart: what the cumulative and incremental tracking of a model
// is held against.
type UnitCounts struct {
	// Start is the period of the calendar in which the base first bought, as
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

// UnitCounts counts first and repeat purchases by unit of the calendar, calibration
// and holdout together. It is zero for an empty base.
func (s *Summaries[K]) UnitCounts() UnitCounts {
	start, end, ok := s.extent()
	if !ok {
		return UnitCounts{}
	}
	n := end.after(start) + 1
	a := UnitCounts{Start: start.period(), New: make([]int, n), Repeats: make([]int, n)}
	for slot := range s.slots() {
		a.New[s.cols.lives.At(slot).first().after(start)]++
		s.cols.eachRepeat(slot, func(u unit) { a.Repeats[u.after(start)]++ })
	}
	return a
}

// extent is the first and the last unit with purchases or observation; not ok without customers.
// Where a zone set its clocks back over midnight, a purchase after AsOf may be in
// the day before AsOf's, and one before it in the day after.
func (s *Summaries[K]) extent() (start, end unit, ok bool) {
	c := &s.cols
	start, end = math.MaxUint32, c.heldEnd
	widen := func(set units) {
		if *set.n > 0 {
			start, end, ok = min(start, set.own[0]), max(end, c.blocks.last(set)), true
		}
	}
	for slot := range s.slots() {
		widen(c.lives.At(slot).units())
		if c.cfg.holdsOut() {
			widen(c.held.At(slot).units())
		}
	}
	return start, end, ok
}

// eachRepeat calls f for the distinct units of a slot's repeat purchases, those of
// the calibration first.
func (c *columns) eachRepeat(slot int32, f func(unit)) {
	l := c.lives.At(slot)
	for u := range c.blocks.all(l.units()) {
		if u != l.first() {
			f(u)
		}
	}
	if !c.cfg.holdsOut() {
		return
	}
	for u := range c.blocks.all(c.held.At(slot).units()) {
		if !c.blocks.contains(l.units(), u) {
			f(u)
		}
	}
}
