package ltv

import (
	"fmt"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// Purchases of a newcomer have the negative binomial distribution; a history of x
// purchases in T makes the rate Gamma(r+x, α+T).
func TestNBDClosedForm(t *testing.T) {
	m := NBD{0.385, 12.072}
	for _, s := range []Summary{{}, {T: 30}, {Frequency: 4, Recency: 25, T: 38}, {Frequency: 60, Recency: 38, T: 38}} {
		x := float64(s.Frequency)
		logLik := verify.Must(m.LogLik(s))
		verify.Near(t, fmt.Sprint("log-likelihood of ", s), logLik,
			lgamma(m.R+x)-lgamma(m.R)+m.R*math.Log(m.Alpha)-(m.R+x)*math.Log(m.Alpha+s.T), 1e-12)

		o := given0(t, m, s)
		if o.Alive() != 1 || valued(o.AliveAt(1000)) != 1 {
			t.Errorf("%v: somebody has left: %v", s, o.Alive())
		}
		r, alpha := m.R+x, m.Alpha+s.T
		for _, ahead := range []float64{0.5, 39, 520} {
			verify.Near(t, fmt.Sprint("expected of ", s), valued(o.Expected(ahead)), r*ahead/alpha, 1e-12)
			for n := range 5 {
				want := math.Exp(lgamma(r+float64(n)) - lgamma(r) - lgamma(float64(n)+1) +
					r*math.Log(alpha/(alpha+ahead)) + float64(n)*math.Log(ahead/(alpha+ahead)))
				verify.Near(t, fmt.Sprint("P(", n, ") of ", s), valued(o.Probability(n, ahead)), want, 1e-10)
			}
		}
	}
}

// lgamma is ln Γ(x) for x > 0.
func lgamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}
