package interval_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/interval"
)

// events draws how many events n units have in a unit of time each, Poisson with a rate of
// each: all the same, or exponential.
func events(rng *rand.Rand, n int, rate float64, differ bool) (r interval.Ratio) {
	for range n {
		own := rate
		if differ {
			own *= rng.ExpFloat64()
		}
		made := 0.0
		for at := rng.ExpFloat64(); at < own; at += rng.ExpFloat64() {
			made++
		}
		r.Add(made, 1)
	}
	return r
}

// Of handfuls, too, nine in ten intervals hold the rate. By Student's t alone 88 % did
// of 5 units that differ and have one event each on average.
func TestRateCovers(t *testing.T) {
	const samples = 1500
	rng := rand.New(rand.NewPCG(3, 4))
	for _, rate := range []float64{0.1, 1, 3} {
		for _, differ := range []bool{false, true} {
			for _, n := range []int{2, 3, 5, 10, 30} {
				told, holds := 0.0, 0.0
				for range samples {
					r := events(rng, n, rate, differ)
					if e, ok := r.EstimateRate(0.95); ok && e.Level > 0 {
						told++
						if e.Contains(rate) {
							holds++
						}
					}
				}
				if holds < 0.9*told {
					t.Errorf("%v events each, differ %v, n = %d: %.1f %% hold the rate", rate, differ, n, 100*holds/told)
				}
			}
		}
	}
}

// Worked by hand: 0, 1 and 5 events in a year each, 2 on average. Their linearised variance,
// 14/3/2 = 7/3, is 3.5 times that of Poisson, 2/3, so that the limits solve (2-μ)² = t² 3.5
// μ/3 with t = 4.302653 of two degrees of freedom. Where units differ no more than by Poisson, the
// lower limit is the exact one: 100 events or more have the probability 2.5 %.
func TestRateByHand(t *testing.T) {
	var r interval.Ratio
	for _, made := range []float64{0, 1, 5} {
		r.Add(made, 1)
	}
	e, _ := r.EstimateRate(0.95)
	const squared = 0.95 * 0.95 / 0.04875 * 3.5 / 3 // t is 0.95/√(2·0.975·0.025)
	for _, limit := range []float64{e.Lo, e.Hi} {
		near(t, "distance", (2-limit)*(2-limit), squared*limit, 1e-12)
	}
	near(t, "standard error", e.StdErr, math.Sqrt(7.0/3), 1e-14)
	var even interval.Ratio
	for i := range 2000 {
		even.Add(float64(i%20/19), 0.003)
	}
	e, _ = even.EstimateRate(0.95) // 100 events in 6 years
	near(t, "100 or more", 1-atMost(99, 6*e.Lo), 0.025, 1e-9)
	if p := atMost(100, 6*e.Hi); p > 0.025 || p < 0.0249 { // the score test's
		t.Errorf("100 or fewer have the probability %v", p)
	}
}

// atMost is the probability of so many events or fewer, by Poisson.
func atMost(events int, mean float64) (p float64) {
	for k := range events + 1 {
		log, _ := math.Lgamma(float64(k) + 1)
		p += math.Exp(float64(k)*math.Log(mean) - mean - log)
	}
	return p
}
