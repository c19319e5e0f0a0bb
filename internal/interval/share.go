package interval

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
)

// Wilson is a share of n independent trials of which k succeeded, 0 ≤ k ≤ n and
// n > 0, with the interval of the score test: Wilson, Probable Inference, the Law
// of Succession, and Statistical Inference, JASA 22 (1927). It is never empty and
// never leaves [0, 1].
func Wilson(k, n int64, level float64) clientele.Estimate {
	x, m := float64(k), float64(n)
	p := x / m
	e := clientele.Estimate{Value: p, StdErr: math.Sqrt(p * (1 - p) / m), Level: level}
	e.Lo, e.Hi = WilsonLimits(x, m, special.NormalQuantile((1+level)/2))
	return e
}

// WilsonLimits are the limits of [Wilson] of x successes in m > 0 trials, neither of which
// need be a whole number, z being the normal quantile of the level.
func WilsonLimits(x, m, z float64) (lo, hi float64) {
	mid := (x + z*z/2) / (m + z*z)
	half := z / (m + z*z) * math.Sqrt(x*(m-x)/m+z*z/4)
	lo, hi = mid-half, mid+half
	if x == 0 {
		lo = 0
	}
	if x == m {
		hi = 1
	}
	return lo, hi
}

// Clip cuts the limits of an estimate at 0 and most, but not beyond its value.
func Clip(e clientele.Estimate, most float64) clientele.Estimate {
	e.Lo, e.Hi = min(max(e.Lo, 0), e.Value), max(min(e.Hi, most), e.Value)
	return e
}

// Share is [Wilson] of counts that may be of nobody: nil where n is 0.
func Share(k, n int, level float64) *clientele.Estimate {
	if n == 0 {
		return nil
	}
	return new(Wilson(int64(k), int64(n), level))
}
