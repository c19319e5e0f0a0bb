package cohort

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
)

// term is one term of a sum of independent terms, by its standard error.
type term struct{ stdErr, df float64 }

// terms are all terms of a sum. A standard error that is not known is NaN.
type terms []term

// newTerms are the two terms of a group's effect within: its value before and its value
// after, each times the mean of the shares. A group that is in only one period adds
// nothing.
func newTerms(before, after *Part, share float64) terms {
	if before == nil || after == nil {
		return terms{{}, {}}
	}
	return terms{before.term(share), after.term(share)}
}

func (p *Part) term(share float64) term {
	if p.StdErr == 0 || p.Customers < 2 {
		return term{stdErr: math.NaN()}
	}
	return term{share * p.StdErr, float64(p.Customers - 1)}
}

// estimate is the sum with the interval of Student's t, with the degrees of freedom of
// Welch and Satterthwaite; without an interval where a standard error is not known, or
// all are 0.
func (ts terms) estimate(value, level float64) clientele.Estimate {
	stdErr := 0.0
	for _, t := range ts {
		stdErr = math.Hypot(stdErr, t.stdErr)
	}
	if !(stdErr > 0) {
		return interval.Bare(value)
	}
	inverse := 0.0
	for _, t := range ts {
		if t.stdErr > 0 {
			variance := t.stdErr / stdErr * (t.stdErr / stdErr)
			inverse += variance * variance / t.df
		}
	}
	return ifFinite(interval.Student(value, stdErr, 1/inverse, level))
}
