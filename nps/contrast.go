package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
)

// contrast is a value, such as the difference of two scores, with its standard error. It has
// the distribution of Student's t, or the normal one where the degrees of freedom are +Inf.
type contrast struct{ value, stdErr, df float64 }

// contrast is the second score less the first, in which each group has the variance of its
// own; with AdjustedWelchTest the groups have the added customers already.
func (t Test) contrast(first, second composition) contrast {
	c := contrast{second.score - first.score, math.Hypot(first.stdErr(), second.stdErr()), math.Inf(1)}
	if t == AdjustedWelchTest {
		x, y := first.variance/first.n, second.variance/second.n
		c.df = (x + y) * (x + y) / (x*x/(first.n-1) + y*y/(second.n-1))
	}
	return c
}

// interval of the value.
func (c contrast) interval(level float64) clientele.Estimate {
	if math.IsInf(c.df, 1) {
		return interval.Normal(c.value, c.stdErr, level)
	}
	return interval.Student(c.value, c.stdErr, c.df, level)
}

// against are Z and P of the value with its standard error if it is 0.
func (c contrast) against(null float64) (z, p float64) {
	if !(null > 0) {
		return 0, 1
	}
	z = c.value / null
	if math.IsInf(c.df, 1) {
		return z, twoSided(z)
	}
	return z, special.StudentTail(z, c.df)
}

// comparison is that of two scores; the difference that was observed is another where
// customers were added.
func (c contrast) comparison(observed, level float64) (r Comparison) {
	r.Z, r.P = c.against(c.stdErr)
	r.Difference = withoutInterval(observed)
	if c.stdErr > 0 {
		r.Difference = inPoints(c.interval(level), observed, 2)
	}
	return r
}

// above is the probability of a deviate of z or more from 0.
func (c contrast) above(z float64) float64 {
	half := special.StudentTail(z, c.df) / 2
	if z < 0 {
		return 1 - half
	}
	return half
}

// twoSided is the probability of a normal deviate as far from 0 as z.
func twoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }
