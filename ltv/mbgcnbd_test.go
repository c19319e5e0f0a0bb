package ltv

import (
	"fmt"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// With one tick a purchase it is the MBG/NBD.
func TestMBGCNBDOfOneTick(t *testing.T) {
	one, plain := MBGCNBD{1, 0.525, 6.183, 0.891, 1.614}, MBGNBD{0.525, 6.183, 0.891, 1.614}
	for _, s := range []Summary{{}, {T: 30}, {Frequency: 4, Recency: 25, T: 38}, {Frequency: 60, Recency: 38, T: 38}} {
		verify.Near(t, fmt.Sprint("log-likelihood of ", s), verify.Must(one.LogLik(s)), verify.Must(plain.LogLik(s)), 1e-12)
		got, want := given0(t, one, s), given0(t, plain, s)
		verify.Near(t, fmt.Sprint("P(alive) of ", s), got.Alive(), want.Alive(), 1e-12)
		verify.Near(t, fmt.Sprint("expected of ", s), valued(got.Expected(52)), valued(want.Expected(52)), 1e-10)
		verify.Near(t, fmt.Sprint("P(2) of ", s), valued(got.Probability(2, 52)), valued(want.Probability(2, 52)), 1e-9)
	}
}

// The probability to be alive is the living part of the likelihood, term by term.
func TestMBGCNBDAlive(t *testing.T) {
	for k := 1; k <= 5; k++ {
		m := MBGCNBD{k, 0.9, 7.5, 0.4, 1.8}
		for _, s := range []Summary{{}, {T: 30}, {Frequency: 1, Recency: 9, T: 20}, {Frequency: 7, Recency: 25, T: 38}, {Frequency: 7, Recency: 38, T: 38}} {
			x, ticks := float64(s.Frequency), m.R+float64(k*s.Frequency)
			living := 0.0
			for j := range k {
				at := float64(j)
				living += math.Exp(lgamma(ticks+at)-lgamma(ticks)-lgamma(at+1)-(ticks+at)*math.Log(m.Alpha+s.T)) *
					math.Pow(s.T-s.Recency, at)
			}
			gone := m.A / (m.B + x) * math.Pow(m.Alpha+s.Recency, -ticks)
			verify.Near(t, fmt.Sprintf("P(alive) of %v, k = %d", s, k), given0(t, m, s).Alive(), living/(living+gone), 1e-12)
		}
	}
}

// Millions of ticks, against integrals with 25 digits (by mpmath): these took minutes
// as sums.
func TestMillionsOfTicks(t *testing.T) {
	m := MBGCNBD{2, math.Float64frombits(0x4081c7680372186f), math.Float64frombits(0x3f76cfd64530d441), math.Float64frombits(0x3feffffffffffffe), math.Float64frombits(0x3fa97db0ccceb0af)}
	o := given0(t, m, Summary{Frequency: 9, Recency: math.Float64frombits(0x3f7150a92b67b1ec), T: math.Float64frombits(0x3f7b993fe00d5376)})
	verify.Near(t, "P(alive)", o.Alive(), 7.6382659498156555e-56, 1e-9)
	verify.Near(t, "P(alive) ahead", valued(o.AliveAt(100)), 3.2193174139610234e-61, 1e-9)
	verify.Near(t, "expected", valued(o.Expected(100)), 9.5403713809724951e-54, 1e-9)
	verify.Near(t, "discounted", valued(o.Discounted(100, 0.03)), 8.24404568454946e-54, 1e-9)
}
