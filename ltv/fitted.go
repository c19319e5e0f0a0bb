package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
)

// Fitted is an estimated model and what is known about the estimate.
type Fitted[M Estimable] struct {
	Model  M
	Params []FittedParam // in the model's order

	LogLik   float64 // of the data, without priors
	AIC, BIC float64 // smaller is better; BIC counts customers as observations

	// Unit is the unit of time of the summaries, and so of the model's rates; zero
	// where it is not known. See [Fitted.WithUnit].
	Unit Span

	Customers   int
	Gradient    float64 // the largest derivative by a coordinate of the climb that is not at a bound
	Evaluations int     // of the likelihood

	// Covariance of the parameters, and of their logarithms, in the model's order;
	// zero for parameters at a boundary, nil where the likelihood is not concave.
	Covariance, LogCovariance [][]float64

	// Warnings are doubts that do not stop the answer, each a [Warning].
	Warnings []error

	// Replicates are fits to resampled data, see [Bootstrap].
	Replicates []M
}

// FittedParam is an estimated parameter. Its interval is that of the logarithm,
// turned back, so it is not symmetric and never below 0.
type FittedParam struct {
	Name string `json:"name"`
	clientele.Estimate
}

// Has reports whether there is a warning of a kind.
func (f Fitted[M]) Has(kind WarningKind) bool {
	return warnsOf(f.Warnings, kind)
}

// fittedAt describes the place where an estimator ended.
func fittedAt[M Estimable](e *estimator, p place) Fitted[M] {
	n := len(p.logs)
	v := make([]float64, n)
	for i, l := range p.logs {
		v[i] = math.Exp(l) * e.lik.units[i]
		if last := e.family.leaving; last >= 0 && i > last && v[last] == 0 {
			v[i] = 1 // without meaning
		}
	}
	out := Fitted[M]{
		Model:     any(e.family.build(v)).(M),
		LogLik:    p.value - e.prior(p.logs, make([]float64, n)) + e.lik.offset,
		Customers: int(e.lik.customers),
		Gradient:  p.gradient,
	}
	k := float64(p.free)
	out.AIC = 2*k - 2*out.LogLik
	out.BIC = k*math.Log(e.lik.customers) - 2*out.LogLik
	if p.cov != nil {
		out.LogCovariance, out.Covariance = p.cov, square(n)
		for i := range n {
			for j := range n {
				out.Covariance[i][j] = v[i] * v[j] * p.cov[i][j]
			}
		}
	}
	out.Params = e.params(v, p)
	out.Evaluations, out.Warnings = e.evaluations, asErrors(e.warnings)
	return out
}

// params are the parameters with intervals. One that was not estimated, or at a
// boundary, has none.
func (e *estimator) params(v []float64, p place) []FittedParam {
	z := special.NormalQuantile((1 + e.cfg.Level) / 2)
	var all []FittedParam
	for i, name := range e.family.names {
		est := certain(v[i])
		if p.cov != nil && p.cov[i][i] > 0 {
			se := math.Sqrt(p.cov[i][i])
			est.StdErr, est.Level = v[i]*se, e.cfg.Level
			est.Lo, est.Hi = v[i]*math.Exp(-z*se), v[i]*math.Exp(z*se)
			if e.cfg.Profile {
				est.Lo, est.Hi = e.profiled(i, p, est)
			}
			if se > flat {
				e.warnings = append(e.warnings, warn(Flat, name, se, "the data hardly tell %s: the standard error of its logarithm is %.1f", name, se))
			}
		}
		all = append(all, FittedParam{name, est})
	}
	if p.cov == nil {
		e.warnings = append(e.warnings, warn(NotConcave, "", 0, "the log-likelihood is not concave at the maximum found"))
	}
	return all
}

// flat is the standard error of a logarithm from which on a parameter is hardly
// known: a factor of 50 either way at two standard errors.
const flat = 2

// profiled are the limits of a parameter by its profile likelihood. A side on
// which that never falls far enough is unlimited: 0, or the bound of the search.
func (e *estimator) profiled(i int, p place, est clientele.Estimate) (lo, hi float64) {
	logLo, logHi, loOk, hiOk := e.profile(i, p)
	unit := e.lik.units[i]
	lo, hi = math.Exp(logLo)*unit, math.Exp(logHi)*unit
	if !loOk {
		lo = 0
	}
	if !hiOk {
		hi = est.Value * math.Exp(farthest)
		e.warnings = append(e.warnings, warn(Flat, e.family.names[i], hi, "the likelihood sets %s no upper limit", e.family.names[i]))
	}
	return lo, hi
}
