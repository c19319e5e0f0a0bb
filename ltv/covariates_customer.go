package ltv

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/matrix"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// For returns the model of a customer with covariates, in the order of the design.
// It is used like any other.
func (f FittedCovariates[M]) For(purchase, dropOut []float64) (M, error) {
	return f.at("ltv.FittedCovariates.For", purchase, dropOut)
}

// FittedFor returns [FittedCovariates.For] as a fit, with what is known of the parameters
// of such a customer, so that [NewForecaster] can make forecasts with intervals from it.
// Forecast a base in parts, one for each set of covariates, each by a forecaster of its
// own. Values of the parts add up; their intervals do not, since all parts share the
// effects. The fit does not know the unit of time of the design: state it by
// [Fitted.WithUnit].
func (f FittedCovariates[M]) FittedFor(purchase, dropOut []float64) (Fitted[M], error) {
	m, err := f.at("ltv.FittedCovariates.FittedFor", purchase, dropOut)
	if err != nil {
		return Fitted[M]{}, err
	}
	var v []float64
	for _, p := range m.Parameters() {
		v = append(v, p.Value)
	}
	out := Fitted[M]{
		Model: m, LogLik: f.LogLik, AIC: f.AIC, BIC: f.BIC, Customers: f.Customers, DegreesOfFreedom: f.DegreesOfFreedom,
		Gradient: f.Gradient, Evaluations: f.Evaluations, Warnings: slices.Clone(f.Warnings),
	}
	cov := f.covarianceFor(purchase, dropOut)
	if cov != nil {
		out.LogCovariance, out.Covariance = cov, ofNumbers(v, cov)
	}
	estimates := estimator{
		names: f.Model.family().Names, level: f.level(), degrees: f.DegreesOfFreedom,
		unknown: func(i int) bool { return f.Params[i].Level == 0 },
	}
	out.Params = estimates.params(v, cov)
	return out, nil
}

// level is that of the intervals; 0 of a fit without any.
func (f FittedCovariates[M]) level() float64 {
	for _, p := range f.Params {
		if p.Level > 0 {
			return p.Level
		}
	}
	for _, e := range slices.Concat(f.Purchase, f.DropOut) {
		if e.Level > 0 {
			return e.Level
		}
	}
	return 0
}

// covarianceFor is that of the logarithms of the parameters of a customer; nil where it is
// not known.
func (f FittedCovariates[M]) covarianceFor(purchase, dropOut []float64) [][]float64 {
	params := len(f.Params)
	if len(f.LogCovariance) < params {
		return nil
	}
	by := f.Model.covariant()
	rows := matrix.New(params)
	places, effects := f.places()
	if params+effects != len(f.LogCovariance) {
		return nil
	}
	for k := range rows {
		rows[k] = make([]float64, params+effects)
		rows[k][k] = 1
		for j, z := range purchase {
			rows[k][params+j] += by.Purchase[k] * z
		}
		for j, z := range dropOut {
			rows[k][params+places[j]] += by.DropOut[k] * z
		}
	}
	return matrix.Sandwich(rows, f.LogCovariance)
}

// places are those of the effects on dropping out among the different effects, and how
// many of these there are. The effects on purchasing come first.
func (f FittedCovariates[M]) places() (dropOut []int, different int) {
	different = len(f.Purchase)
	for i, name := range f.covariates().DropOut {
		same := -1
		if f.DropOut != nil {
			same = slices.IndexFunc(f.Purchase, func(e Effect) bool { return e == f.DropOut[i] && e.Name == name })
		}
		if same < 0 {
			same = different
			different++
		}
		dropOut = append(dropOut, same)
	}
	return dropOut, different
}

// covariates are the names of the design, or of effects that were known.
func (f FittedCovariates[M]) covariates() Covariates {
	if len(f.names.Purchase) > 0 || len(f.names.DropOut) > 0 {
		return f.names
	}
	var names Covariates
	for _, e := range f.Purchase {
		names.Purchase = append(names.Purchase, e.Name)
	}
	for _, e := range f.DropOut {
		names.DropOut = append(names.DropOut, e.Name)
	}
	return names
}

// at is the model of a customer.
func (f FittedCovariates[M]) at(op string, purchase, dropOut []float64) (M, error) {
	if err := f.covariates().check(op, purchase, dropOut); err != nil {
		return f.Model, err
	}
	var logs [4]float64
	for k, p := range f.Model.Parameters() {
		logs[k] = math.Log(p.Value)
	}
	shifted(&logs, f.Model.covariant().Purchase, f.Purchase, purchase)
	shifted(&logs, f.Model.covariant().DropOut, f.DropOut, dropOut)
	m := f.Model.family().build(maximum.Exps(logs[:])).(M)
	if err := m.Validate(); err != nil {
		return f.Model, &clientele.InputError{Op: op, Index: -1, Field: "covariates", Value: slices.Concat(purchase, dropOut), Err: err}
	}
	return m, nil
}

// shifted adds to logarithms of parameters what effects and covariates make.
func shifted(logs *[4]float64, shift [4]float64, effects []Effect, z []float64) {
	sum := 0.0
	for j, e := range effects {
		sum += e.Value * z[j]
	}
	for k := range logs {
		logs[k] += shift[k] * sum
	}
}
