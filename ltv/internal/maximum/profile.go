package maximum

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/climb"
)

// Farthest is a distance of logarithms beyond which parameters make no difference
// that counts, but overflow.
const Farthest = 20

// Limits are those of a parameter's interval, as logarithms in the problem's units; a side
// on which the likelihood never falls far enough has none.
type Limits struct {
	Lo, Hi     float64
	NoLo, NoHi bool
}

// Profile finds the limits of a parameter from its profile likelihood: where the
// log-likelihood, maximised over all other parameters, lies t²/2 below its maximum.
//
// Source: Venzon & Moolgavkar, A Method for Computing Profile-Likelihood-Based
// Confidence Intervals, Applied Statistics 37 (1988).
func (s *Search) Profile(p Point, i int, t float64) (out Limits) {
	side := func(sign float64) (float64, bool) {
		target := p.Value - t*t/2
		profile := s.profile(p, i, target)
		above := func(step float64) float64 { return profile.at(p.Logs[i]+sign*step) - target }
		const (
			nearest = 1e-8 // from where on doubling comes to Farthest soon
			stride  = 2    // over which a climb finds its way
		)
		inner, outer := 0.0, max(nearest, min(t*math.Sqrt(p.Covariance[i][i]), stride))
		for !(above(outer) < 0) {
			if inner = outer; outer > Farthest {
				return 0, false
			}
			outer += min(outer, stride)
		}
		step, ok := climb.Root(above, inner, outer)
		return p.Logs[i] + sign*step, ok
	}
	lo, ok := side(-1)
	out.Lo, out.NoLo = lo, !ok
	hi, ok := side(1)
	out.Hi, out.NoHi = hi, !ok
	return out
}

// profile is the profile likelihood of one parameter.
type profile struct {
	search       *Search
	i            int
	f            climb.Func
	target       float64
	v            []float64 // where the last maximum above the target was
	lower, upper []float64
}

func (s *Search) profile(p Point, i int, target float64) *profile {
	c := coordinates{slices.Clone(s.problem.ShapeOf)} // in which the logarithm of i is a coordinate
	c.shapeOf[i] = -1
	out := &profile{search: s, i: i, f: c.on(s.withPriors(s.problem.At)), target: target, v: make([]float64, len(p.Logs))}
	c.turn(p.Logs, out.v)
	for j := range p.Logs {
		lower, upper := float64(-logRatioMax), float64(logRatioMax)
		if j+1 == p.nested {
			lower, upper = out.v[j], out.v[j]
		}
		out.lower, out.upper = append(out.lower, lower), append(out.upper, upper)
	}
	return out
}

// at is the maximum of the log-likelihood with the logarithm of the parameter at
// a value.
func (p *profile) at(value float64) float64 {
	const enough = 1e-9
	p.v[p.i], p.lower[p.i], p.upper[p.i] = value, value, value
	found := climb.Maximize(p.f, p.v, climb.Options{Lower: p.lower, Upper: p.upper, Tolerance: enough, NoHessian: true})
	p.search.Evaluations += found.Evaluations
	if found.Value >= p.target { // else the climb may have begun too far away, and be of no use to the next
		copy(p.v, found.X)
	}
	return found.Value
}
