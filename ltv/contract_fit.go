package ltv

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

var (
	errNotHistories = rule.Because(clientele.ErrMismatch, "contracts are fitted to tenures", "FitContract with Tenures, or another model")
	errNobodyLeft   = rule.Because(clientele.ErrEmpty, "nobody left", "tenures of which some have ended")
	errNobodyStayed = rule.Because(clientele.ErrEmpty, "nobody stayed beyond the first period", "tenures of which some are longer")
)

// contractLikelihood describes a likelihood of tenures, or says why they cannot tell
// the parameters.
func contractLikelihood(d Tenures, params int, at func(renewals []likelihood.Renewal) climb.Func, starts func(churn float64) [][]float64) (*fitting, error) {
	refuse := func(value any, err error) error { return fault.Of("", "tenures", value, err) }
	renewals := d.renewals()
	left, stayed := 0.0, 0.0
	for _, r := range renewals {
		left += r.Left
		stayed += r.Stayed
	}
	switch {
	case len(renewals) == 0:
		return nil, refuse(nil, errNobody)
	case left == 0:
		return nil, refuse(nil, errNobodyLeft)
	case stayed == 0:
		return nil, refuse(nil, errNobodyStayed)
	case len(renewals) < params:
		return nil, refuse(len(renewals), rule.Because(clientele.ErrEmpty, "fewer periods than parameters", "at least %d periods, better seven", params))
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
