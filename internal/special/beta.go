package special

import "math"

// LogBeta returns ln B(a, b) for a, b > 0. Its error is some 1e-15 of itself or
// absolutely, whichever is more, also where ln Γ(b) and ln Γ(a+b) are far larger
// than their difference.
func LogBeta(a, b float64) float64 {
	a, b = min(a, b), max(a, b)
	switch {
	case a >= stirlingMin:
		return (a-0.5)*math.Log(a/(a+b)) - b*math.Log1p(a/b) - 0.5*math.Log(b) +
			halfLogTwoPi + (stirling(a) + (stirling(b) - stirling(a+b)))
	case b >= stirlingMin:
		log, _ := math.Lgamma(a)
		return log - stirlingRise(b, a)
	default:
		logA, _ := math.Lgamma(a)
		logB, _ := math.Lgamma(b)
		logC, _ := math.Lgamma(a + b)
		return logA + logB - logC
	}
}

// LogBetaSlope returns the derivative of ln B(a, b) in a, which is
// ψ(a) - ψ(a+b), to 1e-15 of itself, for a, b > 0. That in b is
// LogBetaSlope(b, a).
func LogBetaSlope(a, b float64) float64 {
	s := 0.0
	r := a
	for ; r < stirlingMin; r++ {
		s += b / (r * (r + b))
	}
	return -s - digammaRise(r, b)
}
