package nps

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The draws are binomial: frequencies agree with probabilities.
func TestDrawBinomial(t *testing.T) {
	const runs = 50_000
	rng := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		n int
		p float64
	}{{1, 0.5}, {7, 0.3}, {20, 0.99}, {30, 0.01}, {200, 0.5}} {
		times := make([]float64, c.n+1)
		for range runs {
			times[drawBinomial(rng, c.n, c.p)]++
		}
		chance := math.Pow(1-c.p, float64(c.n))
		for k, n := range times {
			if off := math.Abs(n/runs - chance); off > 5*math.Sqrt(chance*(1-chance)/runs)+1e-4 {
				t.Errorf("%v: %d comes with frequency %v, not %v", c, k, n/runs, chance)
			}
			chance *= float64(c.n-k) / float64(k+1) * c.p / (1 - c.p)
		}
	}
	if drawBinomial(rng, 0, 0.5) != 0 || drawBinomial(rng, 5, 0) != 0 || drawBinomial(rng, 5, 1) != 5 {
		t.Error("certain draws")
	}
}

// Many trials succeed about as often as their mean and standard deviation say.
func TestDrawBinomialOfMany(t *testing.T) {
	const runs, n, p = 2000, 1 << 30, 0.3
	rng := rand.New(rand.NewPCG(3, 4))
	sd := math.Sqrt(n * p * (1 - p))
	var sum, squares float64
	for range runs {
		off := (float64(drawBinomial(rng, n, p)) - n*p) / sd
		sum += off
		squares += off * off
	}
	if math.Abs(sum/runs) > 4/math.Sqrt(runs) || math.Abs(squares/runs-1) > 4*math.Sqrt(2./runs) {
		t.Error(sum/runs, squares/runs)
	}
}
