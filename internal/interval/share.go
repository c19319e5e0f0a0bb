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
	p, z := x/m, special.NormalQuantile((1+level)/2)
	mid := (x + z*z/2) / (m + z*z)
	half := z / (m + z*z) * math.Sqrt(x*(m-x)/m+z*z/4)
	e := clientele.Estimate{Value: p, StdErr: math.Sqrt(p * (1 - p) / m), Lo: mid - half, Hi: mid + half, Level: level}
	if k == 0 {
		e.Lo = 0
	}
	if k == n {
		e.Hi = 1
	}
	return e
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
