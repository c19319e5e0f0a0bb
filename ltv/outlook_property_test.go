package ltv

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// drawModel draws a model of continuous time with parameters over six decades.
func drawModel(t *rapid.T) Model {
	param := func(name string) float64 { return math.Exp(rapid.Float64Range(-7, 7).Draw(t, name)) }
	p, q, r, s := param("p"), param("q"), param("r"), param("s")
	switch rapid.IntRange(0, 6).Draw(t, "model") {
	case 0:
		return NBD{p, q}
	case 1:
		return BGNBD{p, q, r, s}
	case 2:
		return MBGNBD{p, q, r, s}
	case 3:
		return ParetoNBD{p, q, r, s}
	case 4:
		return BGCNBD{rapid.IntRange(2, 4).Draw(t, "k"), p, q, r, s}
	case 5:
		return GGomNBD{p, q, param("b"), r, s}
	}
	return MBGCNBD{rapid.IntRange(2, 4).Draw(t, "k"), p, q, r, s}
}

// drawSummary draws a history.
func drawSummary(t *rapid.T) Summary {
	s := Summary{T: math.Exp(rapid.Float64Range(-5, 8).Draw(t, "T"))}
	if s.Frequency = rapid.IntRange(0, 300).Draw(t, "x"); s.Frequency > 0 {
		s.Recency = s.T * rapid.Float64Range(0.001, 1).Draw(t, "t_x/T")
	}
	return s
}

// Invariant: P(alive) is a probability and never rises with silence; and nothing
// is ever NaN.
func TestAliveNeverRisesWithSilence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, s := drawModel(t), drawSummary(t)
		before := 1.0
		for range 5 {
			o, err := m.Given(s)
			if err != nil {
				t.Fatal(err)
			}
			p := o.Alive()
			if !(p >= 0 && p <= before*(1+1e-9)) {
				t.Fatalf("%+v: P(alive) is %v at %+v, and was %v before", m, p, s, before)
			}
			ll, err := m.LogLik(s)
			if err != nil || math.IsNaN(ll) {
				t.Fatal(ll, err)
			}
			before = p
			s.T *= 1.7
		}
	})
}

// Invariant: expectations and P(alive) ahead are monotone in the horizon, and a
// discount lowers what is expected.
func TestExpectationGrowsWithTheHorizon(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, s := drawModel(t), drawSummary(t)
		o, err := m.Given(s)
		if err != nil {
			t.Fatal(err)
		}
		expected, alive := 0.0, o.Alive()
		for _, horizon := range []float64{0, 0.1, 1, 10, 100} {
			e, err := o.Expected(horizon)
			if err != nil {
				t.Fatalf("%+v %+v: %v", m, s, err)
			}
			a, err := o.AliveAt(horizon)
			if err != nil {
				t.Fatalf("%+v %+v: %v", m, s, err)
			}
			d, err := o.Discounted(horizon, 0.03)
			if err != nil {
				t.Fatalf("%+v %+v: %v", m, s, err)
			}
			if !(e >= expected*(1-1e-9)) || !(a <= alive*(1+1e-9)) || !(d <= e*(1+1e-9)) || !(d >= e*math.Exp(-0.03*horizon)*(1-1e-9)) {
				t.Fatalf("%+v %+v: at %v expected %v after %v, alive %v after %v, discounted %v", m, s, horizon, e, expected, a, alive, d)
			}
			expected, alive = e, a
		}
	})
}

// someModels and someHistories are ordinary.
var someModels = []Model{
	NBD{0.4, 12},
	BGNBD{0.243, 4.414, 0.793, 2.426},
	MBGNBD{0.525, 6.183, 0.891, 1.614},
	ParetoNBD{0.553, 10.578, 0.606, 11.669},
	BGCNBD{2, 0.359, 1.129, 0.523, 2.785},
	MBGCNBD{3, 1.329, 2.813, 0.425, 0.79},
	BGNBD{2, 4, 0, 1},
	ParetoNBD{2, 4, 0, 1},
	BGNBD{0.243, 4.414, 1, 2.426},
	ParetoNBD{0.553, 10.578, 1, 10.578},
}

var someHistories = []Summary{{}, {T: 30}, {Frequency: 1, Recency: 2, T: 30}, {Frequency: 7, Recency: 29, T: 31}}

