package ltv

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// Integrals over the drop-out probability agree with the sums over ticks that they
// stand in for, whose terms are positive.
func TestManyTicksAgainstSums(t *testing.T) {
	const ticks = 600
	histories := []Summary{{}, {T: 0.3}, {Frequency: 3, Recency: 0.2, T: 0.3}}
	for _, k := range []int{1, 2, 3, 8} {
		for i, r := range []float64{0.05, 0.7, 20, 1500, 1e5} {
			for _, a := range []float64{1e-6, 0.3, 1, 1000} {
				for j, b := range []float64{0.01, 1, 1e4} {
					s := histories[(i+j)%len(histories)]
					m := betaGeo{r: r, alpha: 1, a: a, b: b, k: k, zero: s.Frequency == 0}
					at := ticks / m.shape(s) * (m.alpha + s.T)
					many := m.manyAt(s, at)
					stays, mean := m.ahead(s, at)
					verify.Near(t, fmt.Sprintf("%+v %+v: stays", m, s), many.stays(m.a, m.stayed(s)), stays, 2e-11)
					verify.Near(t, fmt.Sprintf("%+v %+v: mean", m, s), many.mean(m.a, m.stayed(s)), mean, 2e-11)
				}
			}
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
	verify.Near(t, "expected", valued(o.Expected(100)), 9.5403723851966233e-54, 1e-9)
	verify.Near(t, "discounted", valued(o.Discounted(100, 0.03)), 8.24404568454946e-54, 1e-9)
}

// The work does not grow with the number of ticks, and nobody who cannot drop out does.
func TestTicksWithoutEnd(t *testing.T) {
	for _, k := range []int{2, 5} {
		for _, r := range []float64{0.01, 3, 1e6} {
			for _, at := range []float64{1e9, 1e30} {
				m := betaGeo{r: r, alpha: 1e-3, b: 1, k: k}
				even := r*at/1e-3/float64(k) - float64(k-1)/2/float64(k)
				verify.Near(t, "purchases", m.expected(Summary{}, at), even, 1e-9)
				verify.Near(t, "staying", m.stays(Summary{}, at), 1, 0)
				m.a, m.b = 2, 1e30
				if p := m.stays(Summary{}, 1e6/r); !(p > 1-1e-12 && p <= 1) {
					t.Errorf("of those who hardly drop out %v stay", p)
				}
			}
		}
	}
}

// Nor can a future be so full that it never ends.
func TestFullFutures(t *testing.T) {
	for _, m := range []Model{NBD{1e9, 1e-9}, BGNBD{1e9, 1e-9, 0, 1}, ParetoNBD{1e9, 1e-9, 1, 1e9}} {
		o := given0(t, m, Summary{})
		if times, err := o.Simulate(1e9, rand.NewPCG(1, 2)); !errors.Is(err, ErrInaccurate) || times != nil {
			t.Errorf("%s: %d purchases, %v", m.Name(), len(times), err)
		}
		if _, err := o.Probability(math.MaxInt, 1e9); err != nil && !errors.Is(err, ErrInaccurate) {
			t.Errorf("%s: %v", m.Name(), err)
		}
	}
}
