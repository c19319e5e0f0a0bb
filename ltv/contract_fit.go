package ltv

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

var (
	errNotHistories = fmt.Errorf("%w: contracts are fitted to tenures, by FitContract", clientele.ErrMismatch)
	errNobodyLeft   = fmt.Errorf("%w: nobody left", clientele.ErrEmpty)
	errNobodyStayed = fmt.Errorf("%w: nobody stayed beyond the first period", clientele.ErrEmpty)
	errFewPeriods   = fmt.Errorf("%w: fewer periods than parameters", clientele.ErrEmpty)
)

// contractLikelihood describes a likelihood of tenures, or says why they cannot tell
// the parameters.
func contractLikelihood(d Tenures, params int, at func(renewals []renewal) climb.Func, starts func(churn float64) [][]float64) (*likelihood, error) {
	fault := func(value any, err error) error {
		return &clientele.InputError{Index: -1, Field: "tenures", Value: value, Err: err}
	}
	renewals := d.renewals()
	left, stayed := 0.0, 0.0
	for _, r := range renewals {
		left += r.left
		stayed += r.stayed
	}
	switch {
	case len(renewals) == 0:
		return nil, fault(nil, clientele.ErrEmpty)
	case left == 0:
		return nil, fault(nil, errNobodyLeft)
	case stayed == 0:
		return nil, fault(nil, errNobodyStayed)
	case len(renewals) < params:
		return nil, fault(len(renewals), errFewPeriods)
	}
	units := make([]float64, params)
	for i := range units {
		units[i] = 1
	}
	return &likelihood{
		at:        at(renewals),
		starts:    func([]float64) [][]float64 { return starts(left / (left + stayed)) },
		units:     units,
		customers: float64(d.customers),
	}, nil
}

// sbgAt is the log-likelihood of [SBG] by ln α and ln β. Of those still there in
// period t the share α/(α+β+t-1) leaves.
func sbgAt(renewals []renewal) climb.Func {
	return func(logs, grad []float64) (value float64) {
		alpha, beta := math.Exp(logs[0]), math.Exp(logs[1])
		clear(grad)
		for _, r := range renewals {
			other := beta + r.period - 1
			leave, stay := alpha/(alpha+other), other/(alpha+other)
			value += r.left*math.Log(leave) - r.stayed*math.Log1p(alpha/other)
			pull := r.left*stay - r.stayed*leave // by ln(α/other)
			grad[0] += pull
			grad[1] -= pull * beta / other
		}
		return value
	}
}

// bdwAt is the log-likelihood of [BdW] by ln α, ln β and ln c. Of those still there
// in period t the share e^-loss stays.
func bdwAt(renewals []renewal) climb.Func {
	return func(logs, grad []float64) (value float64) {
		m := kernel.BetaWeibull{Alpha: math.Exp(logs[0]), Beta: math.Exp(logs[1]), C: math.Exp(logs[2])}
		clear(grad)
		for _, r := range renewals {
			loss := m.Loss(r.period-1, r.period)
			value += r.logLik(loss)
			if by := r.left/math.Expm1(loss) - r.stayed; by != 0 {
				m.LossSlopes(r.period, by, grad)
			}
		}
		return value
	}
}
