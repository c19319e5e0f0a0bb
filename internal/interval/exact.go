package interval

import (
	"github.com/clientele-go/clientele"
	"gonum.org/v1/gonum/mathext"
)

// Exact is the share k/n with the interval of Clopper and Pearson, The Use of Confidence or
// Fiducial Limits Illustrated in the Case of the Binomial, Biometrika 26 (1934), which covers
// at least as often as level says, of handfuls too. n is above 0, k at least 0 and at most n,
// level between 0 and 1.
func Exact(k, n int64, level float64) clientele.Estimate {
	e := Wilson(k, n, level)
	e.Lo, e.Hi = 0, 1
	tail, with, without := (1-level)/2, float64(k), float64(n-k)
	if k > 0 {
		e.Lo = min(mathext.InvRegIncBeta(with, without+1, tail), e.Value)
	}
	if k < n {
		// The upper limit of k is one less the lower limit of n-k.
		e.Hi = max(1-mathext.InvRegIncBeta(without, with+1, tail), e.Value)
	}
	return e
}
