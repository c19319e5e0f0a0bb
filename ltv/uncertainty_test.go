package ltv

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

// Quantiles between two draws are the draw farther out.
func TestOuterQuantiles(t *testing.T) {
	draws := []float64{10, 20, 30, 40, 50}
	for p, want := range map[float64]float64{0.1: 10, 0.25: 20, 0.4: 20, 0.5: 30, 0.6: 40, 0.75: 40, 0.9: 50} {
		if got := outer(draws, p); got != want {
			t.Errorf("quantile %v is %v, want %v", p, got, want)
		}
	}
}

// Of 10, 1, 2, 4 and 3 the mean is 4, and the squares off it are 50 over 4 degrees of freedom.
func TestQuantilesOfDraws(t *testing.T) {
	f := &Forecaster{cfg: ForecastConfig{Level: 0.5}}
	e := verify.Must(f.quantiles(7, []float64{10, 1, 2, 4, 3}))
	want := clientele.Estimate{Value: 7, StdErr: math.Sqrt(12.5), Lo: 2, Hi: 4, Level: 0.5}
	verify.Near(t, "standard deviation", e.StdErr, want.StdErr, 1e-15)
	if e.StdErr = want.StdErr; e != want {
		t.Errorf("%+v, want %+v", e, want)
	}
}

// Futures with a variance of 24 and parameters that move a sum by 3 and 4 make a standard error
// of 7; the quantile of the normal distribution at 0.75 is 0.67449.
func TestSpreadOfSums(t *testing.T) {
	s := spread{futures: 24, params: []float64{3, 4}}
	e := s.estimate(10, 0.5)
	verify.Near(t, "standard error", e.StdErr, 7, 1e-15)
	verify.Near(t, "lower limit", e.Lo, 10-7*0.6744897501960817, 1e-13)
	verify.Near(t, "upper limit", e.Hi, 10+7*0.6744897501960817, 1e-13)
	if e := s.estimate(1, 0.5); e.Lo != 0 || e.Value != 1 || e.Level != 0.5 {
		t.Errorf("%+v", e)
	}
	var all spread
	all.join(&s)
	all.join(&spread{futures: 25, params: []float64{-3, 20}})
	verify.Near(t, "standard error of two", all.estimate(1000, 0.5).StdErr, math.Sqrt(49+24*24), 1e-14)
}

// Money at time 0.3 is paid at the end of the second quarter of a unit, or at once.
func TestDiscountFactors(t *testing.T) {
	for _, c := range []struct{ rate, step, at, want float64 }{
		{2, 0.25, 0.3, math.Exp(-1)},
		{2, 0, 0.3, math.Exp(-0.6)},
		{2, 0.25, 0.25, math.Exp(-0.5)},
		{0, 0.25, 0.3, 1},
	} {
		verify.Near(t, "factor", discounting{rate: c.rate, step: c.step}.factor(c.at), c.want, 1e-15)
	}
	f := &Forecaster{horizon: math.Inf(1), discount: discounting{rate: 0.5}}
	verify.Near(t, "end of what has a weight", f.farthest(), 60, 1e-15)
	f.horizon = 52
	verify.Near(t, "end", f.farthest(), 52, 0)
}

// Replicates weigh one over the root of their number; otherwise each direction of the
// covariance of the logarithms counts half the difference of both ways.
func TestDeviations(t *testing.T) {
	now := outcome{kernel: NBD{1, 10}.kernel(), spend: GammaGamma{6, 4, 15}}
	weightsOf := func(all []deviation) (weights []float64) {
		for _, d := range all {
			weights = append(weights, d.weight)
		}
		return weights
	}
	purchases := Fitted[NBD]{Model: NBD{1, 10}, Replicates: []NBD{{1, 9}, {1, 11}}}
	spend := Fitted[GammaGamma]{Model: GammaGamma{6, 4, 15}, Replicates: []GammaGamma{{6, 4, 14}, {6, 4, 16}, {5, 4, 15}, {7, 4, 15}}}
	for i, weight := range weightsOf(deviations(now, purchases, spend)) {
		want := 0.5
		if i < 2 {
			want = math.Sqrt(0.5)
		}
		verify.Near(t, "weight", weight, want, 1e-15)
	}
	purchases = Fitted[NBD]{Model: NBD{1, 10}, LogCovariance: [][]float64{{0.04, 0}, {0, 0.09}}}
	spend = Fitted[GammaGamma]{Model: GammaGamma{6, 4, 15}, LogCovariance: [][]float64{{0.01, 0, 0}, {0, 0.01, 0}, {0, 0, 0.01}}}
	weights := weightsOf(deviations(now, purchases, spend))
	if len(weights) != 5 {
		t.Errorf("%d deviations", len(weights))
	}
	for _, weight := range weights {
		verify.Near(t, "weight", weight, 0.5, 0)
	}
}

// Replicates take turns in draws of parameters.
func TestReplicatesTakeTurns(t *testing.T) {
	all := []NBD{{1, 9}, {1, 10}, {1, 11}}
	drawn := drawModels(Fitted[NBD]{Model: NBD{2, 5}, Replicates: all}, 7, rand.New(rand.NewPCG(1, 2)))
	if want := []NBD{{1, 9}, {1, 10}, {1, 11}, {1, 9}, {1, 10}, {1, 11}, {1, 9}}; !slices.Equal(drawn, want) {
		t.Errorf("drew %v", drawn)
	}
}