// Invariant: the probabilities of n purchases add up to 1, and their mean is the
// expectation.
func TestProbabilitiesAddUp(t *testing.T) {
	for _, m := range someModels {
		for _, s := range someHistories {
			o := given0(t, m, s)
			sum, mean := 0.0, 0.0
			for n := range 400 {
				p, err := o.Probability(n, 20)
				if err != nil {
					t.Fatal(err)
				}
				sum += p
				mean += float64(n) * p
			}
			verify.Near(t, fmt.Sprint(m.Name(), m, s, " sum"), sum, 1, 1e-9)
			want, err := o.Expected(20)
			if err != nil {
				t.Fatal(err)
			}
			verify.Near(t, fmt.Sprint(m.Name(), m, s, " mean"), mean, want, 1e-8)
		}
	}
}

// Invariant: the likelihood integrates to 1 over all histories of one age. Those
// with x purchases, the last at t, have the volume t^(x-1)/(x-1)! of times of the
// others, and under regular buying gaps weigh t^(kx-1) Γ(k)^x/Γ(kx).
func TestLikelihoodIntegratesToOne(t *testing.T) {
	const age = 6.0
	for _, m := range someModels {
		k := 1
		switch m := m.(type) {
		case BGCNBD:
			k = m.K
		case MBGCNBD:
			k = m.K
		}
		none, err := m.LogLik(Summary{T: age})
		if err != nil {
			t.Fatal(err)
		}
		sum := math.Exp(none)
		for x := 1; x < 150; x++ {
			kx := float64(k * x)
			area, ok := special.Integrate(func(at float64) float64 {
				ll, err := m.LogLik(Summary{Frequency: x, Recency: at, T: age})
				if err != nil {
					t.Fatal(err)
				}
				return math.Exp(ll + (kx-1)*math.Log(at) - lgamma(kx) + float64(x)*lgamma(float64(k)))
			}, 1e-12, age)
			if !ok {
				t.Fatal("no integral")
			}
			sum += area
		}
		verify.Near(t, fmt.Sprint(m.Name(), m), sum, 1, 1e-9)
	}
}

// Invariant: what is expected of two adjacent horizons is what is expected of the
// first, and then, of the history as it will be, of the second. And simulated
// futures agree with formulas: P(alive) ahead, expectation, discounted number,
// probabilities.
func TestSimulationAgreesWithFormulas(t *testing.T) {
	const (
		first, second = 20.0, 30.0
		draws         = 20_000
		rate          = 0.02
	)
	for i, m := range someModels {
		for j, s := range someHistories {
			rng := rand.New(rand.NewPCG(uint64(i), uint64(j)))
			o := given0(t, m, s)
			var count, present, later mean
			var none mean
			for range draws {
				times, err := o.Simulate(first, rng)
				if err != nil {
					t.Fatal(err)
				}
				count.add(float64(len(times)))
				none.add(float64(verify.OneIf(len(times) == 0)))
				sum := 0.0
				for _, at := range times {
					sum += math.Exp(-rate * at)
				}
				present.add(sum)
				if count.n < 4_000 {
					e, err := given0(t, m, continued(s, times, first)).Expected(second)
					if err != nil {
						t.Fatal(err)
					}
					later.add(e)
				}
			}
			what := fmt.Sprint(m.Name(), m, s)
			count.check(t, what+" expected", valued(o.Expected(first)))
			none.check(t, what+" P(0)", valued(o.Probability(0, first)))
			present.check(t, what+" discounted", valued(o.Discounted(first, rate)))
			later.check(t, what+" second horizon", valued(o.Expected(first+second))-valued(o.Expected(first)))
		}
	}
}

// continued is a history with what happened in a time after it.
func continued(s Summary, times []float64, after float64) Summary {
	for _, at := range times {
		s.LogGaps += math.Log(s.T + at - s.Recency)
		s.Recency = s.T + at
		s.Frequency++
	}
	s.T += after
	return s
}

func valued(v float64, err error) float64 {
	if err != nil {
		return math.NaN()
	}
	return v
}

// mean is that of draws.
type mean struct{ n, sum, squares float64 }

func (m *mean) add(v float64) {
	m.n++
	m.sum += v
	m.squares += v * v
}

// check refuses a mean that is 4.5 standard errors off.
func (m *mean) check(t *testing.T, what string, want float64) {
	t.Helper()
	got := m.sum / m.n
	se := math.Sqrt(max(m.squares/m.n-got*got, 0)/m.n) + 1e-12
	if !(math.Abs(got-want) <= 4.5*se) {
		t.Errorf("%s: simulated %v ± %v, the formula gives %v", what, got, se, want)
	}
}
