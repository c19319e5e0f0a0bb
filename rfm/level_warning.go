package rfm

import "fmt"

// LevelWarning says that levels have no customers, since too many values are equal for the
// number of levels. Where all are empty, a group of a nested plan has no customers and takes
// the edges of the whole base.
type LevelWarning struct {
	Metric Metric    // Metric is the metric whose levels are empty.
	Group  string    // Group names the group of a nested plan by its levels, such as "R2 F1"; "" = the whole base.
	Empty  []int     // Empty lists the levels without customers.
	Edges  []float64 // Edges are those of the scale.
	Counts []int     // Counts are the customers on each level, the worst first.
}

// Error describes the warning on one line.
func (w LevelWarning) Error() string {
	within := ""
	if w.Group != "" {
		within = " within " + w.Group
	}
	return fmt.Sprintf("%v%s: no customers on levels %v; edges %v, customers by level %v", w.Metric, within, w.Empty, w.Edges, w.Counts)
}

// warn fills in the warnings.
func (s *Scales) warn() {
	for _, m := range metrics {
		if s.plan.rule(m).fixed() {
			if w, found := s.outOfReach(m); found {
				s.Warnings = append(s.Warnings, w)
			}
			continue
		}
		for i, scale := range s.of(m) {
			if empty := scale.empty(); len(empty) > 0 {
				scale = scale.clone()
				s.Warnings = append(s.Warnings, LevelWarning{m, s.within(m, i), empty, scale.Edges, scale.Counts})
			}
		}
	}
}

// within names the group of customers that a scale of a nested plan grades.
func (s *Scales) within(m Metric, i int) string {
	switch {
	case len(s.of(m)) == 1:
		return ""
	case m == F:
		return fmt.Sprintf("R%d", i+1)
	default:
		levels := s.plan.Map.Levels[F]
		return fmt.Sprintf("R%d F%d", i/levels+1, i%levels+1)
	}
}
