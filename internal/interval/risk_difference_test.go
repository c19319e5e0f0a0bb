package interval_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/interval"
	"pgregory.net/rapid"
)

// differenceFault is by how much a limit misses its equation, with the likeliest share given
// the difference found by ternary search.
func differenceFault(k, n, k0, n0 int64, delta, z float64) float64 {
	x, m, x0, m0 := float64(k), float64(n), float64(k0), float64(n0)
	logLik := func(p0 float64) float64 {
		p := p0 + delta
		return xlog(x, p) + xlog(m-x, 1-p) + xlog(x0, p0) + xlog(m0-x0, 1-p0)
	}
	low, high := max(0, -delta), min(1, 1-delta)
	for range 200 {
		a, b := low+(high-low)/3, high-(high-low)/3
		if logLik(a) < logLik(b) {
			low = a
		} else {
			high = b
		}
	}
	p0 := (low + high) / 2
	p := p0 + delta
	return math.Abs(x/m-x0/m0-delta) - (1/m+1/m0)/2 - z*math.Sqrt(max(0, p*(1-p)/m+p0*(1-p0)/m0))
}

// Everybody of n against nobody of n: the likeliest shares are (1 ± δ)/2, and the limit is a
// root of (1 - 1/n - δ)² = z² (1 - δ²)/2n. The standard error is that of the plain difference.
func TestRiskDifferenceOfAllAgainstNone(t *testing.T) {
	const z = 1.959963984540054
	for _, n := range []int64{2, 5, 20, 1000} {
		c, w := 1-1/float64(n), z*z/(2*float64(n))
		want := (c - math.Sqrt(c*c-(1+w)*(c*c-w))) / (1 + w)
		e := interval.RiskDifference(n, n, 0, n, 0.95)
		near(t, "lower limit", e.Lo, want, 1e-12)
		if e.Value != 1 || e.Hi != 1 || e.StdErr != 0 {
			t.Errorf("%d: %+v", n, e)
		}
	}
	// At the difference 0.125 the cosine of the cubic equation is rounded to above 1.
	e := interval.RiskDifference(2, 2, 0, 16, 0.95)
	if fault := differenceFault(2, 2, 0, 16, e.Lo, z); !(math.Abs(fault) < 1e-6) {
		t.Errorf("2 of 2 against 0 of 16: %+v misses by %v", e, fault)
	}
	e = interval.RiskDifference(15, 50, 8, 40, 0.95)
	near(t, "standard error", e.StdErr, math.Sqrt(0.3*0.7/50+0.2*0.8/40), 1e-15)
	near(t, "difference", e.Value, 0.1, 1e-15)
}

// Invariants: limits solve the equation of the corrected score test, or are as far as
// shares can differ; they hold the difference, are those of the swapped shares with other
// signs, and claim a difference where those of the ratio do.
func TestRiskDifferenceLimits(t *testing.T) {
	const z = 1.959963984540054
	rapid.Check(t, func(t *rapid.T) {
		n, n0 := rapid.Int64Range(1, 300).Draw(t, "n"), rapid.Int64Range(1, 300).Draw(t, "n0")
		k, k0 := rapid.Int64Range(0, n).Draw(t, "k"), rapid.Int64Range(0, n0).Draw(t, "k0")
		e := interval.RiskDifference(k, n, k0, n0, 0.95)
		if !(-1 <= e.Lo && e.Lo <= e.Value && e.Value <= e.Hi && e.Hi <= 1) || e.Level != 0.95 {
			t.Fatalf("%+v", e)
		}
		if swapped := interval.RiskDifference(k0, n0, k, n, 0.95); swapped.Lo != -e.Hi || swapped.Hi != -e.Lo {
			t.Fatalf("%+v swapped is %+v", e, swapped)
		}
		for _, delta := range []float64{e.Lo, e.Hi} {
			if fault := differenceFault(k, n, k0, n0, delta, z); !(math.Abs(fault) < 1e-6) && (math.Abs(delta) < 1 || fault > 0) {
				t.Fatalf("%d of %d against %d of %d: the limit %v misses by %v", k, n, k0, n0, delta, fault)
			}
		}
		if k0 > 0 {
			if r := interval.RiskRatio(k, n, k0, n0, 0.95); (r.Lo > 1) != (e.Lo > 0) || (r.Hi < 1) != (e.Hi < 0) {
				t.Fatalf("difference %+v, ratio %+v", e, r)
			}
		}
	})
}

// Of two customers each, of whom half come back, Newcombe's interval claimed a difference in
// 12.5 % of samples, and of three against nine in 6.5 %.
func TestRiskDifferenceCoverage(t *testing.T) {
	shares := []float64{0.05, 0.2, 0.5, 0.9}
	for _, n := range []int{1, 2, 3, 5, 10, 20} {
		for _, n0 := range []int{n, 3 * n} {
			covered := make(map[[2]float64]float64)
			for k := range n + 1 {
				for k0 := range n0 + 1 {
					e := interval.RiskDifference(int64(k), int64(n), int64(k0), int64(n0), 0.95)
					for _, p := range shares {
						for _, p0 := range shares {
							if e.Contains(p - p0) {
								covered[[2]float64{p, p0}] += binomial(n, k, p) * binomial(n0, k0, p0)
							}
						}
					}
				}
			}
			for of, share := range covered {
				if share < 0.95 {
					t.Errorf("%d with %v against %d with %v: covered in %.4f", n, of[0], n0, of[1], share)
				}
			}
		}
	}
}
