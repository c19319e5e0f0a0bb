package special

import "math"

// Tail is the logarithm of an integral with exponents p, q and scales a, b,
// and its partial derivatives in them.
type Tail struct{ Log, DP, DQ, DA, DB float64 }

// LogTail returns the logarithm of
//
//	I(p, q, a, b) = ∫_0^∞ (a+y)^-p (b+y)^-q dy
//
// and its partial derivatives, for a, b > 0, p, q ≥ 0 and p+q > 1. It is what
// the likelihood of Schmittlein, Morrison and Colombo (1987) has to integrate,
// and a 2F1 that picks its transformation (DLMF 15.6.1, 15.8.1): with a ≥ b and
// z = 1 - b/a,
//
//	I = a^-p b^(1-q)/(p+q-1) · 2F1(1, p; p+q; z)
//	  = a^(1-p) b^-q/(p+q-1) · 2F1(1, q; p+q; z/(z-1))
//
// and the same with p and q, a and b exchanged where a < b.
//
// Log is exact to some 1e-15 of the largest of |p·ln a|, |q·ln b| and 1; where
// that is too coarse, because p or q is huge, see [LogMills]. DP and DQ are
// exact to 1e-12 of the larger of themselves and |ln a| or |ln b|, DA and DB to
// 1e-12 of themselves.
//
// It returns false for arguments outside of the domain, for exponents above
// 1e100, for scales further apart than a factor of 1e100, and where no method
// converges, of which no case is known.
func LogTail(p, q, a, b float64) (Tail, bool) {
	var m moments
	if !m.find(p, q, a, b) {
		return Tail{}, false
	}
	logA, logB := math.Log(a), math.Log(b)
	t := Tail{
		Log: math.Log(m.mills) - p*logA - q*logB,
		DP:  -logA - m.logA,
		DQ:  -logB - m.logB,
		DA:  -m.nearA / a,
		DB:  -m.nearB / b,
	}
	return t, t.finite()
}

// LogMills returns the logarithm of the Mills ratio of the integrand of
// [LogTail], its integral from 0 over its value at 0,
//
//	M(p, q, a, b) = ∫_0^∞ (1+y/a)^-p (1+y/b)^-q dy
//
// and its partial derivatives. A likelihood that also holds α^p and β^q, with
// a = α+t and b = β+t, loses no digits as -p·log1p(t/α) - q·log1p(t/β) + ln M,
// and many as p·ln α + q·ln β + ln I when p or q is large.
//
// Log is exact to some 1e-15 of itself or absolutely, whichever is more. DP
// and DQ are exact to 1e-13 of the larger of themselves and 1/(p+q-1), DA to
// 1e-13 of 1/a and DB of 1/b. It returns false where [LogTail] does.
func LogMills(p, q, a, b float64) (Tail, bool) {
	var m moments
	if !m.find(p, q, a, b) {
		return Tail{}, false
	}
	t := Tail{Log: math.Log(m.mills), DP: -m.logA, DQ: -m.logB, DA: m.farA / a, DB: m.farB / b}
	return t, t.finite()
}

// LogTailValue returns what [LogTail] returns as Log.
func LogTailValue(p, q, a, b float64) (float64, bool) {
	m, ok := mills(p, q, a, b)
	v := math.Log(m) - p*math.Log(a) - q*math.Log(b)
	return v, ok && finite(v)
}

// LogMillsValue returns what [LogMills] returns as Log.
func LogMillsValue(p, q, a, b float64) (float64, bool) {
	m, ok := mills(p, q, a, b)
	v := math.Log(m)
	return v, ok && finite(v)
}

// finite is true unless the sum is not a number or infinite.
func finite(sum float64) bool { return 0*sum == 0 }

func (t *Tail) finite() bool { return finite(t.Log + t.DP + t.DQ + t.DA + t.DB) }

// moments are the Mills ratio and expectations over y ≥ 0 distributed with a
// density in proportion to (a+y)^-p (b+y)^-q.
type moments struct {
	mills        float64
	logA, logB   float64 // E ln(1+y/a), E ln(1+y/b)
	nearA, nearB float64 // p·E[a/(a+y)], q·E[b/(b+y)]; their sum is p+q-1
	farA, farB   float64 // p·E[y/(a+y)], q·E[y/(b+y)]; their sum is 1
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
		m.nearA, m.nearB = m.nearB, m.nearA
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
