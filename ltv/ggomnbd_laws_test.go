package ltv

import (
	"fmt"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/internal/verify"
)

var someGGoms = []GGomNBD{{0.55, 10.6, 0.02, 0.6, 0.3}, {2, 5, 0.5, 0.8, 40}, {0.9, 8, 1e-4, 0.7, 0.0015}, {1.5, 9, 0.1, 0, 1}}

// Invariant: the likelihood integrates to 1 over all histories of one age, and the
// probabilities of n purchases add up to 1 and have the mean that is expected.
func TestGGomNBDAddsUp(t *testing.T) {
	const age = 6.0
	for _, m := range someGGoms {
		none, err := m.LogLik(Summary{T: age})
		if err != nil {
			t.Fatal(err)
		}
		sum := math.Exp(none)
		for x := 1; x < 60; x++ {
			area, ok := special.Integrate(func(at float64) float64 {
				ll, err := m.LogLik(Summary{Frequency: x, Recency: at, T: age})
				if err != nil {
					t.Fatal(err)
				}
				return math.Exp(ll + float64(x-1)*math.Log(at) - lgamma(float64(x)))
			}, 1e-12, age)
			if !ok {
				t.Fatal("no integral")
			}
			sum += area
		}
		verify.Near(t, fmt.Sprint(m, " sum"), sum, 1, 1e-8)
		o := given0(t, m, Summary{Frequency: 3, Recency: 20, T: 31})
		total, mean := 0.0, 0.0
		for n := range 150 {
			p := valued(o.Probability(n, 10))
			total += p
			mean += float64(n) * p
		}
		verify.Near(t, fmt.Sprint(m, " probabilities"), total, 1, 1e-8)
		verify.Near(t, fmt.Sprint(m, " mean"), mean, valued(o.Expected(10)), 1e-7)
	}
}

// Invariant: derivatives of both models' likelihoods are those of their values.
func TestGradientsOfOtherModels(t *testing.T) {
	h := compressed(t, simulated(t, ParetoNBD{0.6, 8, 0.6, 12}, 100, 20, 60, 1, 4))
	discrete := new(Sample)
	for _, s := range []Summary{{T: 6}, {Frequency: 2, Recency: 5, T: 6}, {Frequency: 4, Recency: 6, T: 6}, {Frequency: 1, Recency: 1, T: 5}} {
		if err := discrete.Add(s, 3); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		m Model
		h *Sample
	}{{GGomNBD{}, h}, {BGBB{}, discrete}} {
		lik, err := test.m.family().prepare(test.h, 1)
		if err != nil {
			t.Fatal(err)
		}
		n := len(test.m.family().Names)
		logs, grad, spare := []float64{-0.5, 0.3, -0.2, 0.4, 0.1}[:n], make([]float64, n), make([]float64, n)
		lik.At(logs, grad)
		for i := range n {
			const step = 1e-5
			up, down := append([]float64{}, logs...), append([]float64{}, logs...)
			up[i] += step
			down[i] -= step
			if want := (lik.At(up, spare) - lik.At(down, spare)) / (2 * step); math.Abs(grad[i]-want) > 1e-5*(1+math.Abs(want)) {
				t.Errorf("%s: derivative %d is %v, differences say %v", test.m.Name(), i, grad[i], want)
			}
		}
	}
}
