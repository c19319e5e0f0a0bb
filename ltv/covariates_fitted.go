package ltv

import (
	"fmt"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
)

// FittedCovariates is a model estimated with covariates.
type FittedCovariates[M CovariateModel] struct {
	Model             M             // of a customer whose covariates are all 0
	Params            []FittedParam // of that model
	Purchase, DropOut []Effect      // in the order of the design; none on dropping out where nobody does

	LogLik      float64 // of the data, without priors and penalty
	AIC, BIC    float64
	Customers   int
	Free        int     // parameters and effects that were estimated and are at no boundary
	Gradient    float64 // the largest derivative by a coordinate of the climb that is not at a bound
	Evaluations int

	// LogCovariance is that of the logarithms of Params followed by the different
	// effects, in order of first appearance; zero for those at a boundary, nil
	// where the likelihood is not concave.
	LogCovariance [][]float64

	// Warnings are doubts that do not stop the answer, each a [Warning].
	Warnings []error

	names Covariates
}

// Effect is what one more of a covariate does: it multiplies the purchase rate, or
// the drop-out rate of the Pareto/NBD, or a and b of the BG/NBD, by exp(Value).
type Effect struct {
	Name string `json:"name"`
	clientele.Estimate
	Z float64 `json:"z"` // Value over its standard error; 0 without one
	P float64 `json:"p"` // of such a Z or a larger one, either way, without an effect; 1 without a standard error
}

// Has reports whether there is a warning of a kind.
func (f FittedCovariates[M]) Has(kind WarningKind) bool {
	return warnsOf(f.Warnings, kind)
}

// For returns the model of a customer with covariates, in the order of the design.
// It is used like any other.
func (f FittedCovariates[M]) For(purchase, dropOut []float64) (M, error) {
	const op = "ltv.FittedCovariates.For"
	if err := f.names.check(op, purchase, dropOut); err != nil {
		return f.Model, err
	}
	var logs [4]float64
	for k, p := range f.Params {
		logs[k] = math.Log(p.Value)
	}
	shifted(&logs, purchasing(nil).shift, f.Purchase, purchase)
	shifted(&logs, f.Model.covariant().dropOut.shift, f.DropOut, dropOut)
	m := any(f.Model.family().build(expsOf(logs[:]))).(M)
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

// regressedAt describes the place where a regression ended. A customer whose
// covariates are all 0 may be so far from the data that the model cannot be
// written down.
func regressedAt[M CovariateModel](r *regression, p regressed) (FittedCovariates[M], error) {
	base := len(r.family.names)
	p.place = r.toOrigin(p)
	v := make([]float64, base)
	for k := range v {
		v[k] = math.Exp(p.logs[k]) * r.plain.units[k]
		if p.never && k > r.family.leaving {
			v[k] = 1 // without meaning
		}
	}
	out := FittedCovariates[M]{
		Model:         any(r.family.build(v)).(M),
		LogLik:        p.logLik + r.plain.offset,
		Customers:     int(r.plain.customers),
		Free:          p.free,
		Gradient:      p.gradient,
		Evaluations:   r.evaluations,
		LogCovariance: p.cov,
		names:         r.names,
	}
	if err := out.Model.Validate(); err != nil {
		return FittedCovariates[M]{}, &clientele.InputError{Index: -1, Field: "design", Err: fmt.Errorf("%w: %w", errFarOrigin, err)}
	}
	k := float64(p.free)
	out.AIC = 2*k - 2*out.LogLik
	out.BIC = k*math.Log(r.plain.customers) - 2*out.LogLik
	e := estimator{family: r.family, lik: r.plain, cfg: r.cfg.FitConfig}
	out.Params = e.params(v, p.place)
	out.Purchase = r.described(r.purchase.columns, p.place)
	if !p.never {
		out.DropOut = r.described(r.dropOut.columns, p.place)
	}
	out.Warnings = asErrors(append(r.warnings, e.warnings...))
	return out, nil
}

var errFarOrigin = fmt.Errorf("%w: covariates are so far from 0 that no number is the model of a customer who has 0; subtract a constant", clientele.ErrRange)

// described are the effects of a process.
func (r *regression) described(columns []column, p place) []Effect {
	z := special.NormalQuantile((1 + r.cfg.Level) / 2)
	var all []Effect
	for _, c := range columns {
		at := len(r.family.names) + c.at
		e := Effect{Name: c.name, Estimate: certain(p.logs[at]), P: 1}
		if p.cov != nil && p.cov[at][at] > 0 {
			e.StdErr, e.Level = math.Sqrt(p.cov[at][at]), r.cfg.Level
			e.Lo, e.Hi = e.Value-z*e.StdErr, e.Value+z*e.StdErr
			e.Z = e.Value / e.StdErr
			e.P = math.Erfc(math.Abs(e.Z) / math.Sqrt2)
		}
		all = append(all, e)
	}
	return all
}

// toOrigin turns a place into parameters of a customer whose covariates are 0, and
// effects per unit of covariates.
func (r *regression) toOrigin(p regressed) place {
	m := r.origin(p.base, len(p.logs))
	out := p.place
	out.logs = make([]float64, len(m))
	for i, row := range m {
		out.logs[i] = dot(row, p.logs)
	}
	if p.never {
		out.logs[r.family.leaving] = math.Inf(-1)
	}
	if p.cov != nil {
		out.cov = sandwich(m, p.cov)
		for _, k := range p.away {
			clear(out.cov[k])
			for _, row := range out.cov {
				row[k] = 0
			}
		}
	}
	return out
}

// origin is the matrix by which toOrigin maps n logarithms of a climb, of which base
// are parameters of the model. What the climb has not is 0.
func (r *regression) origin(base, n int) [][]float64 {
	first := len(r.family.names)
	m := make([][]float64, first+r.effects)
	for i := range m {
		m[i] = make([]float64, n)
	}
	for k := range base {
		m[k][k] = 1
	}
	for i := range n - base {
		m[first+i][base+i] = 1 / r.column(i).reach
	}
	for _, process := range []process{r.purchase, r.dropOut} {
		for _, c := range process.columns {
			for k := 0; k < base && c.at < n-base; k++ {
				m[k][base+c.at] -= process.shift[k] * c.offset()
			}
		}
	}
	return m
}

// sandwich is m × cov × m'.
func sandwich(m, cov [][]float64) [][]float64 {
	out := square(len(m))
	half := make([]float64, len(cov))
	for i, left := range m {
		for k, row := range cov { // which is symmetric
			half[k] = dot(left, row)
		}
		for j, right := range m {
			out[i][j] = dot(half, right)
		}
	}
	return out
}
