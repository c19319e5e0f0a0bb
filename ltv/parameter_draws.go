package ltv

import (
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/matrix"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// drawModels draws parameters that the data allow: from the replicates if there are
// any, else from the normal distribution of their logarithms, else the estimate
// itself.
func drawModels[M Estimable](f Fitted[M], n int, rng *rand.Rand) []M {
	out := make([]M, n)
	factor, ok := factorOf(f.LogCovariance)
	for i := range out {
		switch {
		case len(f.Replicates) > 0:
			out[i] = f.Replicates[i%len(f.Replicates)]
		case ok:
			out[i] = moved(f, correlated(factor, rng))
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
func moved[M Estimable](f Fitted[M], by []float64) M {
	params := f.Model.Parameters()
	v := make([]float64, len(params))
	for i, p := range params {
		v[i] = p.Value * math.Exp(max(-maximum.Farthest, min(by[i], maximum.Farthest)))
	}
	return f.Model.family().build(v).(M)
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
			add(with(moved(purchases, by)), with(moved(purchases, negative(by))), 0.5)
		}
	}
	spending := func(g GammaGamma) outcome { return outcome{now.kernel, g, now.name} }
	for _, g := range spend.Replicates {
		add(spending(g), now, 1/math.Sqrt(float64(len(spend.Replicates))))
	}
	if len(spend.Replicates) == 0 {
		for _, by := range directions(spend.LogCovariance) {
			add(spending(moved(spend, by)), spending(moved(spend, negative(by))), 0.5)
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
