package interval

import (
	"math"

	"github.com/clientele-go/clientele"
)

// RiskRatio estimates the share k/n over the share k0/n0, where k0 is at least 1, by
// inverting the score test of Miettinen & Nurminen with the continuity correction of Yates:
// the limits are the ratios θ at which
//
//	|k/n - θ k0/n0| - (1/n + θ/n0)/2 = z √(p(1-p)/n + θ² p0(1-p0)/n0), p = θ p0,
//
// where p0 is the likeliest share given θ. It is defined where all or none of a handful had
// the event, and claims no more there than Fisher's exact test would. The standard error is
// that of Katz et al. for the logarithm, times the ratio; 0 where one share is 0 or both are
// 1. Swapping the two shares gives the reciprocal limits. Miettinen & Nurminen, Comparative
// Analysis of Two Rates, Statistics in Medicine 4 (1985); Koopman, Confidence Intervals for
// the Ratio of Two Binomial Proportions, Biometrics 40 (1984).
func RiskRatio(k, n, k0, n0 int64, level float64) clientele.Estimate {
	e, _ := Strata{{float64(k), float64(n), float64(k0), float64(n0)}}.RiskRatio(level)
	return e
}

// lowestRatio is the lower limit of the common ratio of the first shares of strata, which
// are not all 0, over the second.
func (s Strata) lowestRatio(z float64) float64 {
	var first, second, k, toFirst, toSecond float64
	for _, t := range s {
		w := t.weight()
		first += w * t.K / t.N
		second += w * t.K0 / t.N0
		k += t.K
		toFirst += t.K * t.N0 / (t.N + t.N0)
		toSecond += t.K * t.N / (t.N + t.N0)
	}
	// Half an event of the first moves to the second, in the strata of the first's events.
	first -= toFirst / k / 2
	second += toSecond / k / 2
	// excess falls with θ, from above 0 near 0 to at most 0 where the corrected difference
	// vanishes.
	excess := func(theta float64) float64 {
		return first - theta*second - z*math.Sqrt(s.variance(theta))
	}
	high := first / second
	low := high
	for excess(low) < 0 {
		high, low = low, low/16
	}
	for {
		mid := math.Sqrt(low) * math.Sqrt(high)
		if mid <= low || mid >= high {
			return low
		}
		if excess(mid) < 0 {
			high = mid
		} else {
			low = mid
		}
	}
}

// variance is that of the weighted difference Σ w(k/n - θ k0/n0), given that θ is the ratio.
func (s Strata) variance(theta float64) float64 {
	sum := 0.0
	for _, t := range s {
		p0 := t.likeliest(theta)
		p, w := theta*p0, t.weight()
		sum += w * w * max(p*(1-p)/t.N+theta*theta*p0*(1-p0)/t.N0, 0)
	}
	return sum
}

// likeliest is the second share, of which the first is θ times as large, that makes the data
// likeliest: the smaller root of Nθ p² - (nθ + k + n₀ + k₀θ) p + (k + k₀) = 0.
func (t Shares) likeliest(theta float64) float64 {
	a := (t.N + t.N0) * theta
	b := t.N*theta + t.K + t.N0 + t.K0*theta
	c := t.K + t.K0
	root := math.Sqrt(max(b*b-4*a*c, 0))
	return min(2*c/(b+root), 1, 1/theta)
}
