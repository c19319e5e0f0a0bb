package special

import "math"

// BetaGeoMean returns the number of purchases to expect within t of a customer
// whose rate is Gamma(r, α) and who drops out after each purchase with a
// probability that is Beta(a, b),
//
//	E[(1 - (α/(α+p·t))^r)/p],  p ~ Beta(a, b)
//
// which is equation 9 of Fader, Hardie and Lee (2005) with the 2F1 that picks
// its transformation (DLMF 15.8.1). It has no singularity at a = 1, and a = 0
// means that p is 0. Its error is some 1e-13 of itself.
//
// It is false unless r, α and b are positive, a and t are not negative, r, a and
// b are at most 1e12, b and a where it is not 0 are at least 1e-100, and t/α is
// at most 1e100; and where no method converges, of which no case is known.
func BetaGeoMean(r, alpha, a, b, t float64) (float64, bool) {
	const (
		most  = 1e12
		least = 1e-100
	)
	w := t / alpha
	switch {
	case !(r > 0 && r <= most && alpha > 0 && t >= 0 && w <= 1/least && b >= least && b <= most && a >= 0 && a <= most):
		return 0, false
	case a == 0 || w == 0:
		return r * w, true
	case a < least:
		return 0, false
	}
	z := t / (alpha + t)
	// Both series have ratios near z; their first terms, which are powers of
	// 1-z, must not underflow.
	short := func(e float64) bool { return (40+e*z)*(1+w) < 6000 && e*w < 300 }
	switch {
	case r <= 1.5*(a+b-1) && short(a):
		return meanByDropout(r, a, b, z, w), true
	case short(r):
		return meanByPurchases(r, a, b, z, w), true
	default:
		return meanByQuadrature(r, a, b, w)
	}
}

// meanByDropout sums, with z = w/(1+w) and D = a+b-1-r,
//
//	r (1-z)^(a-1) Σ_m (a)_m/(m+1)! z^(m+1) Σ_{n≤m} (D)_n/(a+b)_n
//
// which follows from the derivative in w, r·2F1(r+1, a; a+b; -w), by Euler's
// transformation and the binomial series of (1-z)^(a-2). The closed form of the
// inner sum would give the published formula, and its cancellation. All terms
// are positive for D ≥ 0, and little cancels for r ≤ 1.5(a+b-1).
func meanByDropout(r, a, b, z, w float64) float64 {
	c := a + b
	d := c - 1 - r
	term, inner, ratio := z, 1.0, 1.0
	sum := term
	for m := 0.0; ; m++ {
		inverse := 1 / ((m + 2) * (c + m))
		ratio *= (d + m) * inverse * (m + 2)
		inner += ratio
		term *= z * (a + m) * inverse * (c + m)
		next := term * inner
		sum += next
		if next*(1+w) <= negligible*sum {
			return r * math.Exp((1-a)*math.Log1p(w)) * sum
		}
	}
}

// meanByPurchases sums over the number m of purchases that the customer would
// make within t without dropping out,
//
//	Σ_m (r)_m/m! z^m (1-z)^r Σ_{n<m} (b)_n/(a+b)_n
//
// whose terms are positive and whose inner sums are the mean number of
// purchases that are made.
func meanByPurchases(r, a, b, z, w float64) float64 {
	c := a + b
	term, inner, ratio := r*z, 1.0, 1.0
	sum := term
	for m := 1.0; ; m++ {
		inverse := 1 / ((m + 1) * (c + (m - 1)))
		ratio *= (b + (m - 1)) * inverse * (m + 1)
		inner += ratio
		term *= z * (r + m) * inverse * (c + (m - 1))
		next := term * inner
		sum += next
		if next*(1+w) <= negligible*sum {
			return math.Exp(-r*math.Log1p(w)) * sum
		}
	}
}

// meanByQuadrature integrates over the probability p of dropping out.
func meanByQuadrature(r, a, b, w float64) (float64, bool) {
	log, ok := LogBetaMean(a, b, w*(r+1)+1, 2, func(p, _ float64) float64 {
		return math.Log(-math.Expm1(-r*math.Log1p(p*w)) / p)
	})
	return math.Exp(log), ok
}
