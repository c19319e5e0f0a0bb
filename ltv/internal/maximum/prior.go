package maximum

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/climb"
)

// LogLik is the log-likelihood at a point, without the priors.
func (s *Search) LogLik(p Point) float64 {
	return p.Value - s.prior(p.Logs, make([]float64, len(p.Logs)))
}

// withPriors adds the priors to a likelihood of the first parameters, or of all.
func (s *Search) withPriors(f climb.Func) climb.Func {
	if len(s.cfg.Priors) == 0 {
		return f
	}
	return func(logs, grad []float64) float64 {
		value := f(logs, grad)
		return value + s.prior(logs, grad)
	}
}

// prior is the sum of the logarithms of the priors' densities, up to constants; it
// adds the derivatives to grad.
func (s *Search) prior(logs, grad []float64) (value float64) {
	for _, p := range s.cfg.Priors {
		if i := slices.Index(s.problem.Names, p.Param); i < len(logs) {
			off := (logs[i] + math.Log(s.problem.Units[i]/p.Median)) / p.Spread
			value -= off * off / 2
			grad[i] -= off / p.Spread
		}
	}
	return value
}
