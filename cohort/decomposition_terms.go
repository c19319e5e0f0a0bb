package cohort

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
)

// term is a term of a variance, with its degrees of freedom; a covariance may be negative.
type term struct{ variance, df float64 }

// terms are all terms of a variance. One that is not known is NaN.
type terms []term

// estimate is a value with the interval of Student's t, with the degrees of freedom of Welch
// and Satterthwaite; without an interval where a term is not known, or all cancel.
func (ts terms) estimate(value, level float64) clientele.Estimate {
	all := ts.together()
	if !(all.variance > 0 && all.df > 0) {
		return interval.Bare(value)
	}
	return ifFinite(interval.Student(value, math.Sqrt(all.variance), all.df, level))
}

// together is the sum, with its degrees of freedom, of which covariances that are negative do
// not take away; the sum is 0 where all terms cancel.
func (ts terms) together() (all term) {
	size := 0.0
	for _, t := range ts {
		all.variance += t.variance
		size += math.Abs(t.variance)
	}
	inverse := 0.0
	for _, t := range ts {
		if t.variance != 0 {
			inverse += t.variance / size * (t.variance / size) / t.df
		}
	}
	all.df = 1 / inverse
	if all.variance <= 0x1p-40*size {
		all.variance = 0
	}
	return all
}
