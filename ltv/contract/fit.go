package contract

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// Fit estimates a model of the type of the one given, whose parameters are
// ignored, from tenures:
//
//	tenures, err := contract.NewTenures([]int{1000, 869, 743, 653})
//	fit, err := contract.Fit(contract.SBG{}, tenures, ltv.FitConfig{}) // fit.Model is an SBG
//
// All that [ltv.Fit] says of its answer holds. Fit returns [clientele.ErrEmpty] for tenures
// from which the parameters cannot be estimated: nobody left, everybody left at the end
// of the first period, or fewer periods were observed than there are parameters.
// Fitted.Customers counts all customers in the tenures; intervals rest on those who left
// (Fitted.DegreesOfFreedom). A stored fit is read into the ltv.Fitted of its model's own type.
func Fit[M Model](model M, data Tenures, cfg ltv.FitConfig) (ltv.Fitted[M], error) {
	const op = "contract.Fit"
	if any(model) == nil {
		return ltv.Fitted[M]{}, fault.Of(op, "model", nil, rule.Want(clientele.ErrMissing, "a model of the type to fit, such as contract.SBG{}"))
	}
	task := model.task(data)
	task.Op = op
	return ltv.FitTask[M](task, cfg)
}

// taskOf is the fit of a model to tenures.
func taskOf(
	m Model, d Tenures, shapeOf []int, build func(v []float64) any,
	at func(renewals []likelihood.Renewal) climb.Func, starts func(churn float64) [][]float64,
) maximum.Task {
	var names []string
	for _, p := range m.Parameters() {
		names = append(names, p.Name)
	}
	return maximum.Task{
		Family: maximum.Family{Names: names, ShapeOf: shapeOf, DropOut: -1},
		Build:  build,
		Open: func() (maximum.Problem, float64, error) {
			p, err := problemOf(d, len(names), at, starts)
			return p, float64(d.customers), err
		},
	}
}

var (
	errNobodyLeft   = rule.Because(clientele.ErrEmpty, "nobody left", "tenures of which some have ended")
	errNobodyStayed = rule.Because(clientele.ErrEmpty, "nobody stayed beyond the first period", "tenures of which some are longer")
)

// problemOf is the likelihood of tenures, or why the parameters cannot be estimated.
func problemOf(
	d Tenures, params int, at func(renewals []likelihood.Renewal) climb.Func, starts func(churn float64) [][]float64,
) (maximum.Problem, error) {
	refuse := func(value any, err error) (maximum.Problem, error) {
		return maximum.Problem{}, fault.Of("", "tenures", value, err)
	}
	renewals := d.renewals()
	left, stayed := 0.0, 0.0
	for _, r := range renewals {
		left += r.Left
		stayed += r.Stayed
	}
	switch {
	case len(renewals) == 0:
		return refuse(nil, rule.ErrNobody)
	case left == 0:
		return refuse(nil, errNobodyLeft)
	case stayed == 0:
		return refuse(nil, errNobodyStayed)
	case len(renewals) < params:
		return refuse(len(renewals), rule.Because(clientele.ErrEmpty, "fewer periods than parameters", "at least %d periods, better seven", params))
	}
	units := make([]float64, params)
	for i := range units {
		units[i] = 1
	}
	return maximum.Problem{
		Function: likelihood.Function{At: at(renewals)},
		Starts:   func([]float64) [][]float64 { return starts(left / (left + stayed)) },
		Units:    units,
		Telling:  left,
	}, nil
}
