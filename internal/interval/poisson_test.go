package interval_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/interval"
)

// Garwood (1936), table 1, limits of 95 %.
func TestPoissonPublished(t *testing.T) {
	for _, c := range []struct {
		events int64
		lo, hi float64
	}{{0, 0, 3.689}, {1, 0.0253, 5.572}, {2, 0.242, 7.225}, {5, 1.623, 11.668}, {10, 4.795, 18.390}, {30, 20.241, 42.827}} {
		e := interval.Poisson(c.events, 2, 0.95)
		if math.Abs(2*e.Lo-c.lo) > 5e-4 || math.Abs(2*e.Hi-c.hi) > 5e-4 || e.Value != float64(c.events)/2 || e.Level != 0.95 {
			t.Errorf("%d events: %+v, want limits %v and %v", c.events, e, c.lo, c.hi)
		}
	}
}

// Each limit is the rate at which what was seen, or more on its side, has half of what the
// level leaves.
func TestPoissonLimits(t *testing.T) {
	below := func(events int64, rate float64) (p float64) { // of fewer events
		for k := range events {
			logFactorial, _ := math.Lgamma(float64(k) + 1)
			p += math.Exp(float64(k)*math.Log(rate) - rate - logFactorial)
		}
		return p
	}
	for _, events := range []int64{1, 3, 20, 100} {
		e := interval.Poisson(events, 1, 0.9)
		near(t, "events or more at the lower limit", 1-below(events, e.Lo), 0.05, 1e-9)
		near(t, "events or fewer at the upper limit", below(events+1, e.Hi), 0.05, 1e-9)
	}
}

// Limits of any number of events are numbers around the rate.
func TestPoissonOfVeryMany(t *testing.T) {
	for _, events := range []int64{0, 1, 1e6, 1e9, 1e12} {
		for _, level := range []float64{1e-12, 0.5, 0.95, 0.999999} {
			e := interval.Poisson(events, 1, level)
			if !(0 <= e.Lo && e.Lo <= e.Value && e.Value <= e.Hi && e.Hi <= math.MaxFloat64) {
				t.Errorf("%d events at level %v: %+v", events, level, e)
			}
		}
	}
}
