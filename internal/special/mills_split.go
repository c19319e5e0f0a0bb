package special

import "math"

// split finds the moments when b is far below a, by cutting the integral where
// a+y = (1+τ)(a-b). With s = 1+y/b and ρ = b/(a-b), the head is
//
//	b (1-b/a)^-p ∫_1^{τ/ρ} s^-q (1+ρs)^-p ds
//
// and its binomial series in ρs ≤ τ can be integrated term by term; τ is small
// enough that its alternating terms do not cancel. The rest is a tail with
// scales no longer far apart, for the continued fraction.
func (m *moments) split(g *integrand) bool {
	tau := 1 / max(3, g.p)
	rest := integrand{p: g.p, q: g.q, c: g.c, d: g.d, x: tau / (1 + tau), z: 1 / (1 + tau)}
	rest.a, rest.b = (g.a-g.b)*(1+tau), (g.a-g.b)*tau
	var r moments
	if !r.evaluateFraction(&rest) {
		return false
	}
	rho := g.x / g.z
	log := math.Log(tau / rho)
	h := sumHead(g.p, g.q, tau, rho, log)

	// Both parts in units of b (1-b/a)^-p.
	logOne, logZ := math.Log1p(tau), math.Log1p(-g.x)
	weight := math.Exp(-g.p*logOne-g.q*log) * r.mills / g.b
	total := h.mass + weight
	weight /= total

	m.mills = g.b * math.Exp(-g.p*logZ) * total
	m.logA = logZ + h.logA/total + weight*(logOne+r.logA)
	m.logB = h.logB/total + weight*(log+r.logB)
	m.farB = g.q - (g.q*h.nearB/total + weight*r.nearB*rho/tau)
	m.farA = 1 - m.farB
	return true
}

// head holds integrals over s from 1 to τ/ρ of s^-q (1+ρs)^-p itself and times
// ln(1+ρs), ln s and 1/s.
type head struct{ mass, logA, logB, nearB float64 }

// sumHead sums the binomial series of a head; log is ln(τ/ρ). The power τ^n is
// part of the factor, which could overflow without it.
func sumHead(p, q, tau, rho, log float64) head {
	var h head
	factor, dfactor := 1.0, 0.0 // (-τ)^n (p)_n/n! and its derivative in p
	upper := math.Exp((1 - q) * log)
	lower := 1.0
	below := power(math.Exp(-q*log), 1, -q, log)
	for n := 0.0; ; n++ {
		v := n + 1 - q
		s := power(upper, lower, v, log)
		h.mass += factor * s
		h.logA -= dfactor * s
		h.logB += factor * logPower(upper, lower, v, log, s)
		h.nearB += factor * below
		if (math.Abs(factor)+math.Abs(dfactor))*s <= negligible*h.mass {
			return h
		}
		below = rho / tau * s
		next := -tau / (n + 1)
		dfactor = next * (dfactor*(p+n) + factor)
		factor *= next * (p + n)
		lower *= rho / tau
	}
}

// power returns lower·∫_0^l exp(v·u) du, where upper = lower·exp(v·l).
func power(upper, lower, v, l float64) float64 {
	switch y := v * l; {
	case v == 0:
		return lower * l
	case math.Abs(y) < 0.5:
		return lower * math.Expm1(y) / v
	default:
		return (upper - lower) / v
	}
}

// logPower returns lower·∫_0^l u·exp(v·u) du, where s is what [power] returns.
func logPower(upper, lower, v, l, s float64) float64 {
	y := v * l
	if math.Abs(y) >= 0.1 {
		return (upper*l - s) / v
	}
	sum, term := 0.0, 1.0 // Σ y^k/(k!(k+2))
	for k := 0.0; math.Abs(term) > negligible; k++ {
		sum += term / (k + 2)
		term *= y / (k + 1)
	}
	return lower * l * l * sum
}
