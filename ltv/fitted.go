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
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// Fitted is an estimated model and what is known about the estimate.
type Fitted[M Parametric] struct {
	// Model is the estimated model.
	Model M

	// Params are the estimated parameters, in the model's order.
	Params []FittedParam

	// LogLik is the log-likelihood of the data, without priors.
	LogLik float64

	// AIC and BIC are the information criteria: smaller is better. BIC counts customers
	// as observations.
	AIC, BIC float64

	// Unit is the unit of time of the summaries, and so of the model's rates; zero
	// where it is not known. See [Fitted.WithUnit].
	Unit Span

	// Customers is how many customers the data have.
	Customers int

	// DegreesOfFreedom is how many more customers bought again than there are parameters:
	// those of Student's t for the intervals of Params. 0 = too few for any interval. For
	// [GammaGamma] it counts customers with two purchases or more, for contracts those who
	// left.
	DegreesOfFreedom int

	// Gradient is the largest absolute partial derivative of the log-likelihood at the
	// result, over the coordinates of the search that are at no end (see [AtEnd]):
	// near 0 at a maximum.
	Gradient float64

	// Evaluations is how often the likelihood was evaluated.
	Evaluations int

	// Covariance and LogCovariance are those of the parameters and of their logarithms, in
	// the model's order; zero for parameters at an end, nil where the likelihood is not
	// concave.
	Covariance, LogCovariance [][]float64

	// Warnings do not stop the computation, each a [Warning].
	Warnings []error

	// Replicates are fits to resampled data, see [Bootstrap].
	Replicates []M
}

// FittedParam is an estimated parameter. Its interval is computed for the logarithm and
// transformed back, so it is not symmetric and never below 0. There is none (Level 0)
//
//   - without degrees of freedom: see [Fitted.DegreesOfFreedom];
//   - where the parameter, or another one of what it describes (purchasing, dropping out,
//     spend, leaving a contract), is at an end: see [AtEnd];
//   - of b, s and beta of a [GGomNBD] but by FitConfig.Profile: its likelihood may have
//     several maxima, and the curvature at one of them does not tell how far off the others
//     are.
type FittedParam struct {
	Name string `json:"name"`
	clientele.Estimate
}

// Fixed makes a fitted model of parameters that are known from elsewhere, such
// as a published example: without covariance, so that intervals take them as
// certain.
func Fixed[M Parametric](model M) Fitted[M] {
	f := Fitted[M]{Model: model}
	for _, p := range model.Parameters() {
		f.Params = append(f.Params, FittedParam{p.Name, interval.Bare(p.Value)})
	}
	return f
}

// WithUnit returns the fit with the unit of time of its model stated, as in
// Fixed(model).WithUnit(Weeks(1)), so that horizons and discounts can be given in
// any unit. It does not convert the model.
func (f Fitted[M]) WithUnit(unit Span) Fitted[M] {
	f.Unit = unit
	return f
}

// Has reports whether there is a warning of a kind.
func (f Fitted[M]) Has(kind WarningKind) bool {
	return warnsOf(f.Warnings, kind)
}

// tells reports whether intervals may rest on the parameters: they are known from elsewhere, or
// from customers enough.
func (f *Fitted[M]) tells() bool { return f.Customers == 0 || f.DegreesOfFreedom > 0 }

// fittedAt describes where a search ended.
func fittedAt[M Parametric](f family, fit *fitting, search *maximum.Search, p maximum.Point, cfg FitConfig) Fitted[M] {
	v := fit.parameters(p.Logs)
	out := Fitted[M]{
		Model:     f.build(v).(M),
		LogLik:    search.LogLik(p) + fit.Offset,
		Customers: int(fit.customers),
		Gradient:  p.Gradient,
	}
	out.AIC, out.BIC = criteria(out.LogLik, p.Free, fit.customers)
	if p.Covariance != nil {
		out.LogCovariance, out.Covariance = p.Covariance, ofNumbers(v, p.Covariance)
	}
	out.DegreesOfFreedom = degreesOfFreedom(fit.Telling, len(v))
	estimates := estimator{
		names: f.Names, level: cfg.Level, degrees: out.DegreesOfFreedom, warnings: slices.Concat(fit.warnings, asWarning(search.Warnings)),
		unknown: func(i int) bool { return !fit.IsKnown(i, p) },
	}
	if cfg.Profile {
		estimates.profile = func(i int, t float64) maximum.Limits { return search.Profile(p, i, t) }
		estimates.units = fit.Units
	} else {
		estimates.several = f.Several
	}
	out.Params = estimates.params(v, p.Covariance)
	out.Evaluations, out.Warnings = search.Evaluations, fault.Errors(estimates.warnings)
	return out
}

