package maximum

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/matrix"
)

// logNone is the logarithm of a drop-out parameter as good as 0.
const logNone = -690

// runFromNever is Run for a family with drop-out.
func (s *Search) runFromNever() Point {
	if s.problem.Rough != nil {
		rough, sure := s.roughly()
		p := s.Follow(s.climbFrom(rough))
		if sure {
			return p
		}
		return s.likelier(p, s.never())
	}
	never := s.never()
	start, n := best(s.at, s.coordinates, s.problem.Starts(Exps(never.Logs[:2])))
	s.Evaluations += n
	return s.likelier(s.Follow(s.climb(start, nil)), never)
}

// likelier is a point, or never if that is as likely.
func (s *Search) likelier(p, never Point) Point {
	if s.KnowsDropOut() || p.Value > never.Value+SameLogLik {
		return p
	}
	s.warn(NoDropOut, s.problem.Names[s.problem.DropOut], never.Value-p.Value,
		"the data are likeliest if nobody ever drops out; the model is that limit")
	return never
}

// KnowsDropOut reports whether a prior rules out that nobody drops out.
func (s *Search) KnowsDropOut() bool {
	return slices.ContainsFunc(s.cfg.Priors, func(p Prior) bool {
		return slices.Index(s.problem.Names, p.Param) >= s.problem.DropOut
	})
}

// never is the maximum where nobody drops out.
func (s *Search) never() Point {
	dropOut := s.problem.DropOut
	at := s.problem.Never
	if at == nil {
		at = s.without(s.problem.At)
	}
	r := climb.Maximize(neverCoordinates.on(s.withPriors(at)), neverStart(), climb.Options{
		Lower: s.lower[:2], Upper: s.upper[:2], MaxEvaluations: s.cfg.MaxEvaluations,
	})
	s.Evaluations += r.Evaluations
	n := len(s.problem.Names)
	p := arrive(r, neverCoordinates, n)
	if p.Covariance != nil {
		p.Covariance = matrix.Spread(p.Covariance, []int{0, 1}, n)
	}
	p.Stopped = append(slices.Clone(p.Stopped), make([]int, n-len(p.Stopped))...)
	p.Logs[dropOut] = math.Inf(-1)
	for i := dropOut + 1; i < n; i++ {
		p.Logs[i] = -math.Log(s.problem.Units[i])
	}
	return p
}

// neverCoordinates are those of r and α, with which every family of purchasing begins.
var neverCoordinates = coordinates{[]int{-1, 0}}

// neverStart is where climbs at never start: by ln r and ln(r/α).
func neverStart() []float64 { return []float64{-1, 0} }

// without is a likelihood where nobody drops out, by the parameters of purchasing.
func (s *Search) without(at climb.Func) climb.Func {
	n := len(s.problem.Names)
	logs, all := make([]float64, n), make([]float64, n)
	return func(purchasing, grad []float64) float64 {
		copy(logs, purchasing)
		logs[s.problem.DropOut] = logNone
		value := at(logs, all)
		copy(grad, all)
		return value
	}
}
