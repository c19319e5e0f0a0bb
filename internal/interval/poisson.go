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
	n, tail := float64(events), (1-level)/2
	e := clientele.Estimate{Value: n / time, StdErr: math.Sqrt(n) / time, Hi: mathext.GammaIncRegCompInv(n+1, tail) / time, Level: level}
	if events > 0 {
		e.Lo = mathext.GammaIncRegInv(n, tail) / time
	}
	e.Lo, e.Hi = min(e.Lo, e.Value), max(e.Hi, e.Value)
	return e
}
