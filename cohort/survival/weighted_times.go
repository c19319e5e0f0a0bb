package survival

import (
	"cmp"
	"math"
	"slices"

	"github.com/clientele-go/clientele/cohort/internal/double"
	"github.com/clientele-go/clientele/internal/radix"
)

// weightedTimes are times, each of which stands for a number of customers.
type weightedTimes struct {
	at     []float64
	weight []float64 // of each time; nil where all are 1
}

// add adds a time.
func (w *weightedTimes) add(at, weight float64) {
	if weight != 1 && w.weight == nil {
		w.weight = slices.Repeat([]float64{1}, len(w.at))
	}
	if w.weight != nil {
		w.weight = append(double.Grow(w.weight), weight)
	}
	w.at = append(double.Grow(w.at), at+0) // +0 turns -0 into 0
}

// sort sorts the times, and equal ones by weight. It returns the buffer, which has grown
// if it was needed and too short.
func (w *weightedTimes) sort(buffer []float64) []float64 {
	if w.weight == nil {
		if slices.IsSorted(w.at) {
			return buffer
		}
		if len(buffer) < len(w.at) {
			buffer = make([]float64, len(w.at))
		}
		radix.Sort(w.at, buffer)
		return buffer
	}
	type weighted struct{ at, weight float64 }
	all := make([]weighted, len(w.at))
	for i, at := range w.at {
		all[i] = weighted{at, w.weight[i]}
	}
	slices.SortFunc(all, func(a, b weighted) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.weight, b.weight)) })
	for i, one := range all {
		w.at[i], w.weight[i] = one.at, one.weight
	}
	return buffer
}

// total is the weight of all times.
func (w *weightedTimes) total() double.Sum {
	if w.weight == nil {
		return double.Sum{Hi: float64(len(w.at))}
	}
	var s double.Sum
	for _, weight := range w.weight {
		s = s.Plus(weight)
	}
	return s
}

// cursor walks along sorted times.
type cursor struct {
	times *weightedTimes
	i     int
}

// next is the next time; infinite after the last.
func (c *cursor) next() float64 {
	if c.i == len(c.times.at) {
		return math.Inf(1)
	}
	return c.times.at[c.i]
}

// take passes all times equal to t, which must not be later than the next. It returns
// how many they are and what they weigh together.
func (c *cursor) take(t float64) (n int, weight double.Sum) {
	from := c.i
	for c.i < len(c.times.at) && c.times.at[c.i] == t {
		c.i++
	}
	n = c.i - from
	if c.times.weight == nil {
		return n, double.Sum{Hi: float64(n)}
	}
	for _, w := range c.times.weight[from:c.i] {
		weight = weight.Plus(w)
	}
	return n, weight
}
