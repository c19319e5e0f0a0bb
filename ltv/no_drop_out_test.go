package ltv

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// Invariant: where nobody drops out, the other parameter of dropping out has no meaning, and
// no answer depends on it.
func TestParameterWithoutMeaning(t *testing.T) {
	with := func(v float64) []Model {
		return []Model{
			BGNBD{0.3, 4, 0, v},
			MBGNBD{0.3, 4, 0, v},
			BGCNBD{2, 0.3, 4, 0, v},
			MBGCNBD{3, 0.3, 4, 0, v},
			BGBB{1, 2, 0, v},
			ParetoNBD{0.3, 4, 0, v},
			GGomNBD{0.3, 4, 0.1, 0, v},
		}
	}
	answers := func(m Model, s Summary) string {
		o := given0(t, m, s)
		purchase, dropOut, err := o.Posterior()
		return fmt.Sprint(o.Alive(), valued(m.LogLik(s)), valued(o.AliveAt(39)), valued(o.Expected(39)), valued(o.Expected(1e5)),
			valued(o.Discounted(math.Inf(1), 0.01)), valued(o.Discounted(500, 0.01)), valued(o.Probability(2, 39)),
			purchase, dropOut, err, verify.Must(o.Simulate(39, rand.NewPCG(1, 2))))
	}
	for _, s := range []Summary{{T: 30}, {Frequency: 5, Recency: 20, T: 30, LogGaps: 5}} {
		for i, plain := range with(1) {
			want := answers(plain, s)
			for _, v := range []float64{1e-300, 1e-100, 1e-16, 1e-12, 2, 1e12, 1e300} {
				m := with(v)[i]
				if got := answers(m, s); got != want {
					t.Errorf("%s: %v: %s, want %s", m.Name(), m, got, want)
				}
			}
		}
	}
}

// Where both parameters of dropping out are tiny, customers leave at the first chance or
// never.
func TestDropOutAtOneExtreme(t *testing.T) {
	for _, tiny := range []float64{1e-14, 1e-16, 1e-100, 1e-250} {
		for _, share := range []float64{1e-3, 1, 1e3} { // odds of leaving
			m := BGCNBD{2, 0.3, 4, share * tiny, tiny}
			stays := given0(t, BGCNBD{2, 0.3, 4, 0, 1}, Summary{T: 30})
			for _, horizon := range []float64{39, 1e6} {
				want := (valued(stays.Expected(horizon)) + share*(1-valued(stays.Probability(0, horizon)))) / (1 + share)
				got, err := given0(t, m, Summary{T: 30}).Expected(horizon)
				if err == nil {
					verify.Near(t, fmt.Sprint(m, " expected in ", horizon), got, want, 1e-8)
				} else if horizon < 1e6 {
					t.Error(m, err)
				}
			}
		}
	}
}
