package kernel

import (
	"fmt"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// The sum over ticks holds for any k, so for k = 1 it must give what the closed
// forms give.
func TestTicksAgreeWithClosedForm(t *testing.T) {
	for _, m := range []BetaGeometric{
		{0.243, 4.414, 0.793, 2.426, 1, false},
		{0.525, 6.183, 0.891, 1.614, 1, true},
		{5, 1, 1, 0.3, 1, true},
		{0.2, 4, 0, 1, 1, false},
	} {
		for _, s := range []Summary{{}, {Frequency: 2, Recency: 30, T: 38}, {Frequency: 300, Recency: 38, T: 38.8}} {
			_, mean := m.ahead(s, 52)
			verify.Near(t, fmt.Sprint(m, s), mean, m.Expected(s, 52), 1e-10)
		}
	}
}

// The discounted purchases of all time are those of a very long time.
func TestPresentIsTheLimitOfDiscounted(t *testing.T) {
	const rate = 0.02
	for _, m := range []BetaGeometric{
		{0.243, 4.414, 0.793, 2.426, 1, false},
		{0.1, 4.414, 0.3, 0.2, 1, false},
		{0.525, 6.183, 0.891, 1.614, 1, true},
		{5, 1, 0, 0.3, 1, true},
		{1.3, 2.8, 0.4, 0.8, 3, true},
		{0.36, 1.13, 0.52, 2.8, 2, false},
	} {
		for _, s := range []Summary{{}, {Frequency: 2, Recency: 30, T: 38}, {Frequency: 60, Recency: 38, T: 38.8}} {
			long := discountCurve(func(u float64) float64 { return m.Expected(s, u) }, worthless/rate, rate)
			verify.Near(t, fmt.Sprint(m, s), m.Discounted(s, math.Inf(1), rate), long, 1e-10)
		}
	}
}

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
					m := BetaGeometric{R: r, Alpha: 1, A: a, B: b, K: k, First: s.Frequency == 0}
					at := ticks / m.shape(s) * (m.Alpha + s.T)
					many := m.ticks(s, at)
					stays, mean := m.ahead(s, at)
					verify.Near(t, fmt.Sprintf("%+v %+v: stays", m, s), many.stays(m.A, m.stayed(s)), stays, 2e-11)
					verify.Near(t, fmt.Sprintf("%+v %+v: mean", m, s), many.mean(m.A, m.stayed(s)), mean, 2e-11)
				}
			}
		}
	}
}

// The work does not grow with the number of ticks, and nobody who cannot drop out does.
func TestTicksWithoutEnd(t *testing.T) {
	for _, k := range []int{2, 5} {
		for _, r := range []float64{0.01, 3, 1e6} {
			for _, at := range []float64{1e9, 1e30} {
				m := BetaGeometric{R: r, Alpha: 1e-3, B: 1, K: k}
				even := r*at/1e-3/float64(k) - float64(k-1)/2/float64(k)
				verify.Near(t, "purchases", m.Expected(Summary{}, at), even, 1e-9)
				verify.Near(t, "staying", m.Stays(Summary{}, at), 1, 0)
				m.A, m.B = 2, 1e30
				if p := m.Stays(Summary{}, 1e6/r); !(p > 1-1e-12 && p <= 1) {
					t.Errorf("of those who hardly drop out %v stay", p)
				}
			}
		}
	}
}

// Invariant: the weights of the phases add up to 1, also where their sum is no float: the
// chance to be alive and the discounted future are then not those of one phase.
func TestPhasesBeyondFloats(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	for _, c := range []struct {
		m BetaGeometric
		s Summary
	}{
		{BetaGeometric{R: 0.9, Alpha: 0.1, A: 100, B: 0.95, K: 1000}, Summary{Frequency: 831, Recency: 1.06, T: 2}},
		{BetaGeometric{R: 1e300, Alpha: 1, A: 3, B: 1e300, K: 4}, Summary{Frequency: 17, Recency: 8e99, T: 1e100}},
		{BetaGeometric{R: 0.5, Alpha: 9, A: 1, B: 2, K: 3}, Summary{Frequency: 2, Recency: 30, T: 38}},
	} {
		all, sum := c.m.phases(c.s), 0.0
		for j := range c.m.K {
			sum += math.Exp(c.m.phase(c.s, j) - all)
		}
		verify.Near(t, fmt.Sprintf("%+v: sum of weights", c.m), sum, 1, 1e-9)
		if alive := c.m.Alive(c.s); !(alive >= 0 && alive <= 1) {
			t.Errorf("%+v: alive %v", c.m, alive)
		}
		if got := c.m.ticks(c.s, 1).weights; len(got) == 0 {
			t.Errorf("%+v: no phase has a weight", c.m)
		}
	}
}
