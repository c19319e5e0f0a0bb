package interval_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/interval"
	"pgregory.net/rapid"
)

// limitFault is by how much a limit misses its equation, with the likeliest share given the
// ratio found by ternary search.
func limitFault(k, n, k0, n0 int64, theta, z float64) float64 {
	x, m, x0, m0 := float64(k), float64(n), float64(k0), float64(n0)
	logLik := func(p0 float64) float64 {
		p := theta * p0
		return xlog(x, p) + xlog(m-x, 1-p) + xlog(x0, p0) + xlog(m0-x0, 1-p0)
	}
	low, high := 0.0, min(1, 1/theta)
	for range 200 {
		a, b := low+(high-low)/3, high-(high-low)/3
		if logLik(a) < logLik(b) {
			low = a
		} else {
			high = b
		}
	}
	p0 := (low + high) / 2
	p := theta * p0
	variance := p*(1-p)/m + theta*theta*p0*(1-p0)/m0
	return (math.Abs(x/m-theta*x0/m0)-(1/m+theta/m0)/2)/math.Sqrt(variance) - z
}

// xlog is x ln p, and 0 for an x of 0.
func xlog(x, p float64) float64 {
	if x == 0 {
		return 0
	}
	return x * math.Log(p)
}

// Invariants: limits solve the equation of the corrected score test, hold the ratio, and are
// those of the swapped shares upside down.
func TestRiskRatioLimits(t *testing.T) {
	const z = 1.959963984540054
	rapid.Check(t, func(t *rapid.T) {
		n, n0 := rapid.Int64Range(1, 300).Draw(t, "n"), rapid.Int64Range(1, 300).Draw(t, "n0")
		k, k0 := rapid.Int64Range(0, n).Draw(t, "k"), rapid.Int64Range(1, n0).Draw(t, "k0")
		e := interval.RiskRatio(k, n, k0, n0, 0.95)
		ratio := float64(k) / float64(n) * float64(n0) / float64(k0)
		if math.Abs(e.Value-ratio) > 1e-14*ratio || !(e.Lo <= e.Value && e.Value <= e.Hi) || e.Level != 0.95 || (e.Lo == 0) != (k == 0) {
			t.Fatalf("%+v", e)
		}
		limits := []float64{e.Lo, e.Hi}
		if k == 0 {
			limits = limits[1:]
		} else if swapped := interval.RiskRatio(k0, n0, k, n, 0.95); math.Abs(swapped.Lo*e.Hi-1) > 1e-14 || math.Abs(swapped.Hi*e.Lo-1) > 1e-14 {
			t.Fatalf("%+v swapped is %+v", e, swapped)
		}
		for _, theta := range limits {
			if fault := limitFault(k, n, k0, n0, theta, z); !(math.Abs(fault) < 1e-5) {
				t.Fatalf("%d of %d against %d of %d: the limit %v misses by %v", k, n, k0, n0, theta, fault)
			}
		}
	})
}

// Where everybody of a handful had the event, little is claimed. Fisher's exact test gives
// one-sided probabilities of 0.30, 0.4 and 0.195, and of 0.015 for the last.
func TestRiskRatioOfHandfuls(t *testing.T) {
	for _, c := range []struct {
		k, n, k0, n0 int64
		claims       bool
	}{
		{1, 1, 29, 99, false},
		{1, 1, 3, 9, false},
		{2, 2, 8, 20, false},
		{5, 5, 3, 3, false},
		{0, 5, 1, 5, false},
		{20, 40, 15, 60, true},
	} {
		if e := interval.RiskRatio(c.k, c.n, c.k0, c.n0, 0.95); (e.Lo > 1) != c.claims {
			t.Errorf("%d of %d against %d of %d: %v", c.k, c.n, c.k0, c.n0, e)
		}
	}
}

// binomial is the probability of k successes in n trials.
func binomial(n, k int, p float64) float64 {
	logChoices, _ := math.Lgamma(float64(n) + 1)
	for _, part := range []int{k, n - k} {
		v, _ := math.Lgamma(float64(part) + 1)
		logChoices -= v
	}
	return math.Exp(logChoices + xlog(float64(k), p) + xlog(float64(n-k), 1-p))
}

// Coverage of risk ratios, enumerated: the worst over seven shares and six ratios, for
// handfuls against groups of 30 and of 100. With the logarithm's standard error, 31 % of
// single trials that all had the event were claimed above 1.
func TestRiskRatioCoverage(t *testing.T) {
	for _, n := range []int{1, 2, 3, 5, 10, 30} {
		for _, n0 := range []int{30, 100} {
			least, mostClaims := 1.0, 0.0
			for _, p0 := range []float64{0.1, 0.2, 0.3, 0.5, 0.7, 0.9} {
				for _, theta := range []float64{0.25, 0.5, 1, 1.5, 2, 4} {
					if p0*theta > 1 {
						continue
					}
					covered, above, all := enumerate(n, n0, p0*theta, p0, theta)
					least, mostClaims = min(least, covered/all), max(mostClaims, above/all)
				}
			}
			t.Logf("%2d against %3d: coverage at least %.3f, claims of more at most %.3f", n, n0, least, mostClaims)
			if least < 0.95 || mostClaims > 0.035 {
				t.Errorf("%d against %d: coverage %v, claims of more %v", n, n0, least, mostClaims)
			}
		}
	}
}

// enumerate goes through all outcomes of two groups: how probable are those whose interval
// holds the ratio, those whose interval lies above it, and all that have an interval.
func enumerate(n, n0 int, p, p0, theta float64) (covered, above, all float64) {
	for k := range n + 1 {
		for k0 := 1; k0 <= n0; k0++ {
			probable := binomial(n, k, p) * binomial(n0, k0, p0)
			if probable < 1e-10 {
				continue
			}
			all += probable
			switch e := interval.RiskRatio(int64(k), int64(n), int64(k0), int64(n0), 0.95); {
			case e.Lo > theta:
				above += probable
			case e.Hi >= theta:
				covered += probable
			}
		}
	}
	return covered, above, all
}
