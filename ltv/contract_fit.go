package ltv

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

var (
	errNotHistories = fmt.Errorf("%w: contracts are fitted to tenures, by FitContract", clientele.ErrMismatch)
	errNobodyLeft   = fmt.Errorf("%w: nobody left", clientele.ErrEmpty)
	errNobodyStayed = fmt.Errorf("%w: nobody stayed beyond the first period", clientele.ErrEmpty)
	errFewPeriods   = fmt.Errorf("%w: fewer periods than parameters", clientele.ErrEmpty)
)

// contractLikelihood describes a likelihood of tenures, or says why they cannot tell
// the parameters.
func contractLikelihood(d Tenures, params int, at func(renewals []likelihood.Renewal) climb.Func, starts func(churn float64) [][]float64) (*fitting, error) {
	fault := func(value any, err error) error {
		return &clientele.InputError{Index: -1, Field: "tenures", Value: value, Err: err}
	}
	renewals := d.renewals()
	left, stayed := 0.0, 0.0
	for _, r := range renewals {
		left += r.Left
		stayed += r.Stayed
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
	return &fitting{
		Problem: maximum.Problem{
			Function: likelihood.Function{At: at(renewals)},
			Starts:   func([]float64) [][]float64 { return starts(left / (left + stayed)) },
			Units:    units,
		},
		customers: float64(d.customers),
	}, nil
}
