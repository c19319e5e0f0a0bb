package ltv

import "iter"

// Gaps yields the times between the consecutive units with purchases of each
// customer, up to AsOf and oldest first, in the order of All; see [Regularity]. The
// slice is the caller's only until the next one.
func (s *Summaries[K]) Gaps() iter.Seq[[]float64] {
	return func(yield func([]float64) bool) {
		var gaps []float64
		for slot := range s.slots() {
			gaps = s.cols.gaps(slot, gaps[:0])
			if !yield(gaps) {
				return
			}
		}
	}
}

// gaps appends the gaps of a slot that is present.
func (c *columns) gaps(slot int32, gaps []float64) []float64 {
	l := c.lives.At(slot)
	last := l.first()
	for u := range c.blocks.all(l.units()) {
		if u != last {
			gaps = append(gaps, c.time(last, u))
			last = u
		}
	}
	return gaps
}
