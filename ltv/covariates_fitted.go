package ltv

import (
	"math"

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
	// effects, in order of first appearance; nil where the likelihood is not
	// concave.
	LogCovariance [][]float64

	Warnings []Warning

	names Covariates
}

// Effect is what one more of a covariate does: it multiplies a rate by exp(Value).
type Effect struct {
	Name string `json:"name"`
	clientele.Estimate
	Z float64 `json:"z"` // Value over its standard error; 0 without one
	P float64 `json:"p"` // of such a Z or a larger one, either way, without an effect; 1 without a standard error
}

// For returns the model of a customer with covariates, in the order of the design.
// It is used like any other.
func (f FittedCovariates[M]) For(purchase, dropOut []float64) (M, error) {
	const op = "ltv.FittedCovariates.For"
	if err := f.names.check(op, purchase, dropOut); err != nil {
		return f.Model, err
	}
	c := f.Model.covariant()
	logs := make([]float64, len(f.Params))
	for k, p := range f.Params {
		logs[k] = math.Log(p.Value)
	}
	for _, part := range []struct {
		shift   [4]float64
		effects []Effect
		z       []float64
	}{{purchasing(nil).shift, f.Purchase, purchase}, {c.dropOut.shift, f.DropOut, dropOut}} {
		sum := 0.0
		for j, e := range part.effects {
			sum += e.Value * part.z[j]
		}
		for k := range logs {
			logs[k] += part.shift[k] * sum
		}
	}
	m := any(f.Model.family().build(expsOf(logs))).(M)
	if err := m.Validate(); err != nil {
		return f.Model, &clientele.InputError{Op: op, Index: -1, Field: "covariates", Value: purchase, Err: err}
	}
	return m, nil
}

// regressedAt describes the place where a regression ended.
func regressedAt[M CovariateModel](r *regression, p regressed) FittedCovariates[M] {
	base := len(r.family.names)
	moved := r.toOrigin(p)
	v := make([]float64, base)
	for k := range v {
		v[k] = math.Exp(moved.logs[k]) * r.plain.units[k]
		if p.never && k > r.family.leaving {
			v[k] = 1 // without meaning
		}
	}
	effects := moved.logs[base:]
	out := FittedCovariates[M]{
		Model:       any(r.family.build(v)).(M),
		LogLik:      p.value + r.penalty(p.logs[len(p.logs)-len(effects):]) + r.plain.offset,
		Customers:   int(r.plain.customers),
		Free:        p.free,
		Gradient:    p.gradient,
		Evaluations: r.evaluations,
		names:       r.names,
	}
	k := float64(p.free)
	out.AIC = 2*k - 2*out.LogLik
	out.BIC = k*math.Log(r.plain.customers) - 2*out.LogLik
	out.LogCovariance = moved.cov
	e := estimator{family: r.family, lik: r.plain, cfg: r.cfg.FitConfig}
	out.LogLik -= e.prior(p.logs[:min(base, len(p.logs))], make([]float64, base))
	out.Params = e.params(v, place{logs: moved.logs[:base], cov: moved.cov, converged: true})
	out.Purchase = r.described(r.purchase.columns, base, moved)
	if !p.never {
		out.DropOut = r.described(r.dropOut.columns, base, moved)
	}
	out.Warnings = append(r.warnings, e.warnings...)
	return out
}

// described are the effects of a process.
func (r *regression) described(columns []column, base int, p place) []Effect {
	z := special.NormalQuantile((1 + r.cfg.Level) / 2)
	var all []Effect
	for _, c := range columns {
		at := base + c.at
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
// effects per unit of covariates: a linear map of the logarithms.
func (r *regression) toOrigin(p regressed) place {
	base, n := len(r.family.names), len(r.family.names)+r.effects
	from := base // parameters of the place
	if p.never {
		from = 2
	}
	at := func(i int) int { // the place of coordinate i of the result, or -1
		switch {
		case i < from:
			return i
		case i >= base && i-base+from < len(p.logs):
			return i - base + from
		}
		return -1
	}
	m := square(n) // result = m × the coordinates that the place has
	for i := range n {
		m[i][i] = 1
		if i >= base {
			m[i][i] = 1 / r.column(i-base).reach
		}
	}
	for _, process := range []process{r.purchase, r.dropOut} {
		for k, shift := range process.shift[:base] {
			for _, c := range process.columns {
				m[k][base+c.at] -= shift * c.offset()
			}
		}
	}
	out := place{logs: make([]float64, n)}
	for i := range n {
		for j := range n {
			if from := at(j); from >= 0 && m[i][j] != 0 {
				out.logs[i] += m[i][j] * p.logs[from]
			}
		}
	}
	if p.never {
		out.logs[r.family.leaving] = math.Inf(-1)
	}
	if p.cov == nil {
		return out
	}
	cov := square(n)
	for i := range n {
		for j := range n {
			if a, b := at(i), at(j); a >= 0 && b >= 0 {
				cov[i][j] = p.cov[a][b]
			}
		}
	}
	out.cov = sandwich(m, cov)
	if p.never { // parameters that have no meaning have no variance
		for i := r.family.leaving; i < base; i++ {
			clear(out.cov[i])
			for j := range n {
				out.cov[j][i] = 0
			}
		}
	}
	return out
}

// sandwich is m × cov × m'.
func sandwich(m, cov [][]float64) [][]float64 {
	n := len(m)
	half, out := square(n), square(n)
	for i := range n {
		for j := range n {
			for k := range n {
				half[i][j] += m[i][k] * cov[k][j]
			}
		}
	}
	for i := range n {
		for j := range n {
			for k := range n {
				out[i][j] += half[i][k] * m[j][k]
			}
		}
	}
	return out
}
