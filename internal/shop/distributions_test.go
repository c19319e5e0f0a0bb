package shop

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

const draws = 200_000

// moments returns the mean and the variance of many draws.
func moments(draw func() float64) (mean, variance float64) {
	var sum, squares float64
	for range draws {
		x := draw()
		sum += x
		squares += x * x
	}
	mean = sum / draws
	return mean, squares/draws - mean*mean
}

// checkMoments compares sample moments with those of a distribution of a given
// kurtosis, to five standard errors.
func checkMoments(t *testing.T, draw func() float64, mean, variance, kurtosis float64) {
	t.Helper()
	gotMean, gotVariance := moments(draw)
	if limit := 5 * math.Sqrt(variance/draws); math.Abs(gotMean-mean) > limit {
		t.Errorf("mean is %v, want %v ± %v", gotMean, mean, limit)
	}
	if limit := 5 * variance * math.Sqrt((kurtosis-1)/draws); math.Abs(gotVariance-variance) > limit {
		t.Errorf("variance is %v, want %v ± %v", gotVariance, variance, limit)
	}
}

func TestGammaMoments(t *testing.T) {
	for _, p := range []Spread{{0.3, 2}, {0.8, 0.035}, {1, 1}, {1.5, 8}, {16, 350}} {
		t.Run(fmt.Sprintf("shape=%v,mean=%v", p.Shape, p.Mean), func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			checkMoments(t, func() float64 { return gamma(r, p.Shape, p.Mean) }, p.Mean, p.Mean*p.Mean/p.Shape, 3+6/p.Shape)
		})
	}
}

func TestExponentialMoments(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	checkMoments(t, func() float64 { return exponential(r, 7) }, 7, 49, 9)
}

func TestPoissonMoments(t *testing.T) {
	for _, mean := range []float64{0.1, 0.55, 3, 40} {
		t.Run(fmt.Sprint("mean=", mean), func(t *testing.T) {
			r := rand.New(rand.NewPCG(5, 6))
			checkMoments(t, func() float64 { return float64(poisson(r, mean)) }, mean, mean, 3+1/mean)
		})
	}
}

func TestPickFollowsWeights(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	weights := []float64{0, 1, 0, 3, 6, 0}
	counts := make([]float64, len(weights))
	for range draws {
		counts[pick(r, len(weights), func(i int) float64 { return weights[i] })]++
	}
	for i, w := range weights {
		p := w / 10
		limit := 5 * math.Sqrt(p*(1-p)/draws)
		if got := counts[i] / draws; math.Abs(got-p) > limit {
			t.Errorf("weight %v is picked with frequency %v, want %v ± %v", w, got, p, limit)
		}
	}
}
