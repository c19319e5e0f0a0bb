package regression

import (
	"math"

	"github.com/clientele-go/clientele/internal/matrix"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// Result is what a regression found, by the parameters of a customer whose covariates are
// all 0, and effects per unit of covariates.
type Result struct {
	Logs       []float64   // logarithms of parameters, in the problem's units, then the effects
	Covariance [][]float64 // of Logs; nil where the likelihood is not concave

	LogLik      float64 // without priors and penalty, in the problem's units
	Never       bool    // nobody drops out; effects on dropping out have no meaning
	Free        int     // parameters and effects that were neither held nor stopped
	Gradient    float64 // the largest derivative by a free coordinate
	Converged   bool
	Evaluations int
	Warnings    []maximum.Warning

	// Unknown says, by the places of Logs, whose variance does not tell how well it is known:
	// see [maximum.Family.IsKnown]; and that of an effect on a shape at an end, which no longer
	// bears on anything.
	Unknown []bool

	// Purchase and DropOut are the places among Logs of the effects of each covariate.
	Purchase, DropOut []int
}

// result turns a point into parameters of a customer whose covariates are 0.
func (r *Regression) result(p reached) Result {
	out := Result{
		LogLik: p.logLik, Never: p.never, Free: p.Free, Gradient: p.Gradient, Converged: p.Converged,
		Evaluations: r.evaluations, Warnings: r.warnings,
	}
	m := r.origin(p.base, len(p.Logs))
	out.Logs = make([]float64, len(m))
	for i, row := range m {
		out.Logs[i] = matrix.Dot(row, p.Logs)
	}
	if p.never {
		out.Logs[r.problem.DropOut] = math.Inf(-1)
	}
	if p.Covariance != nil {
		out.Covariance = matrix.Sandwich(m, p.Covariance)
		for _, k := range p.away {
			clear(out.Covariance[k])
			for _, row := range out.Covariance {
				row[k] = 0
			}
		}
	}
	first := len(r.problem.Names)
	for _, c := range r.purchase {
		out.Purchase = append(out.Purchase, first+c.effect)
	}
	for _, c := range r.dropOut {
		out.DropOut = append(out.DropOut, first+c.effect)
	}
	out.Unknown = make([]bool, len(out.Logs))
	if p.Covariance != nil {
		r.findUnknown(p, out.Unknown)
	}
	return out
}

// findUnknown finds the unknown of a [Result].
func (r *Regression) findUnknown(p reached, unknown []bool) {
	first := len(r.problem.Names)
	shapeEnds := func(k int) bool { return k < p.base && r.problem.ShapeOf[k] < 0 && p.Stopped[k] != 0 }
	for k := range p.base {
		unknown[k] = !r.problem.IsKnown(k, p.Point)
	}
	for _, c := range r.dropOut {
		for k, shift := range r.model.DropOut {
			if shift != 0 && shapeEnds(k) {
				unknown[first+c.effect] = true
			}
		}
	}
	for _, c := range r.purchase { // which tells an effect in common
		unknown[first+c.effect] = false
	}
}

// origin is the matrix that maps n logarithms of a climb, of which base are parameters of
// the model, to those of a [Result]. What the climb has not is 0.
func (r *Regression) origin(base, n int) [][]float64 {
	first := len(r.problem.Names)
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
	for _, of := range []struct {
		columns []column
		shift   [4]float64
	}{{r.purchase, r.model.Purchase}, {r.dropOut, r.model.DropOut}} {
		for _, c := range of.columns {
			for k := 0; k < base && c.effect < n-base; k++ {
				m[k][base+c.effect] -= of.shift[k] * c.offset()
			}
		}
	}
	return m
}
