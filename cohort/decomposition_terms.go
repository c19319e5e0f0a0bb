package cohort

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
)

// term is a term of a variance; a covariance may be negative. What is not known is NaN.
type term struct {
	variance float64
	wide     float64 // variance times the square of the quantile of Student's t
}

// times is the term of a number that moves by a factor, whose square is given.
func (t term) times(square float64) term {
	return term{product(square, t.variance), product(square, t.wide)}
}

// timesMoving is the term of a product beyond those of each factor while the other stays what
// it is: both move.
func (t term) timesMoving(o term) term {
	return term{product(t.variance, o.variance), product(t.wide, o.wide)}
}

func (t term) plus(o term) term  { return term{t.variance + o.variance, t.wide + o.wide} }
func (t term) minus(o term) term { return term{t.variance - o.variance, t.wide - o.wide} }

// chance has the quantiles of a level.
type chance struct{ level, z float64 }

func newChance(level float64) chance { return chance{level, special.NormalQuantile((1 + level) / 2)} }

// quantile is that of Student's t; NaN without degrees of freedom.
func (c chance) quantile(df float64) float64 {
	if !(df > 0) {
		return math.NaN()
	}
	return special.StudentQuantile((1+c.level)/2, df)
}

// of is the term of a variance whose quantile is t. A covariance that is negative takes away as
// little as if it were known from very many.
func (c chance) of(variance, t float64) term {
	if variance < 0 {
		t = min(t, c.z)
	}
	return term{variance, product(variance, t*t)}
}

// terms are all terms of a variance.
type terms []term

// estimate is a value with an interval; without one where a term is not known, or all cancel.
func (ts terms) estimate(value, level float64) clientele.Estimate {
	all := ts.together()
	if !(all.variance > 0 && all.wide > 0) {
		return interval.Bare(value)
	}
	half := math.Sqrt(all.wide)
	return ifFinite(clientele.Estimate{Value: value, StdErr: math.Sqrt(all.variance), Lo: value - half, Hi: value + half, Level: level})
}

// together is the sum, which is 0 where all terms cancel.
func (ts terms) together() (all term) {
	size := 0.0
	for _, t := range ts {
		all = all.plus(t)
		size += math.Abs(t.variance)
	}
	if all.variance <= 0x1p-40*size {
		all.variance = 0
	}
	return all
}
