package ltv

import (
	"fmt"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/special"
)

// The apparel retailer's customers, by CLVTools 0.12.1: its own maximum or better,
// and the formulas at its parameters.
func TestReferenceGGomNBD(t *testing.T) {
	var g apparelGolden
	golden(t, "apparel-odd/ggomnbd/peer", &g)
	ids, all, _ := apparel(t)
	h := new(Histories)
	for _, id := range ids {
		if err := h.Add(all[id], 1); err != nil {
			t.Fatal(err)
		}
	}
	fit, err := Fit(GGomNBD{}, h, FitConfig{})
	if err != nil {
		t.Fatal(err)
	}
	pareto := fittedTo(t, ParetoNBD{}, h, FitConfig{})
	if fit.LogLik < g.LL-1e-6 || fit.LogLik < pareto.LogLik-2e-6 {
		t.Errorf("log-likelihood %v; CLVTools has %v, the Pareto/NBD %v", fit.LogLik, g.LL, pareto.LogLik)
	}
	m := GGomNBD{g.Params["r"], g.Params["alpha"], g.Params["b"], g.Params["s"], g.Params["beta"]}
	for _, row := range g.Rows {
		o := given0(t, m, all[row.ID])
		near(t, row.ID+" P(alive)", o.Alive(), row.Alive, 1e-6)
		near(t, row.ID+" expected", must(o.Expected(52)), row.CET, 1e-5)
	}
}

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
				return math.Exp(ll + float64(x-1)*math.Log(at) - logGamma(float64(x)))
			}, 1e-12, age)
			if !ok {
				t.Fatal("no integral")
			}
			sum += area
		}
		near(t, fmt.Sprint(m, " sum"), sum, 1, 1e-8)
		o := given0(t, m, Summary{Frequency: 3, Recency: 20, T: 31})
		total, mean := 0.0, 0.0
		for n := range 150 {
			p := must(o.Probability(n, 10))
			total += p
			mean += float64(n) * p
		}
		near(t, fmt.Sprint(m, " probabilities"), total, 1, 1e-8)
		near(t, fmt.Sprint(m, " mean"), mean, must(o.Expected(10)), 1e-7)
	}
}

// Invariant: derivatives of both models' likelihoods are those of their values.
func TestGradientsOfOtherModels(t *testing.T) {
	h := compressed(t, simulated(t, ParetoNBD{0.6, 8, 0.6, 12}, 100, 20, 60, 1, 4))
	discrete := new(Histories)
	for _, s := range []Summary{{T: 6}, {Frequency: 2, Recency: 5, T: 6}, {Frequency: 4, Recency: 6, T: 6}, {Frequency: 1, Recency: 1, T: 5}} {
		if err := discrete.Add(s, 3); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		m Model
		h *Histories
	}{{GGomNBD{}, h}, {BGBB{}, discrete}} {
		lik, err := test.m.family().open(test.h, 1)
		if err != nil {
			t.Fatal(err)
		}
		n := len(test.m.family().names)
		logs, grad, spare := []float64{-0.5, 0.3, -0.2, 0.4, 0.1}[:n], make([]float64, n), make([]float64, n)
		lik.at(logs, grad)
		for i := range n {
			const step = 1e-5
			up, down := append([]float64{}, logs...), append([]float64{}, logs...)
			up[i] += step
			down[i] -= step
			if want := (lik.at(up, spare) - lik.at(down, spare)) / (2 * step); math.Abs(grad[i]-want) > 1e-5*(1+math.Abs(want)) {
				t.Errorf("%s: derivative %d is %v, differences say %v", test.m.Name(), i, grad[i], want)
			}
		}
	}
}
