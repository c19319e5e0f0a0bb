package rfm

import "fmt"

// LevelWarning says that levels are empty: ties are heavier than the number of
// levels allows or, where all are empty, a stratum has no customers and takes the
// edges of the whole base.
type LevelWarning struct {
	Metric Metric
	Within string // the stratum of a nested plan, as "R2 F1"; "" for the whole base
	Empty  []int  // levels
	Edges  []float64
	Counts []int // customers by level, worst first
}

// Error describes the warning.
func (w *LevelWarning) Error() string {
	within := ""
	if w.Within != "" {
		within = " within " + w.Within
	}
	return fmt.Sprintf("%v%s: no customers on levels %v; edges %v, customers by level %v", w.Metric, within, w.Empty, w.Edges, w.Counts)
}

// Warnings returns a [LevelWarning] for every quantile scale with an empty level.
// It is derived from the frozen data, so scales read from JSON warn as well.
func (s *Scales) Warnings() []error {
	var warnings []error
	for _, m := range metrics {
		if s.plan.rule(m).fixed() {
			continue
		}
		for i, scale := range s.of(m) {
			if empty := scale.empty(); len(empty) > 0 {
				scale = scale.clone()
				warnings = append(warnings, &LevelWarning{m, s.within(m, i), empty, scale.Edges, scale.Counts})
			}
		}
	}
	return warnings
}

// within names a stratum.
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
