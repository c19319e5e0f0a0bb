package maximum

import (
	"math"

	"github.com/clientele-go/clientele/internal/climb"
)

const (
	// roughTolerance of a climb on a thinned sample, relative to the log-likelihood.
	roughTolerance = 1e-7

	// noDoubt is a gain in log-likelihood that is no accident of a sample.
	noDoubt = 50
)

// start is the best of the starting points, improved on a thinned sample of large data.
func (s *Search) start() climb.Result {
	if s.problem.Rough == nil {
		v, n := best(s.at, s.coordinates, s.problem.Starts(nil))
		s.Evaluations += n
		return climb.Result{X: v}
	}
	return s.climbRoughly(s.coordinates.on(s.withPriors(s.problem.Rough())), s.problem.Starts(nil))
}

// roughly climbs on a thinned sample of large data. It returns where to start with all
// data, and whether the sample leaves no doubt that customers drop out.
func (s *Search) roughly() (rough climb.Result, sure bool) {
	at := s.problem.Rough()
	never := climb.Maximize(neverCoordinates.on(s.withPriors(s.without(at))), neverStart(), climb.Options{
		Lower: s.lower[:2], Upper: s.upper[:2], Tolerance: roughTolerance, NoHessian: true,
	})
	s.Evaluations += never.Evaluations
	logs := make([]float64, 2)
	neverCoordinates.turn(never.X, logs)
	rough = s.climbRoughly(s.coordinates.on(s.withPriors(at)), s.problem.Starts(Exps(logs)))
	return rough, rough.Value > never.Value+noDoubt
}

// climbRoughly climbs on a thinned sample from the best start.
func (s *Search) climbRoughly(at climb.Func, starts [][]float64) climb.Result {
	start, n := best(at, s.coordinates, starts)
	r := climb.Maximize(at, start, climb.Options{Lower: s.lower, Upper: s.upper, Tolerance: roughTolerance})
	s.Evaluations += n + r.Evaluations
	return r
}

// climbAll is the highest of the points to which climbs from some parameters lead.
// With large data, only the climb that is best on a thinned sample goes on.
func (s *Search) climbAll(starts [][]float64) (highest Point) {
	if s.problem.Rough != nil {
		at := s.coordinates.on(s.withPriors(s.problem.Rough()))
		rough := s.climbRoughly(at, starts[:1])
		for _, start := range starts[1:] {
			if r := s.climbRoughly(at, [][]float64{start}); r.Value > rough.Value {
				rough = r
			}
		}
		return s.climbFrom(rough)
	}
	for i, start := range starts {
		if p := s.Climb(Logs(start)); i == 0 || p.Value > highest.Value {
			highest = p
		}
	}
	return highest
}

// best is the likeliest of some parameters, as coordinates, and the number of
// evaluations.
func best(at climb.Func, c coordinates, starts [][]float64) (v []float64, evaluations int) {
	most := math.Inf(-1)
	for _, start := range starts {
		here, grad := make([]float64, len(start)), make([]float64, len(start))
		c.turn(Logs(start), here)
		if value := at(here, grad); v == nil || value > most {
			v, most = here, value
		}
	}
	return v, len(starts)
}
