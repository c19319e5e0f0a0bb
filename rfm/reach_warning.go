package rfm

import (
	"fmt"
	"math"
	"slices"
)

// ReachWarning says that nobody can ever be on some levels, whatever is bought: the bounds
// or edges of the plan leave them only values that the metric never has, such as a recency
// below 0.
type ReachWarning struct {
	Metric       Metric    // Metric is the metric whose levels are out of reach.
	Levels       []int     // Levels are the levels that no value can have.
	Edges        []float64 // Edges are the edges of the plan.
	WholeNumbers bool      // WholeNumbers is true where the metric has whole numbers alone.
}

// Error describes the warning on one line.
func (w ReachWarning) Error() string {
	values := "0 or more"
	if w.WholeNumbers {
		values = "a whole number, 0 or more"
	}
	return fmt.Sprintf("%v: nobody can be on levels %v, with edges %v: it is %s", w.Metric, w.Levels, w.Edges, values)
}

// outOfReach returns the warning of a metric whose edges the plan gives; found is false
// where every level can be reached.
func (s *Scales) outOfReach(m Metric) (w ReachWarning, found bool) {
	if m == M && s.plan.Measure.Monetary != Median { // refunds may outweigh purchases
		return ReachWarning{}, false
	}
	whole := s.plan.Measure.whole(m)
	g := &s.grade[m][0]
	var levels []int
	for i := range len(g.above) + 1 {
		from, to := math.Inf(-1), math.Inf(1)
		if i > 0 {
			from = g.above[i-1]
		}
		if i < len(g.above) {
			to = g.above[i]
		}
		if !reachable(from, to, whole) {
			levels = append(levels, g.place(i))
		}
	}
	if levels == nil {
		return ReachWarning{}, false
	}
	slices.Sort(levels)
	return ReachWarning{m, levels, slices.Clone(s.of(m)[0].Edges), whole}, true
}

// reachable reports whether a value of at least 0 lies above from and not above to.
func reachable(from, to float64, whole bool) bool {
	if whole && from >= 0 {
		return math.Floor(from)+1 <= to
	}
	return to >= 0
}

// whole reports whether all values of a metric are whole numbers.
func (m Measure) whole(metric Metric) bool {
	switch metric {
	case R:
		return m.Days != Exact && m.Recency == SinceLast
	case F:
		return m.Frequency == Count
	}
	return false
}
