package interval_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/interval"
)

// poisson are the limits of a mean of which k were counted, by Wilson & Hilferty, The
// Distribution of Chi-Square, PNAS 17 (1931), which are good to 10^-8 of many.
func poisson(k float64) (lo, hi float64) {
	const z = 1.959963984540054
	cube := func(k, z float64) float64 {
		x := 1 - 1/(9*k) + z/(3*math.Sqrt(k))
		return k * x * x * x
	}
	return cube(k, -z), cube(k+1, z)
}

// Beyond 10^12 trials the limits of the rare, and of those that are nearly all, are those of
// Poisson. Of none they solve e^-m = 0.025, of one 1 - e^-m = 0.025 and (1+m) e^-m = 0.025.
func TestExactOfTheRare(t *testing.T) {
	const n = int64(2e12)
	lo, hi := poisson(999_999)
	for _, c := range []struct {
		k      int64
		lo, hi float64
	}{
		{0, 0, -math.Log(0.025)},
		{1, -math.Log(0.975), 5.571643390938},
		{999_999, lo, hi},
	} {
		rare, nearlyAll := interval.Exact(c.k, n, 0.95), interval.Exact(n-c.k, n, 0.95)
		tolerance := 1e-6 * (c.hi - c.lo)
		if math.Abs(rare.Lo*float64(n)-c.lo) > tolerance || math.Abs(rare.Hi*float64(n)-c.hi) > tolerance {
			t.Errorf("%d of %d: %v to %v, want %v to %v", c.k, n, rare.Lo*float64(n), rare.Hi*float64(n), c.lo, c.hi)
		}
		if nearlyAll.Lo != 1-rare.Hi || nearlyAll.Hi != 1-rare.Lo {
			t.Errorf("all but %d of %d: %+v, of the others %+v", c.k, n, nearlyAll, rare)
		}
	}
	for _, k := range []int64{1e6, n - 1e6} {
		if e := interval.Exact(k, n, 0.95); e != interval.Wilson(k, n, 0.95) {
			t.Errorf("%d of %d: %+v", k, n, e)
		}
	}
}

// Of 10^12 the limits are still those of Clopper & Pearson, the lower one a millionth below
// Wilson's where a million succeeded.
func TestExactOfTenToTheTwelfth(t *testing.T) {
	lo, _ := poisson(1e6) // at this share the binomial distribution to a millionth
	near(t, "lower limit", interval.Exact(1e6, 1e12, 0.95).Lo*1e12, lo, 1e-7)
}
