package cohort

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
)

// term is the standard error of one term of a sum of independent terms.
type term struct{ stdErr, df float64 }

// terms are those of all terms. One that is not known is NaN.
type terms []term

// newTerms are those of a group's effect within: of its value before and after, each
// times the mean of the shares. A group in one period alone adds nothing to it.
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

// estimate is a sum with the interval of Student's t, with the degrees of freedom of
// Welch and Satterthwaite; without one where a doubt is not known or there is none.
func (d terms) estimate(value, level float64) clientele.Estimate {
	stdErr := 0.0
	for _, t := range d {
		stdErr = math.Hypot(stdErr, t.stdErr)
	}
	if !(stdErr > 0) {
		return bare(value)
	}
	inverse := 0.0
	for _, t := range d {
		if t.stdErr > 0 {
			variance := t.stdErr / stdErr * (t.stdErr / stdErr)
			inverse += variance * variance / t.df
		}
	}
	return ifFinite(interval.Student(value, stdErr, 1/inverse, level))
}
