package special

import "math"

// Softplus returns ln(1+e^v).
func Softplus(v float64) float64 {
	if v > 0 {
		return v + math.Log1p(math.Exp(-v))
	}
	return math.Log1p(math.Exp(v))
}

// Logistic returns 1/(1+e^-v), the derivative of [Softplus].
func Logistic(v float64) float64 { return 1 / (1 + math.Exp(-v)) }

// LogAdd returns ln(e^a + e^b); either may be -Inf.
func LogAdd(a, b float64) float64 {
	most := max(a, b)
	if math.IsInf(most, -1) {
		return most
	}
	return most + math.Log1p(math.Exp(min(a, b)-most))
}

// LogAddTo returns ln(e^a + e^b), from a on; where b is so far above that a is nothing
// beside it, it is b to the last digit.
func LogAddTo(a, b float64) float64 {
	const nothing = 40 // e^-40 is 4e-18
	if b-a > nothing {
		return b
	}
	return a + Softplus(b-a)
}

// LogSubtract returns ln(e^a - e^b) for a ≥ b but for rounding.
func LogSubtract(a, b float64) float64 { return a + math.Log(-math.Expm1(min(b-a, 0))) }

// Expm1Ratio returns (e^v - 1)/v, which is 1 at v = 0.
func Expm1Ratio(v float64) float64 {
	if v == 0 {
		return 1
	}
	return math.Expm1(v) / v
}

// LogExpm1Ratio returns the logarithm of [Expm1Ratio] for v ≥ 0, near 0 to 1e-16 of
// itself.
func LogExpm1Ratio(v float64) float64 {
	switch {
	case v < 0.04:
		y := v * v
		return v/2 + y/24*(1-y/120*(1-y/63))
	case v < 40:
		return math.Log(math.Expm1(v) / v)
	}
	return v - math.Log(v)
}

// Expm1Rest returns e^v - 1 - v, to the last digits near 0 too.
func Expm1Rest(v float64) float64 {
	if math.Abs(v) > 0.5 {
		return math.Expm1(v) - v
	}
	sum := 0.0
	for n := 19.0; n > 2; n-- { // 1 + v/3 + v²/12 + … by Horner's rule
		sum = v / n * (1 + sum)
	}
	return v * v / 2 * (1 + sum)
}

// LogGammaPeak returns s·ln s - s - ln Γ(s) for s > 0, where nothing cancels for large s: the
// logarithm of the highest density of the logarithm of a gamma variable of shape s.
func LogGammaPeak(s float64) float64 { return math.Log(s)/2 - halfLogTwoPi - stirling(s) }

// Scaled returns v·e^power for v ≥ 0, where v may be too large, or e^power too small,
// alone.
func Scaled(v, power float64) float64 {
	if v == 0 {
		return 0
	}
	return math.Exp(math.Log(v) + power)
}

// OrNaN passes on a number that was computed accurately.
func OrNaN(v float64, ok bool) float64 {
	if !ok {
		return math.NaN()
	}
	return v
}
