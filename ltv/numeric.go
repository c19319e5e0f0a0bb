package ltv

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// softplus is ln(1+e^v).
func softplus(v float64) float64 {
	if v > 0 {
		return v + math.Log1p(math.Exp(-v))
	}
	return math.Log1p(math.Exp(v))
}

// logistic is 1/(1+e^-v).
func logistic(v float64) float64 { return 1 / (1 + math.Exp(-v)) }

// scaleBy is v·e^power, where v may be too large, or e^power too small, alone.
func scaleBy(v, power float64) float64 {
	if v == 0 {
		return 0
	}
	return math.Exp(math.Log(v) + power)
}

// orNaN passes on a number that was computed accurately.
func orNaN(v float64, ok bool) float64 {
	if !ok {
		return math.NaN()
	}
	return v
}

// discounted is the exponent of a discount beyond which nothing is left of what
// grows no faster than time: e^-50 is 2e-22.
const discounted = 50

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
	area, ok := special.Integrate(func(v float64) float64 { return math.Exp(-v) * e(v/rate) }, 0, min(rate*t, discounted))
	return orNaN(last+area, ok)
}

// expm1Ratio is (e^v - 1)/v.
func expm1Ratio(v float64) float64 {
	if v == 0 {
		return 1
	}
	return math.Expm1(v) / v
}

// logBetaRise is the logarithm of B(a, b+n)/B(a, b): with p ~ Beta(a, b), the
// probability that n chances to leave pass.
func logBetaRise(a, b float64, n int) float64 { return special.LogRise(b, n) - special.LogRise(a+b, n) }

// difference is ln(e^a - e^b) for a ≥ b but for rounding.
func difference(a, b float64) float64 { return a + math.Log(-math.Expm1(min(b-a, 0))) }

// logGamma is ln Γ(v) for v > 0.
func logGamma(v float64) float64 {
	l, _ := math.Lgamma(v)
	return l
}
