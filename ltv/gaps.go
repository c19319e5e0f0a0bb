package ltv

import "iter"

// Gaps yields, for each customer in the order of All, the times between the
// consecutive periods with purchases up to AsOf, the oldest first. [Regularity] takes
// them. The slice is valid until the next one is yielded.
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
	for u := range c.blocks.all(l.periods()) {
		if u != last {
			gaps = append(gaps, c.time(last, u))
			last = u
		}
	}
	return gaps
}
