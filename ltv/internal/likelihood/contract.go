package likelihood

import (
	"math"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

// Renewal is a period with the customers who came to its end: those who left and
// those who stayed.
type Renewal struct{ Period, Left, Stayed float64 }

// LogLik returns the log-likelihood of a period of which the share e^-loss stays.
func (r Renewal) LogLik(loss float64) (value float64) {
	if r.Left > 0 {
		value += r.Left * math.Log(-math.Expm1(-loss))
	}
	if r.Stayed > 0 {
		value -= r.Stayed * loss
	}
	return value
}

// SBG is the log-likelihood of sBG by ln α and ln β. Of those still there in
// period t the share α/(α+β+t-1) leaves.
func SBG(renewals []Renewal) climb.Func {
	return func(logs, grad []float64) (value float64) {
		alpha, beta := math.Exp(logs[0]), math.Exp(logs[1])
		clear(grad)
		for _, r := range renewals {
			other := beta + r.Period - 1
			leave, stay := alpha/(alpha+other), other/(alpha+other)
			value += r.Left*math.Log(leave) - r.Stayed*math.Log1p(alpha/other)
			pull := r.Left*stay - r.Stayed*leave // by ln(α/other)
			grad[0] += pull
			grad[1] -= pull * beta / other
		}
		return value
	}
}

// BdW is the log-likelihood of BdW by ln α, ln β and ln c. Of those still there
// in period t the share e^-loss stays.
func BdW(renewals []Renewal) climb.Func {
	return func(logs, grad []float64) (value float64) {
		m := kernel.BetaWeibull{Alpha: math.Exp(logs[0]), Beta: math.Exp(logs[1]), C: math.Exp(logs[2])}
		clear(grad)
		for _, r := range renewals {
			loss := m.Loss(r.Period-1, r.Period)
			value += r.LogLik(loss)
			if by := r.Left/math.Expm1(loss) - r.Stayed; by != 0 {
				m.LossSlopes(r.Period, by, grad)
			}
		}
		return value
	}
}
