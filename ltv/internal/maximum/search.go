package maximum

import (
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/climb"
)

// Search is a search for the maximum of a likelihood.
type Search struct {
	Evaluations int       // of the likelihood, so far
	Warnings    []Warning // about the maximum

	problem      *Problem
	cfg          Config
	coordinates  coordinates
	at           climb.Func // of coordinates, with priors
	lower, upper []float64  // of coordinates
}

// Shapes and ratios of parameters are searched within these limits, in units where times
// are about 1: beyond, no data tell one from another.
const (
	logShapeMin = -14
	logShapeMax = 21
	logRatioMax = 28

	// SameLogLik is the difference of log-likelihoods that decides nothing.
	SameLogLik = 1e-6
)

// NewSearch returns a search that has not begun.
func NewSearch(p *Problem, cfg Config) *Search {
	s := &Search{problem: p, cfg: cfg, coordinates: coordinates{p.ShapeOf}}
	s.at = s.coordinates.on(s.withPriors(p.At))
	for _, shape := range p.ShapeOf {
		lower, upper := float64(logShapeMin), float64(logShapeMax)
		if shape >= 0 {
			lower, upper = -logRatioMax, logRatioMax
		}
		s.lower = append(s.lower, lower)
		s.upper = append(s.upper, upper)
	}
	return s
}

// Run finds the maximum, or the end that the likelihood rises to.
func (s *Search) Run() Point {
	switch {
	case s.problem.Nested != nil:
		return s.runFromNested()
	case s.problem.DropOut >= 0:
		return s.runFromNever()
	}
	p := s.Follow(s.climbFrom(s.start()))
	s.NoteStops(p)
	return p
}

// Climb maximises from logarithms of parameters.
func (s *Search) Climb(logs []float64) Point {
	v := make([]float64, len(logs))
	s.coordinates.turn(logs, v)
	return s.climb(v, nil)
}

// ClimbWith maximises from a point with one coordinate set and held.
func (s *Search) ClimbWith(from Point, i int, v float64) Point {
	start, held := slices.Clone(from.V), make([]bool, len(from.V))
	start[i], held[i] = v, true
	return s.climb(start, held)
}

// Limit keeps a coordinate of all climbs to come within limits.
func (s *Search) Limit(i int, lower, upper float64) { s.lower[i], s.upper[i] = lower, upper }

// IsHeld reports whether a coordinate has no choice.
func (s *Search) IsHeld(i int) bool { return s.lower[i] == s.upper[i] }

// climb maximises from coordinates with some held; nil = none.
func (s *Search) climb(start []float64, held []bool) Point {
	lower, upper := slices.Clone(s.lower), slices.Clone(s.upper)
	for i, h := range held {
		if h {
			lower[i], upper[i] = start[i], start[i]
		}
	}
	return s.climbWithin(climb.Result{X: start}, lower, upper)
}

// climbFrom maximises from where a thinned sample led, whose curvature is about right.
func (s *Search) climbFrom(rough climb.Result) Point {
	return s.climbWithin(rough, s.lower, s.upper)
}

func (s *Search) climbWithin(from climb.Result, lower, upper []float64) Point {
	r := climb.Maximize(s.at, from.X, climb.Options{
		Lower: lower, Upper: upper, Hessian: from.Hessian,
		MaxEvaluations: s.cfg.MaxEvaluations - min(s.Evaluations, s.cfg.MaxEvaluations-1),
	})
	s.Evaluations += r.Evaluations
	return arrive(r, s.coordinates, len(s.problem.Names))
}

// warn notes a warning.
func (s *Search) warn(kind Kind, param string, value float64, format string, args ...any) {
	s.Warnings = append(s.Warnings, Warning{kind, param, value, fmt.Sprintf(format, args...)})
}

// NoteStops notes the parameters that were stopped where the search ends, unless it is
// known why.
func (s *Search) NoteStops(p Point) {
	for i, side := range p.Stopped {
		name := s.problem.Names[i]
		known := slices.ContainsFunc(s.Warnings, func(d Warning) bool { return d.Kind == AtEnd && d.Param == name })
		if side != 0 && !known {
			s.warn(AtEnd, name, math.Exp(p.Logs[i])*s.problem.Units[i],
				"%s was stopped at the end of the search, towards which the likelihood rises", name)
		}
	}
}
