package ltv

import (
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/matrix"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// Fixed makes a fitted model of parameters that are known from elsewhere, such
// as a published example: without covariance, so that intervals take them as
// certain.
func Fixed[M Estimable](model M) Fitted[M] {
	f := Fitted[M]{Model: model}
	for _, p := range model.Parameters() {
		f.Params = append(f.Params, FittedParam{p.Name, certain(p.Value)})
	}
	return f
}

// WithUnit returns the fit with the unit of time of its model stated, as in
// Fixed(model).WithUnit(Weeks(1)), so that horizons and discounts can be said in any.
// It does not convert the model.
func (f Fitted[M]) WithUnit(unit Span) Fitted[M] {
	f.Unit = unit
	return f
}

// possible draws parameters that the data allow: from the replicates if there are
// any, else from the normal distribution of their logarithms, else the estimate
// itself.
func (f Fitted[M]) possible(n int, rng *rand.Rand) []M {
	out := make([]M, n)
	factor, ok := factorOf(f.LogCovariance)
	for i := range out {
		switch {
		case len(f.Replicates) > 0:
			out[i] = f.Replicates[i%len(f.Replicates)]
		case ok:
			out[i] = f.moved(correlated(factor, rng))
		default:
			out[i] = f.Model
		}
	}
	return out
}

// factorOf is a lower triangular matrix L with L L' = cov, whose rows are zero for
// parameters without variance; ok is false without a covariance.
func factorOf(cov [][]float64) (factor [][]float64, ok bool) {
	var free []int
	for i := range cov {
		if cov[i][i] > 0 {
			free = append(free, i)
		}
	}
	small, ok := climb.Factor(matrix.Select(cov, free))
	if !ok || len(free) == 0 {
		return nil, false
	}
	return matrix.Spread(small, free, len(cov)), true
}

// correlated draws a vector with the covariance whose factor is given.
func correlated(factor [][]float64, rng *rand.Rand) []float64 {
	z := make([]float64, len(factor))
	for i := range z {
		z[i] = rng.NormFloat64()
	}
	out := make([]float64, len(factor))
	for i, row := range factor {
		for j := range i + 1 {
			out[i] += row[j] * z[j]
		}
	}
	return out
}

// moved is the model with the logarithms of its parameters moved. Parameters stay
// within what floats hold.
func (f Fitted[M]) moved(by []float64) M {
	params := f.Model.Parameters()
	v := make([]float64, len(params))
	for i, p := range params {
		v[i] = p.Value * math.Exp(max(-maximum.Farthest, min(by[i], maximum.Farthest)))
	}
	return any(f.Model.family().build(v)).(M)
}

// deviation is a possible deviation of the models from their estimates. The
// variance of a function of the parameters is about the sum of the squares of
// weight·(f(plus)-f(minus)) over all deviations.
type deviation struct {
	plus, minus outcome
	weight      float64
}

// deviations are those of two independent fits: by one standard deviation either
// way in independent directions, or the replicates.
func deviations[M Model](now outcome, purchases Fitted[M], spend Fitted[GammaGamma]) (all []deviation) {
	add := func(plus, minus outcome, weight float64) { all = append(all, deviation{plus, minus, weight}) }
	with := func(m M) outcome { return outcome{m.kernel(), now.spend, now.name} }
	for _, m := range purchases.Replicates {
		add(with(m), now, 1/math.Sqrt(float64(len(purchases.Replicates))))
	}
	if len(purchases.Replicates) == 0 {
		for _, by := range directions(purchases.LogCovariance) {
			add(with(purchases.moved(by)), with(purchases.moved(negative(by))), 0.5)
		}
	}
	spending := func(g GammaGamma) outcome { return outcome{now.kernel, g, now.name} }
	for _, g := range spend.Replicates {
		add(spending(g), now, 1/math.Sqrt(float64(len(spend.Replicates))))
	}
	if len(spend.Replicates) == 0 {
		for _, by := range directions(spend.LogCovariance) {
			add(spending(spend.moved(by)), spending(spend.moved(negative(by))), 0.5)
		}
	}
	return all
}

// directions are the columns of the covariance's factor.
func directions(cov [][]float64) (columns [][]float64) {
	factor, ok := factorOf(cov)
	if !ok {
		return nil
	}
	for j := range factor {
		column := make([]float64, len(factor))
		for i := range factor {
			column[i] = factor[i][j]
		}
		columns = append(columns, column)
	}
	return columns
}

func negative(v []float64) []float64 {
	out := make([]float64, len(v))
	for i := range v {
		out[i] = -v[i]
	}
	return out
}

// Bootstrap fits a model and n replicates of it, each to as many customers drawn
// from the base with replacement, and puts those into Replicates, so that intervals
// of forecasts do not rest on the likelihood's curvature. Standard errors of the
// parameters stay those of the curvature. A replicate that cannot be fitted
// ends it with the error.
func Bootstrap[M Estimable](model M, h *Sample, n int, src rand.Source, cfg FitConfig) (Fitted[M], error) {
	const op = "ltv.Bootstrap"
	if n < 1 {
		return Fitted[M]{}, &clientele.InputError{Op: op, Index: -1, Field: "n", Value: n, Err: clientele.ErrRange}
	}
	if src == nil {
		return Fitted[M]{}, fault.Missing(op, "src")
	}
	fit, err := Fit(model, h, cfg)
	if err != nil {
		return fit, fault.Renamed(op, err)
	}
	rng := rand.New(src)
	for i := range n {
		again, err := Fit(model, h.resample(rng), cfg)
		if err != nil {
			return fit, indexed(i, fault.Renamed(op, err))
		}
		fit.Replicates = append(fit.Replicates, again.Model)
	}
	return fit, nil
}
