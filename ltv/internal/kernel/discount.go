package kernel

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// worthless is the exponent of a discount beyond which nothing is left of what
// grows no faster than time: e^-50 is 2e-22.
const worthless = 50

// discountCurve is the integral of e^(-rate·u) dE(u) from 0 to t for a rising
// curve E with E(0) = 0, by parts:
//
//	e^(-rate·t) E(t) + rate ∫_0^t e^(-rate·u) E(u) du
//
// whose terms are positive.
func discountCurve(e func(u float64) float64, t, rate float64) float64 {
	if rate == 0 {
		return e(t)
	}
	last := 0.0
	if !math.IsInf(t, 1) {
		last = math.Exp(-rate*t) * e(t)
	}
	failed := math.IsNaN(last) // and the rest would be in vain
	area, ok := special.Integrate(func(v float64) float64 {
		if failed {
			return math.NaN()
		}
		value := math.Exp(-v) * e(v/rate)
		failed = math.IsNaN(value)
		return value
	}, 0, min(rate*t, worthless))
	return special.OrNaN(last+area, ok)
}
