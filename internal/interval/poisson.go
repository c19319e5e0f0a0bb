package interval

import (
	"math"

	"github.com/clientele-go/clientele"
	"gonum.org/v1/gonum/mathext"
)

// Poisson is a rate of so many events in a time above 0, with the exact limits of a Poisson
// rate: Garwood, Fiducial Limits for the Poisson Distribution, Biometrika 28 (1936). It covers
// at least as often as level says where events are independent.
func Poisson(events int64, time, level float64) clientele.Estimate {
	n := float64(events)
	lo, hi := garwood(n, (1-level)/2)
	e := clientele.Estimate{Value: n / time, StdErr: math.Sqrt(n) / time, Level: level}
	e.Lo, e.Hi = min(lo/time, e.Value), max(hi/time, e.Value)
	return e
}

// garwood are the exact limits of the mean of a Poisson number, each with a tail beyond it.
func garwood(events, tail float64) (lo, hi float64) {
	if events > 0 {
		lo = mathext.GammaIncRegInv(events, tail)
	}
	return lo, mathext.GammaIncRegCompInv(events+1, tail)
}
