package interval

import (
	"math"
	"math/big"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
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
	ratio := new(big.Rat).Quo(big.NewRat(k, n), big.NewRat(k0, n0))
	value, _ := ratio.Float64()
	of, against := share{float64(k), float64(n)}, share{float64(k0), float64(n0)}
	z := special.NormalQuantile((1 + level) / 2)
	e := clientele.Estimate{Value: value, StdErr: katz(k, n, k0, n0) * value, Level: level}
	e.Hi = 1 / lowestRatio(against, of, z)
	if k > 0 {
		e.Lo = lowestRatio(of, against, z)
	}
	return e
}

// katz is the standard error of the logarithm of a risk ratio; 0 without one.
func katz(k, n, k0, n0 int64) float64 {
	if k == 0 {
		return 0
	}
	// Failures over successes and trials, for each: exact, so that the order of the two
	// does not matter.
	part := func(k, n int64) *big.Rat {
		return new(big.Rat).Quo(big.NewRat(n-k, n), big.NewRat(k, 1))
	}
	variance, _ := new(big.Rat).Add(part(k, n), part(k0, n0)).Float64()
	return math.Sqrt(variance)
}

// share is a number of successes in trials.
type share struct{ k, n float64 }

// lowestRatio is the lower limit of the ratio of a share, which is not 0, over another.
func lowestRatio(of, against share, z float64) float64 {
	// excess falls with θ, from above 0 near 0 to at most 0 where the corrected difference
	// vanishes.
	excess := func(theta float64) float64 {
		p0 := of.likeliest(against, theta)
		p := theta * p0
		variance := p*(1-p)/of.n + theta*theta*p0*(1-p0)/against.n
		return of.k/of.n - theta*against.k/against.n - (1/of.n+theta/against.n)/2 - z*math.Sqrt(max(variance, 0))
	}
	high := (of.k/of.n - 0.5/of.n) / (against.k/against.n + 0.5/against.n)
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

// likeliest is the share against which s is θ times as large, of which the data of both are
// likeliest: the smaller root of Nθ p² - (nθ + k + n₀ + k₀θ) p + (k + k₀) = 0.
func (s share) likeliest(against share, theta float64) float64 {
	a := (s.n + against.n) * theta
	b := s.n*theta + s.k + against.n + against.k*theta
	c := s.k + against.k
	root := math.Sqrt(max(b*b-4*a*c, 0))
	return min(2*c/(b+root), 1, 1/theta)
}
