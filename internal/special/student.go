package special

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// manyDegrees of freedom are so many that the expansion about the normal
// distribution is exact, and that of the beta function loses digits.
const manyDegrees = 1e6

// StudentTail is the probability that |t| of Student's distribution with df > 0
// degrees of freedom is at least |t|.
func StudentTail(t, df float64) float64 { return math.Exp(logStudentTail(t, df)) }

// logStudentTail is the logarithm of I_x(df/2, 1/2), the regularised incomplete beta
// function (DLMF 8.17), at x = df/(df+t²).
func logStudentTail(t, df float64) float64 {
	if t == 0 {
		return 0
	}
	if df > manyDegrees {
		if math.Abs(t) > 1e10 { // e^-10^7 and less
			return math.Inf(-1)
		}
		return math.Log(math.Erfc(normalOfStudent(math.Abs(t), df) / math.Sqrt2))
	}
	a, u := df/2, t*t/df
	if math.IsInf(u, 1) { // t^-df, but for a factor
		return df*(math.Log(df)/2-math.Log(math.Abs(t))) - math.Log(a) - LogBeta(a, 0.5)
	}
	front := -(a+0.5)*math.Log1p(u) + math.Log(u)/2 - LogBeta(a, 0.5)
	if t*t > 3 {
		return front + math.Log(betaFraction(a, 0.5, 1/(1+u))/a)
	}
	return math.Log1p(-2 * math.Exp(front) * betaFraction(0.5, a, u/(1+u)))
}

// normalOfStudent is the normal deviate with the tail of t: Fisher (1925), inverting
// Abramowitz & Stegun 26.7.5.
func normalOfStudent(t, df float64) float64 {
	s := t * t
	return t - t*(s+1)/(4*df) + t*(3+s*(8+13*s))/(96*df*df)
}

// StudentQuantile is the quantile of Student's t distribution with df > 0 degrees
// of freedom for a probability between 0 and 1: Newton's method on the logarithm of
// the tail, or the expansion about the normal quantile where that is exact.
func StudentQuantile(p, df float64) float64 {
	tail := 2 * min(p, 1-p)
	if tail == 1 {
		return 0
	}
	t, exact := studentStart(tail, df)
	for range 50 {
		if exact {
			break
		}
		log := logStudentTail(t, df)
		density := math.Exp(-(df+1)/2*math.Log1p(t*t/df)-LogBeta(df/2, 0.5)-log) * 2 / math.Sqrt(df) // of |t|, over the tail
		step := (log - math.Log(tail)) / density
		t = max(t+step, t/2)
		exact = math.Abs(step) <= 1e-8*t // what is left is about the square
	}
	return math.Copysign(t, p-0.5)
}

// studentStart is near the quantile of |t|. Where there are many degrees of freedom it
// is the expansion of Fisher & Cornish, The Percentile Points of Distributions Having
// Known Cumulants, Technometrics 2 (1960), as in Abramowitz & Stegun 26.7.5, which is
// exact to rounding from 60(1+z²) on.
func studentStart(tail, df float64) (t float64, exact bool) {
	z := -NormalQuantile(tail / 2)
	s, d := z*z, 1/df
	if df < 1+s {
		x := mathext.InvRegIncBeta(df/2, 0.5, tail)
		return math.Sqrt(df * (1 - x) / x), false
	}
	terms := [...]float64{
		(s + 1) / 4,
		((5*s+16)*s + 3) / 96,
		(((3*s+19)*s+17)*s - 15) / 384,
		((((79*s+776)*s+1482)*s-1920)*s - 945) / 92160,
		(((((27*s+339)*s+930)*s-1782)*s-765)*s + 17955) / 368640,
	}
	sum := 0.0
	for _, term := range slices.Backward(terms[:]) {
		sum = (sum + term) * d
	}
	return z + z*sum, df > 60*(1+s)
}
