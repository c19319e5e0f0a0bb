package interval

import (
	"github.com/clientele-go/clientele"
	"gonum.org/v1/gonum/mathext"
)

// Exact is the share k/n with the interval of Clopper and Pearson, The Use of Confidence or
// Fiducial Limits Illustrated in the Case of the Binomial, Biometrika 26 (1934), which covers
// at least as often as level says, of handfuls too. n is above 0, k at least 0 and at most n,
// level between 0 and 1. Beyond 10^12 trials, where quantiles of the beta distribution lose
// their digits, the limits are those of Wilson or, where one side has less than a million,
// of the Poisson distribution, which differ by less than a two-hundredth of the width.
func Exact(k, n int64, level float64) clientele.Estimate {
	const most, many = 1e12, 1e6
	e, tail := Wilson(k, n, level), (1-level)/2
	switch {
	case n <= most:
		// The upper limit of k is one less the lower limit of n-k.
		e.Lo, e.Hi = lowerShare(k, n-k, tail), 1-lowerShare(n-k, k, tail)
	case k < many:
		e.Lo, e.Hi = rareShare(k, n, tail)
	case n-k < many:
		lo, hi := rareShare(n-k, n, tail)
		e.Lo, e.Hi = 1-hi, 1-lo
	}
	e.Lo, e.Hi = min(e.Lo, e.Value), max(e.Hi, e.Value)
	return e
}

// lowerShare is the lower limit of a share.
func lowerShare(with, without int64, tail float64) float64 {
	if with == 0 {
		return 0
	}
	return mathext.InvRegIncBeta(float64(with), float64(without)+1, tail)
}

// rareShare are the limits of a share of very many.
func rareShare(k, n int64, tail float64) (lo, hi float64) {
	lo, hi = garwood(float64(k), tail)
	return lo / float64(n), hi / float64(n)
}
