package nps

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
	"gonum.org/v1/gonum/mathext"
)

// mirrored exchanges promoters and detractors, which turns the sign of the score.
func (d Dirichlet) mirrored() Dirichlet { return Dirichlet{d.Promoters, d.Passives, d.Detractors} }

// above is the probability that promoters less detractors, as shares, exceed x. The
// share s of those who are not passive has the beta distribution of Promoters +
// Detractors and Passives; independent of it, the share of detractors among them has
// that of Detractors and Promoters (Johnson & Kotz, Continuous Multivariate
// Distributions, 1972, section 40.5) and must be below (1-x/s)/2. Where s is less than
// |x|, the score is above x if and only if x is negative.
func (d Dirichlet) above(x float64) (p float64, ok bool) {
	switch {
	case x >= 1:
		return 0, true
	case x <= -1:
		return 1, true
	case x == 0:
		return mathext.RegIncBeta(d.Detractors, d.Promoters, 0.5), true
	}
	least := math.Abs(x)
	i := scoreIntegrand{Dirichlet: d, x: x, least: least, logRest: math.Log1p(-least), logBeta: special.LogBeta(d.Promoters+d.Detractors, d.Passives)}
	p, ok = i.integral()
	if x < 0 {
		p += mathext.RegIncBeta(d.Promoters+d.Detractors, d.Passives, least)
	}
	return min(p, 1), ok
}

// scoreIntegrand is a function of u, where s = |x| + (1-|x|)/(1+exp(-u)): all of the
// line is between the least s and 1, and the integrand decays exponentially to both
// sides.
type scoreIntegrand struct {
	Dirichlet
	x, least         float64
	logRest, logBeta float64
}

// log is the logarithm of the integrand.
func (i *scoreIntegrand) log(u float64) float64 {
	part := 1 / (1 + math.Exp(-u))
	logPart, logLeft := -special.Softplus(-u), i.logRest-special.Softplus(u)
	s := i.least + (1-i.least)*part
	below := (1 - i.least) * part / (2 * s) // (1-|x|/s)/2, with all its digits
	return (i.Promoters+i.Detractors-1)*math.Log(s) + i.Passives*logLeft + logPart - i.logBeta + i.logFew(below)
}

// logFew is the logarithm of the probability that detractors are few enough, from the
// one of two beta functions that has its digits: 1-below has none of a tiny below, and
// 1-many has none of what is tiny itself.
func (i *scoreIntegrand) logFew(below float64) float64 {
	if i.x > 0 {
		return math.Log(mathext.RegIncBeta(i.Detractors, i.Promoters, below))
	}
	if many := mathext.RegIncBeta(i.Promoters, i.Detractors, below); many < 0.99 {
		return math.Log1p(-many)
	}
	return math.Log(mathext.RegIncBeta(i.Detractors, i.Promoters, 1-below))
}

// integral sums the integrand by the trapezoidal rule in v, where u lies sinh(v) widths
// from its maximum. The sum converges exponentially in the number of terms, as the
// function is analytic and decays double exponentially: Takahasi & Mori, Double
// Exponential Formulas for Numerical Integration (1974).
func (i *scoreIntegrand) integral() (value float64, ok bool) {
	const (
		coarsest = 0.5
		halvings = 10
	)
	// The change by halving; the error that is left is about its square, and the rounding
	// of the logarithms.
	enough := 1e-10 + 1e-14*(i.Detractors+i.Passives+i.Promoters)
	peak := i.peak()
	width := i.width(peak)
	at := func(v float64) float64 {
		return math.Exp(i.log(peak+width*math.Sinh(v))) * width * math.Cosh(v)
	}
	sum, step := at(0)+sides(at, coarsest, coarsest), coarsest
	for range halvings {
		more := sides(at, step/2, step)
		last := sum * step
		sum, step = sum+more, step/2
		if math.Abs(sum*step-last) <= enough*last {
			return sum * step, true
		}
	}
	return 0, false
}

// sides sums a function from first on in steps, on both sides of 0, until terms are
// nothing beside the sum.
func sides(f func(float64) float64, first, step float64) float64 {
	sum := 0.0
	for _, sign := range []float64{1, -1} {
		for v := first; ; v += step {
			term := f(sign * v)
			sum += term
			if !(term > 1e-17*sum) {
				break
			}
		}
	}
	return sum
}

// peak is about where the integrand is greatest, by golden sections: to a small part of
// its width, which is at least that of a distribution of so many answers.
func (i *scoreIntegrand) peak() float64 {
	const golden = 0.6180339887498949
	lo, hi := -60., 60.
	near := 0.1 / math.Sqrt(1+i.Detractors+i.Passives+i.Promoters)
	a, b := hi-golden*(hi-lo), lo+golden*(hi-lo)
	atA, atB := i.log(a), i.log(b)
	for hi-lo > near {
		if atA > atB {
			hi, b, atB = b, a, atA
			a = hi - golden*(hi-lo)
			atA = i.log(a)
		} else {
			lo, a, atA = a, b, atB
			b = lo + golden*(hi-lo)
			atB = i.log(b)
		}
	}
	return (lo + hi) / 2
}

// width is how far from the peak the integrand has fallen by about 1/sqrt(e), as that of
// a normal density has at a standard deviation.
func (i *scoreIntegrand) width(peak float64) float64 {
	top := i.log(peak)
	w := 1.0
	for i.log(peak+w)-top > -0.5 && w < 1e9 {
		w *= 2
	}
	for i.log(peak+w)-top < -1 && w > 1e-9 {
		w /= 2
	}
	return w
}
