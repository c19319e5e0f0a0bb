package special

import "math"

// Mills is the logarithm of a Mills ratio with exponents p, q and scales a, b, and its
// partial derivatives in them.
type Mills struct{ Log, DP, DQ, DA, DB float64 }

// LogMills returns the logarithm of the Mills ratio of (a+y)^-p (b+y)^-q, its integral
// from 0 over its value at 0,
//
//	M(p, q, a, b) = ∫_0^∞ (1+y/a)^-p (1+y/b)^-q dy
//
// and its partial derivatives, for a, b > 0, p, q ≥ 0 and p+q > 1. The likelihood of
// Schmittlein, Morrison and Colombo (1987) has to integrate it: with a = α+t and b = β+t,
// -p·log1p(t/α) - q·log1p(t/β) + ln M is the part that lies beyond t. It is a 2F1 that
// picks its transformation (DLMF 15.6.1, 15.8.1): with a ≥ b and z = 1 - b/a,
//
//	M = b/(p+q-1) · 2F1(1, p; p+q; z)
//	  = a/(p+q-1) · 2F1(1, q; p+q; z/(z-1))
//
// and the same with p and q, a and b exchanged where a < b.
//
// Log is exact to some 1e-15 of itself or absolutely, whichever is more. DP
// and DQ are exact to 1e-13 of the larger of themselves and 1/(p+q-1), DA to
// 1e-13 of 1/a and DB of 1/b.
//
// It returns false for arguments outside of the domain, for exponents above
// 1e100, for scales further apart than a factor of 1e100, and where no method
// converges, of which no case is known.
func LogMills(p, q, a, b float64) (Mills, bool) {
	var m moments
	if !m.find(p, q, a, b) {
		return Mills{}, false
	}
	t := Mills{Log: math.Log(m.mills), DP: -m.logA, DQ: -m.logB, DA: m.farA / a, DB: m.farB / b}
	return t, t.finite()
}

// LogMillsValue returns what [LogMills] returns as Log.
func LogMillsValue(p, q, a, b float64) (float64, bool) {
	m, ok := mills(p, q, a, b)
	v := math.Log(m)
	return v, ok && finite(v)
}

// finite is true unless the sum is not a number or infinite.
func finite(sum float64) bool { return 0*sum == 0 }

func (t *Mills) finite() bool { return finite(t.Log + t.DP + t.DQ + t.DA + t.DB) }

// moments are the Mills ratio and expectations over y ≥ 0 distributed with a
// density in proportion to (a+y)^-p (b+y)^-q.
type moments struct {
	mills      float64
	logA, logB float64 // E ln(1+y/a), E ln(1+y/b)
	farA, farB float64 // p·E[y/(a+y)], q·E[y/(b+y)]; their sum is 1
	nearB      float64 // q·E[b/(b+y)], where the fraction finds them
}

// find fills m and returns whether it could.
func (m *moments) find(p, q, a, b float64) bool {
	var g integrand
	if !g.set(p, q, a, b) {
		return false
	}
	ok := true
	switch {
	case g.seriesIsShort():
		m.sumSeries(&g)
	case g.fractionIsLong():
		ok = m.split(&g)
	default:
		ok = m.evaluateFraction(&g)
	}
	if a < b {
		m.logA, m.logB = m.logB, m.logA
		m.farA, m.farB = m.farB, m.farA
	}
	return ok
}

// mills returns the Mills ratio alone.
func mills(p, q, a, b float64) (float64, bool) {
	var g integrand
	switch {
	case !g.set(p, q, a, b):
		return 0, false
	case g.seriesIsShort():
		return g.series(), true
	case g.fractionIsLong():
		var m moments
		ok := m.split(&g)
		return m.mills, ok
	default:
		return g.fraction()
	}
}

// integrand is (a+y)^-p (b+y)^-q with a ≥ b.
type integrand struct {
	p, q, a, b float64
	c, d       float64 // p+q and p+q-1
	x, z       float64 // b/a and 1-b/a
}

const (
	maxExponent = 1e100 // squares of exponents do not overflow
	minRatio    = 1e-100
)

// set orders the arguments and returns whether they are in the domain.
func (g *integrand) set(p, q, a, b float64) bool {
	if a < b {
		p, q, a, b = q, p, b, a
	}
	c := p + q
	if !(p >= 0 && q >= 0 && c > 1 && c <= maxExponent && b > 0 && a <= math.MaxFloat64) {
		return false
	}
	// What the sum c lost matters to c-1 when c is near 1.
	v := c - p
	lost := (p - (c - v)) + (q - v)
	*g = integrand{p: p, q: q, a: a, b: b, c: c, d: (c - 1) + lost, x: b / a, z: (a - b) / a}
	return g.x >= minRatio
}

// seriesIsShort is true where the power series needs at most some 40 terms. Its
// terms have the ratio z·(p+n)/(p+q+n), which grows with n: the ratio at n = 16
// stands for all.
func (g *integrand) seriesIsShort() bool { return g.z*(g.p+16) <= 0.3*(g.c+16) }

// fractionIsLong is true where the continued fraction needs more than some 200
// steps, as it does for scales far apart unless an exponent is large. It takes
// 20/√x steps or 100/(x·c), whichever is less, and few when q is large.
func (g *integrand) fractionIsLong() bool { return g.x < 0.05 && g.x*g.c < 0.5 && g.q < 40 }
