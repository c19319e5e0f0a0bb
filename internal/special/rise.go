package special

import "math"

const (
	// shortRise is the number of factors up to which a product is faster than
	// two logarithms.
	shortRise = 20

	// maxFactor keeps a product of shortRise factors from overflowing.
	maxFactor = 1e15
)

// LogRise returns ln Γ(r+n) - ln Γ(r), the logarithm of the Pochhammer symbol
// (r)_n (DLMF 5.2(iii)), for r > 0 and n ≥ 0. Its error is some 1e-15 of itself
// or absolutely, whichever is more.
func LogRise(r float64, n int) float64 {
	if n <= shortRise && r <= maxFactor {
		return math.Log(product(r, n))
	}
	up := lift(r)
	return math.Log(product(r, up)) + stirlingRise(r+float64(up), float64(n-up))
}

// DigammaRise returns ψ(r+n) - ψ(r), the derivative of [LogRise] in r, to 1e-15
// of itself, for r > 0 and n ≥ 0.
func DigammaRise(r float64, n int) float64 {
	if n <= shortRise {
		return reciprocals(r, n)
	}
	up := lift(r)
	return reciprocals(r, up) + digammaRise(r+float64(up), float64(n-up))
}

// lift returns the number of steps from r to where Stirling's series applies.
func lift(r float64) int { return max(0, int(math.Ceil(stirlingMin-min(r, stirlingMin)))) }

func product(r float64, n int) float64 {
	p := 1.0
	for i := range n {
		p *= r + float64(i)
	}
	return p
}

func reciprocals(r float64, n int) float64 {
	s := 0.0
	for i := range n {
		s += 1 / (r + float64(i))
	}
	return s
}
