package ltv

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/special"
)

// profile finds the limits of a parameter's interval from the profile likelihood:
// where the log-likelihood, maximised over all other parameters, lies half a
// quantile of chi-squared below its maximum. Limits are logarithms; a side that
// does not fall so far within the bounds has ok false.
//
// Source: Venzon & Moolgavkar, A Method for Computing Profile-Likelihood-Based
// Confidence Intervals, Applied Statistics 37 (1988).
func (e *estimator) profile(i int, p place) (lo, hi float64, loOk, hiOk bool) {
	z := special.NormalQuantile((1 + e.cfg.Level) / 2)
	side := func(sign float64) (float64, bool) {
		r := e.ridge(i, p)
		target := p.value - z*z/2
		above := func(step float64) float64 { return r.at(p.logs[i]+sign*step) - target }
		inner, outer := 0.0, z*math.Sqrt(p.cov[i][i])
		for !(above(outer) < 0) {
			if inner = outer; outer > farthest {
				return 0, false
			}
			outer *= 2
		}
		step, ok := climb.Root(above, inner, outer)
		return p.logs[i] + sign*step, ok
	}
	lo, loOk = side(-1)
	hi, hiOk = side(1)
	return lo, hi, loOk, hiOk
}

// ridge is the profile likelihood of one parameter.
type ridge struct {
	e            *estimator
	i            int
	f            climb.Func
	v            []float64 // where the last maximum was
	lower, upper []float64
}

func (e *estimator) ridge(i int, p place) *ridge {
	a := axes{slices.Clone(e.family.shapeOf)} // in which the logarithm of i is a coordinate
	a.shapeOf[i] = -1
	r := &ridge{e: e, i: i, f: a.on(e.withPriors(e.lik.at)), v: make([]float64, len(p.logs))}
	a.turn(p.logs, r.v)
	for j := range p.logs {
		lower, upper := float64(-logRatioMax), float64(logRatioMax)
		if p.held != nil && p.held[j] {
			lower, upper = r.v[j], r.v[j]
		}
		r.lower, r.upper = append(r.lower, lower), append(r.upper, upper)
	}
	return r
}

// at is the maximum of the log-likelihood with the logarithm of the parameter at
// a value.
func (r *ridge) at(value float64) float64 {
	const enough = 1e-9
	r.v[r.i], r.lower[r.i], r.upper[r.i] = value, value, value
	found := climb.Maximize(r.f, r.v, climb.Options{Lower: r.lower, Upper: r.upper, Tolerance: enough, NoHessian: true})
	r.e.evaluations += found.Evaluations
	copy(r.v, found.X)
	return found.Value
}
