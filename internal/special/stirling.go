package special

import "math"

// stirlingMin is the least argument at which the asymptotic series below are
// exact to rounding.
const stirlingMin = 10

const halfLogTwoPi = 0.918938533204672741780329736405617639861397473637783413

// stirling returns what Stirling's formula leaves out,
//
//	ln Γ(x) - ((x-1/2)·ln x - x + ln(2π)/2)
//
// for x > 0, from the series of DLMF 5.11.1 where it applies.
func stirling(x float64) float64 {
	if x < stirlingMin {
		log, _ := math.Lgamma(x)
		return log - ((x-0.5)*math.Log(x) - x + halfLogTwoPi)
	}
	y := 1 / (x * x)
	s := 1.0 / 156
	for _, c := range [...]float64{-691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12} {
		s = s*y + c
	}
	return s / x
}

// stirlingRise returns ln Γ(r+x) - ln Γ(r) for r ≥ stirlingMin and x ≥ 0.
func stirlingRise(r, x float64) float64 {
	return (r-0.5)*math.Log1p(x/r) + x*(math.Log(r+x)-1) + (stirling(r+x) - stirling(r))
}

// digammaRise returns ψ(r+x) - ψ(r) for r ≥ stirlingMin and x ≥ 0. The series
// of DLMF 5.11.2 in y = 1/r² is replaced by its divided difference, so that
// small x lose no digits.
func digammaRise(r, x float64) float64 {
	s := r + x
	y, v := 1/(r*r), 1/(s*s)
	value, slope := 1.0/12, 0.0
	for _, c := range [...]float64{-691.0 / 32760, 1.0 / 132, -1.0 / 240, 1.0 / 252, -1.0 / 120, 1.0 / 12, 0} {
		slope = slope*v + value
		value = value*y + c
	}
	return math.Log1p(x/r) + x/(2*r*s) + slope*x*(r+s)*y*v
}