// isFinite reports whether the data, which may be too far apart for floats, have given
// numbers.
func (f *Fitted[M]) isFinite() bool {
	sum := f.LogLik + f.AIC + f.BIC + f.Gradient
	for _, p := range f.Params {
		sum += notFinite(p.Estimate)
	}
	return rule.IsFinite(sum)
}

// notFinite is 0, or NaN for an estimate that has an infinite number or none.
func notFinite(e clientele.Estimate) float64 { return 0*e.Value + 0*e.StdErr + 0*e.Lo + 0*e.Hi }

// ofNumbers is the covariance of numbers by that of their logarithms.
func ofNumbers(v []float64, logs [][]float64) [][]float64 {
	cov := matrix.New(len(v))
	for i := range v {
		for j := range v {
			if logs[i][j] != 0 { // else the product of large parameters would be no number
				cov[i][j] = max(-math.MaxFloat64, min(v[i]*v[j]*logs[i][j], math.MaxFloat64))
			}
		}
	}
	return cov
}

// parameters are those whose logarithms are given, in the host's units. Those without
// meaning, since nobody drops out, are 1.
func (f *fitting) parameters(logs []float64) []float64 {
	v := make([]float64, len(f.Names))
	for i := range v {
		v[i] = math.Exp(logs[i]) * f.Units[i]
		if last := f.DropOut; last >= 0 && i > last && v[last] == 0 {
			v[i] = 1
		}
	}
	return v
}

// criteria are AIC and BIC.
func criteria(logLik float64, free int, customers float64) (aic, bic float64) {
	k := float64(free)
	return 2*k - 2*logLik, k*math.Log(customers) - 2*logLik
}

// degreesOfFreedom are those of a fit of so many numbers.
func degreesOfFreedom(telling float64, numbers int) int { return max(0, int(telling)-numbers) }

// estimator makes estimates of parameters, with warnings about them.
type estimator struct {
	names    []string
	level    float64
	degrees  int // of freedom; 0 = no interval
	warnings []Warning

	unknown func(i int) bool // whether the variance is not that of the parameter itself
	several []bool           // by parameter, whether no interval comes from its standard error; nil = none

	profile func(i int, t float64) maximum.Limits // nil = intervals by standard errors
	units   []float64                             // of the profile, in the host's
}

// flat is the standard error of a logarithm from which on a parameter is hardly
// known: a factor of 50 either way at two standard errors.
const flat = 2

// params are the parameters with intervals, given the covariance of their logarithms. One
// that was not estimated, or is at an end, has none.
func (e *estimator) params(v []float64, cov [][]float64) []FittedParam {
	t := studentQuantile(e.level, e.degrees)
	var all []FittedParam
	for i, name := range e.names {
		est := interval.Bare(v[i])
		if cov != nil && cov[i][i] > 0 {
			se := math.Sqrt(cov[i][i])
			if !e.unknown(i) {
				est = e.estimate(i, v[i], se, t)
			}
			if se > flat {
				e.warn(Flat, name, se, "the data hardly determine %s: the standard error of its logarithm is %.1f", name, se)
			}
		}
		all = append(all, FittedParam{name, est})
	}
	if cov == nil {
		e.warn(NotConcave, "", 0, "the log-likelihood is not concave at the maximum found")
	}
	return all
}

// studentQuantile is that of the limits of an interval; 0 without degrees of freedom.
func studentQuantile(level float64, degrees int) float64 {
	if degrees <= 0 {
		return 0
	}
	return special.StudentQuantile((1+level)/2, float64(degrees))
}

// estimate is a parameter with the interval at so many standard errors of its logarithm, 0 =
// none.
func (e *estimator) estimate(i int, value, se, t float64) clientele.Estimate {
	est := interval.Bare(value)
	est.StdErr = min(value*se, math.MaxFloat64)
	switch {
	case t == 0 || e.several != nil && e.several[i]:
		return est
	case e.profile != nil:
		est.Lo, est.Hi = e.profiled(i, t, value)
	default:
		est.Lo, est.Hi = value*math.Exp(-t*se), min(value*math.Exp(t*se), math.MaxFloat64)
	}
	est.Level = e.level
	return est
}

// profiled are the limits of a parameter by its profile likelihood. A side on
// which that never falls far enough is unlimited: 0, or far beyond the estimate.
func (e *estimator) profiled(i int, t, value float64) (lo, hi float64) {
	limits := e.profile(i, t)
	lo, hi = math.Exp(limits.Lo)*e.units[i], math.Exp(limits.Hi)*e.units[i]
	if limits.NoLo {
		lo = 0
	}
	if limits.NoHi {
		hi = min(value*math.Exp(maximum.Farthest), math.MaxFloat64)
		e.warn(Flat, e.names[i], hi, "the likelihood sets %s no upper limit", e.names[i])
	}
	return lo, hi
}

func (e *estimator) warn(kind WarningKind, param string, value float64, format string, args ...any) {
	e.warnings = append(e.warnings, warn(kind, param, value, format, args...))
}
