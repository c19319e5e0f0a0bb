package special

import "math"

// LogNegBin returns the logarithm of the probability that a negative binomial
// variable is n ≥ 0,
//
//	Γ(r+n)/(Γ(r) n!) z^n (1-z)^r
//
// for a shape r > 0 and 0 ≤ z < 1: the number of purchases in t of a customer
// whose rate is Gamma(r, α), with z = t/(α+t). The error is at most 1e-12
// absolutely where the probability is not below 1e-300. It is -Inf for a
// probability of 0.
func LogNegBin(n int, r, z float64) float64 {
	const short = 32 // beyond, large terms would cancel
	x := float64(n)
	switch {
	case n == 0:
		return r * math.Log1p(-z)
	case n <= short:
		return LogRise(r, n) - LogRise(1, n) + x*math.Log(z) + r*math.Log1p(-z)
	}
	// The saddle-point form of C. Loader, "Fast and accurate computation of
	// binomial probabilities" (2000), has no large terms.
	all := r + x
	apart := x*(1-z) - r*z
	return 0.5*math.Log(r/(2*math.Pi*x*all)) +
		(stirling(all) - stirling(x) - stirling(r)) -
		deviance(x, all*z, apart) - deviance(r, all*(1-z), -apart)
}

// deviance returns x·ln(x/m) - (x-m), where apart is x-m.
func deviance(x, m, apart float64) float64 {
	if math.Abs(apart) > 0.1*(x+m) {
		return x*math.Log(x/m) - apart
	}
	// ln(x/m) = 2 artanh((x-m)/(x+m)), whose first term takes x-m away.
	v := apart / (x + m)
	s := apart * v
	term := 2 * x * v
	for k := 3.0; ; k += 2 {
		term *= v * v
		next := s + term/k
		if next == s || math.IsNaN(next) {
			return next
		}
		s = next
	}
}

// NegBinTail returns the probability that a negative binomial variable as in
// [LogNegBin] is n or more, which is the regularized incomplete beta function
// I_z(n, r) (DLMF 8.17(i)), to 1e-12 of itself unless it is below 1e-300. It is NaN
// where both n and r are so large, 1e12 and more, that it would take a second.
func NegBinTail(n int, r, z float64) float64 {
	if n <= 0 {
		return 1
	}
	x := float64(n)
	p := math.Exp(LogNegBin(n, r, z))
	if z*(x+r+2) < x+1 {
		return p * betaFraction(x, r, z)
	}
	// The fraction would be slow, that of the complement is fast, and the
	// difference from 1 has digits enough unless it is small.
	const small = 0.01
	if tail := 1 - p*x/r*betaFraction(r, x, 1-z); tail > small {
		return tail
	}
	return tailOfSmallShape(n, r, z)
}

// mostTerms ends sums and fractions that would take a second.
const mostTerms = 1 << 22

// tailOfSmallShape subtracts the probabilities of 0, ..., n-1 from 1, where that is small
// because r is: 1-(1-z)^r and the rest are then in proportion to r, and little cancels.
func tailOfSmallShape(n int, r, z float64) float64 {
	none := r * math.Log1p(-z)
	term, sum := r*z, 0.0
	for k := 1.0; k < float64(n); k++ {
		sum += term
		if term *= z * (r + k) / (k + 1); term == 0 {
			break
		}
		if k > mostTerms {
			return math.NaN()
		}
	}
	return -math.Expm1(none) - math.Exp(none)*sum
}

// betaFraction returns a·B(a, b)·I_x(a, b)/(x^a (1-x)^b) for
// x < (a+1)/(a+b+2), where the continued fraction DLMF 8.17.22 takes some
// √max(a, b) steps, by Lentz's method in the form of Thompson and Barnett (1986). It
// is NaN where these do not suffice.
func betaFraction(a, b, x float64) float64 {
	const done = 1e-15
	c, d := 1.0, 1/(1-(a+b)*x/(a+1))
	f := d
	for m := 1.0; m <= mostTerms; m++ {
		e := a + 2*m
		even := m * (b - m) * x / ((e - 1) * e)
		d = 1 / (1 + even*d)
		c = 1 + even/c
		f *= c * d
		odd := -(a + m) * (a + b + m) * x / (e * (e + 1))
		d = 1 / (1 + odd*d)
		c = 1 + odd/c
		f *= c * d
		if !(math.Abs(c*d-1) > done) {
			return f
		}
	}
	return math.NaN()
}
