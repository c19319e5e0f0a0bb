package ltv

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/matrix"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/ltv/internal/regression"
)

// FittedCovariates is a model estimated with covariates. It is stored as JSON and read
// back; models that [FittedCovariates.For] makes of it can be stored by [Fixed]. A literal
// with Model, Params, Purchase and DropOut holds effects that are known from elsewhere.
type FittedCovariates[M CovariateModel] struct {
	// Model is the model of a customer whose covariates are all 0.
	Model M

	// Params are the estimated parameters of Model, in its order.
	Params []FittedParam

	// Purchase and DropOut are the effects on purchasing and on dropping out, in the
	// order of the design. DropOut is nil where nobody drops out.
	Purchase, DropOut []Effect

	// LogLik is the log-likelihood of the data, without priors and penalty.
	LogLik float64

	// AIC and BIC are the information criteria: smaller is better. BIC counts customers
	// as observations.
	AIC, BIC float64

	// Customers is how many customers the design has.
	Customers int

	// DegreesOfFreedom is how many more customers bought again than there are parameters and
	// effects: those of Student's t for the intervals of Params and effects, and for P. 0 =
	// too few for any interval.
	DegreesOfFreedom int

	// Free is how many parameters and effects were estimated and are at no end, see [AtEnd].
	Free int

	// Gradient is the largest absolute partial derivative of the log-likelihood at the
	// result, over the coordinates of the search that are at no end (see [AtEnd]):
	// near 0 at a maximum.
	Gradient float64

	// Evaluations is how often the likelihood was evaluated.
	Evaluations int

	// LogCovariance is the covariance of the logarithms of Params, followed by the
	// effects: Purchase, then DropOut without those that CovariateConfig.Equal ties to
	// one before. It is zero for what is at an end, nil where the likelihood is not
	// concave.
	LogCovariance [][]float64

	// Warnings do not stop the computation, each a [Warning].
	Warnings []error

	names Covariates
}

// Effect is the effect of a covariate: where the covariate is greater by one, the purchase
// rate, or the drop-out rate of the Pareto/NBD, or a and b of the BG/NBD, are exp(Value)
// times as large. With n customers who bought again and k parameters and effects, the interval
// is StdErr √(n/(n-k)) times the quantile of Student's t with n-k degrees of freedom to either
// side: as in a linear regression, whose likelihood takes customers for more alike than they are
// by that factor. There is no interval (Level 0) without degrees of freedom
// ([FittedCovariates.DegreesOfFreedom]), nor of an effect on a and b where these are at an end
// (see [AtEnd]): it then bears on nothing.
type Effect struct {
	Name string `json:"name"`
	clientele.Estimate
	Z float64 `json:"z"` // Value divided by its standard error; 0 without a standard error
	P float64 `json:"p"` // two-sided p-value if there is no effect, by Student's t as the interval; 1 without an interval
}

// Has reports whether there is a warning of a kind.
func (f FittedCovariates[M]) Has(kind WarningKind) bool {
	return warnsOf(f.Warnings, kind)
}

// regressedTo describes the result of a regression. A customer whose
// covariates are all 0 may be so far from the data that the model cannot be
// written down.
func regressedTo[M CovariateModel](f family, fit *fitting, names Covariates, r regression.Result, cfg CovariateConfig) (FittedCovariates[M], error) {
	v := fit.parameters(r.Logs)
	out := FittedCovariates[M]{
		Model:         f.build(v).(M),
		LogLik:        r.LogLik + fit.Offset,
		Customers:     int(fit.customers),
		Free:          r.Free,
		Gradient:      r.Gradient,
		Evaluations:   r.Evaluations,
		LogCovariance: r.Covariance,
		names:         names,
	}
	if err := out.Model.Validate(); err != nil {
		return FittedCovariates[M]{}, fault.Of("", "design", nil, rule.Because(clientele.ErrRange, "covariates are far from 0",
			"a constant subtracted from them: no number is the model of a customer who has 0"))
	}
	out.AIC, out.BIC = criteria(out.LogLik, r.Free, fit.customers)
	out.DegreesOfFreedom = degreesOfFreedom(fit.Telling, len(r.Logs))
	estimates := estimator{
		names: f.Names, level: cfg.Level, degrees: out.DegreesOfFreedom, warnings: slices.Concat(fit.warnings, asWarning(r.Warnings)),
		unknown: func(i int) bool { return r.Unknown[i] },
	}
	out.Params = estimates.params(v, r.Covariance)
	out.Purchase = effects(names.Purchase, r.Purchase, r, cfg.Level, out.DegreesOfFreedom)
	if !r.Never {
		out.DropOut = effects(names.DropOut, r.DropOut, r, cfg.Level, out.DegreesOfFreedom)
	}
	out.Warnings = fault.Errors(estimates.warnings)
	if !out.isFinite() {
		return FittedCovariates[M]{}, inaccurate("")
	}
	return out, nil
}

// isFinite reports whether the data, which may be too far apart for floats, have given
// numbers.
func (f *FittedCovariates[M]) isFinite() bool {
	sum := f.LogLik + f.AIC + f.BIC + f.Gradient
	for _, p := range f.Params {
		sum += notFinite(p.Estimate)
	}
	for _, e := range slices.Concat(f.Purchase, f.DropOut) {
		sum += notFinite(e.Estimate) + e.Z*0
	}
	return rule.IsFinite(sum) && (f.LogCovariance == nil || matrix.IsFinite(f.LogCovariance))
}

// effects are those of a process, at some places of a result.
func effects(names []string, places []int, r regression.Result, level float64, degrees int) []Effect {
	t := studentQuantile(level, degrees)
	widening := math.Sqrt(float64(degrees+len(r.Logs)) / float64(degrees))
	var all []Effect
	for i, at := range places {
		e := Effect{Name: names[i], Estimate: interval.Bare(r.Logs[at]), P: 1}
		if r.Covariance != nil && r.Covariance[at][at] > 0 && !r.Unknown[at] {
			e.StdErr = math.Sqrt(r.Covariance[at][at])
			e.Z = e.Value / e.StdErr
			if t > 0 {
				reach := t * widening * e.StdErr
				e.Lo, e.Hi, e.Level = e.Value-reach, e.Value+reach, level
				e.P = special.StudentTail(e.Z/widening, float64(degrees))
			}
		}
		all = append(all, e)
	}
	return all
}
