package maximum

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/matrix"
)

// logVanished is the logarithm of a rate so small that the likelihood does not
// tell, in units where times are about 1.
const logVanished = -20

// runFromNested is Run for a family with a nested one. It climbs from the maximum of that,
// and stays there if nothing is higher, so the answer there does not depend on where a climb
// towards it was given up.
func (s *Search) runFromNested() Point {
	inner := NewSearch(s.problem.Nested.Problem, s.cfg)
	inner.cfg.Priors = nil
	for _, p := range s.cfg.Priors {
		if !s.vanishes(p.Param) {
			inner.cfg.Priors = append(inner.cfg.Priors, p)
		}
	}
	ruledOut := len(inner.cfg.Priors) < len(s.cfg.Priors)

	nested := inner.Run()
	s.Evaluations += inner.Evaluations
	p := s.Follow(s.climbAll(s.problem.Starts(Exps(nested.Logs))))
	if ruledOut || p.Value > nested.Value+SameLogLik {
		return p
	}
	s.Warnings = inner.Warnings
	return s.fromNested(nested)
}

// vanishes reports whether a parameter does at the nested end.
func (s *Search) vanishes(param string) bool {
	i := slices.Index(s.problem.Names, param)
	return i == s.problem.Nested.Rate || i == s.problem.Nested.Scale
}

// fromNested is a point of the nested family in the whole one.
func (s *Search) fromNested(p Point) Point {
	n := s.problem.Nested
	vanished := float64(logVanished)
	if math.IsInf(p.Logs[n.DropOut], -1) {
		vanished = -math.Log(s.problem.Units[n.Rate])
	} else {
		name, scale := s.problem.Names[n.Rate], s.problem.Names[n.Scale]
		s.warn(AtEnd, name, math.Exp(vanished)*s.problem.Units[n.Rate],
			"%s and %s vanish with a steady ratio: the model is the limit, %s", name, scale, n.Model)
	}
	p.Logs = slices.Insert(slices.Clone(p.Logs), n.Rate, vanished)
	p.Logs[n.Scale] += vanished
	p.Stopped = slices.Insert(slices.Clone(p.Stopped), n.Rate, 0)
	p.nested = n.Rate + 1
	if p.Covariance != nil {
		var places []int
		for i := range p.Logs {
			if i != n.Rate {
				places = append(places, i)
			}
		}
		p.Covariance = matrix.Spread(p.Covariance, places, len(p.Logs))
	}
	return p
}
