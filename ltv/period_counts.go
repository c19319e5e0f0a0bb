package ltv

import "math"

// PeriodCounts counts what a base did in each period of the calendar, first purchases and
// repeat purchases apart: what a [Tracking] is compared with.
type PeriodCounts struct {
	// Start is the number of the calendar period with the earliest purchase;
	// [clientele.Periods] number the periods, and turn a number into a date. The slices
	// begin there and end with the period of Until, or of AsOf without a holdout.
	Start int `json:"start"`

	// New is how many customers of the base had their first purchase in a period.
	New []int `json:"new"`

	// Repeats is how many customers of the base had a later purchase in a period.
	// Where AsOf lies inside a period and a customer bought before and after it,
	// that is one purchase here, though summary and holdout count one each.
	Repeats []int `json:"repeats"`
}

// PeriodCounts counts first and repeat purchases by period of the calendar, calibration
// and holdout together. It is zero for an empty base.
func (s *Summaries[K]) PeriodCounts() PeriodCounts {
	if s == nil {
		return PeriodCounts{}
	}
	start, end, ok := s.extent()
	if !ok {
		return PeriodCounts{}
	}
	n := end.after(start) + 1
	a := PeriodCounts{Start: start.index(), New: make([]int, n), Repeats: make([]int, n)}
	for slot := range s.slots() {
		a.New[s.cols.lives.At(slot).first().after(start)]++
		s.cols.eachRepeat(slot, func(u period) { a.Repeats[u.after(start)]++ })
	}
	return a
}

// extent is the first and the last period that is counted; not ok without customers.
// Where a zone set its clocks back over midnight, a purchase after AsOf may be in
// the day before AsOf's, and one before it in the day after.
func (s *Summaries[K]) extent() (start, end period, ok bool) {
	c := &s.cols
	start, end = math.MaxUint32, c.heldEnd
	widen := func(set periodSet) {
		if *set.n > 0 {
			start, end, ok = min(start, set.own[0]), max(end, c.blocks.last(set)), true
		}
	}
	for slot := range s.slots() {
		widen(c.lives.At(slot).periods())
		if c.cfg.holdsOut() {
			widen(c.held.At(slot).periods())
		}
	}
	return start, end, ok
}

// eachRepeat calls f for the distinct periods of a slot's repeat purchases, those of
// the calibration first.
func (c *columns) eachRepeat(slot int32, f func(period)) {
	l := c.lives.At(slot)
	for u := range c.blocks.all(l.periods()) {
		if u != l.first() {
			f(u)
		}
	}
	if !c.cfg.holdsOut() {
		return
	}
	for u := range c.blocks.all(c.held.At(slot).periods()) {
		if !c.blocks.contains(l.periods(), u) {
			f(u)
		}
	}
}
