package ltv

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

var extremeCases = flag.Int("extremes", 150, "random cases of each test of extreme parameters and data")

// wild draws numbers at and near the ends of what parameters, times and money may be.
type wild struct {
	*rand.Rand
	numbers []float64
}

func newWild(seed uint64, numbers []float64) wild {
	return wild{rand.New(rand.NewPCG(seed, 15)), numbers}
}

var extremes = []float64{math.SmallestNonzeroFloat64, 1e-300, 1e-100, 1e-9, 0.5, 1, 7, 1e9, 1e15, 1e100, 1e300, math.MaxFloat64}

func (w wild) number() float64 { return w.numbers[w.IntN(len(w.numbers))] }

func (w wild) count() int { return []int{0, 1, 2, 100, 1 << 20, 1 << 30}[w.IntN(6)] }

// model draws a model of any kind.
func (w wild) model() Model {
	p, q, r, s, k := w.number(), w.number(), w.number(), w.number(), []int{1, 2, 30}[w.IntN(3)]
	return []Model{
		NBD{p, q},
		BGNBD{p, q, r, s},
		MBGNBD{p, q, r, s},
		BGCNBD{k, p, q, r, s},
		MBGCNBD{k, p, q, r, s},
		ParetoNBD{p, q, r, s},
		GGomNBD{p, q, r, s, w.number()},
		BGBB{p, q, r, s},
	}[w.IntN(8)]
}

// horizon draws one that the model knows.
func (w wild) horizon(m Model) float64 {
	if _, whole := m.(BGBB); whole {
		return []float64{1, 100, 1 << 20}[w.IntN(3)]
	}
	return w.number()
}

// summary draws one that models accept, with whole numbers or without.
func (w wild) summary() Summary {
	s := Summary{T: w.number()}
	switch w.IntN(4) {
	case 0:
		return s
	case 1:
		s.T = []float64{1, 50, 1 << 20}[w.IntN(3)]
		s.Frequency = min(w.count(), int(s.T))
		s.Recency = float64(s.Frequency)
	default:
		s.Frequency = min(max(1, w.count()), maxFrequency)
		if s.Recency = s.T * []float64{1, 0.5, 1e-9}[w.IntN(3)]; s.Recency == 0 {
			s.Recency = s.T
		}
	}
	if s.Frequency > 0 {
		s.LogGaps = []float64{0, -700, 700}[w.IntN(3)] * float64(s.Frequency)
		s.Monetary = w.number()
	}
	return s
}

// answers is what came of a call, where it came without an error.
type answers struct {
	t   *testing.T
	of  string // what was asked
	any bool   // something was answered
}

// of checks that an answer without an error has only numbers.
func (a *answers) check(name string, value any, err error) {
	if err == nil {
		a.any = true
		verify.Finite(a.t, name+a.of, value)
	}
}

// Invariant: whatever the parameters, the history and the question, a model answers with
// numbers or an error.
func TestExtremeModels(t *testing.T) {
	w := newWild(1, extremes)
	answered := 0
	for range *extremeCases {
		m, s := w.model(), w.summary()
		h, rate, n := w.horizon(m), w.number(), w.count()
		a := answers{t: t, of: fmt.Sprintf(" of %T%+v, %+v, horizon %v, rate %v, n %v", m, m, s, h, rate, n)}
		logLik, err := m.LogLik(s)
		a.check("LogLik", logLik, err)
		o, err := m.Given(s)
		if err != nil {
			continue
		}
		a.check("Alive", o.Alive(), nil)
		for name, ask := range map[string]func() (float64, error){
			"AliveAt":    func() (float64, error) { return o.AliveAt(h) },
			"Expected":   func() (float64, error) { return o.Expected(h) },
			"Discounted": func() (float64, error) { return o.Discounted(h, rate) },
			"DERT":       func() (float64, error) { return o.Discounted(inf, rate) },
			"Chance":     func() (float64, error) { return o.Probability(n, h) },
		} {
			v, err := ask()
			a.check(name, v, err)
		}
		purchase, dropOut, err := o.Posterior()
		a.check("Posterior", []float64{purchase, dropOut}, err)
		times, err := o.Simulate(h, w)
		a.check("Simulate", times, err)
		held := Observed{Summary: s, Holdout: Holdout{T: h, Frequency: min(n, maxFrequency)}}
		v, err := Validate(m, slices.All([]Observed{held, {Holdout: Holdout{T: h}}, {Summary: Summary{T: 1}, Holdout: Holdout{T: h, Frequency: 1}}}), ValidateConfig{})
		a.check("Validate", v, err)
		tr, err := Track(m, compressed(t, []Summary{s, {}}), TrackConfig{Step: Units(h), Until: Units(min(3*h, math.MaxFloat64))})
		a.check("Track", tr, err)
		answered += verify.OneIf(a.any)
	}
	if answered < *extremeCases/3 {
		t.Errorf("%d of %d cases were answered: too few say anything", answered, *extremeCases)
	}
}

// Invariant: whatever the parameters of spend, the history and the question, GammaGamma
// answers with numbers or an error.
func TestExtremeSpend(t *testing.T) {
	w := newWild(2, extremes)
	for range 10 * *extremeCases {
		m, s, prob := GammaGamma{w.number(), w.number(), w.number()}, w.summary(), []float64{1e-300, 1e-9, 0.5, 1 - 0x1p-53}[w.IntN(4)]
		a := answers{t: t, of: fmt.Sprintf(" of %+v, %+v, probability %v", m, s, prob)}
		logLik, err := m.LogLik(s)
		a.check("LogLik", logLik, err)
		mean, err := m.Mean(s)
		a.check("Mean", mean, err)
		mean, sd, err := m.Posterior(s)
		a.check("Posterior", []float64{mean, sd}, err)
		q, err := m.Quantile(s, prob)
		a.check("Quantile", q, err)
	}
}

// Invariant: whatever the parameters and the histories, forecasts, their intervals and
// equity are numbers or an error.
func TestExtremeForecasts(t *testing.T) {
	w := newWild(3, []float64{1e-100, 1e-9, 0.1, 0.5, 1, 7, 100, 1e9, 1e15})
	for range *extremeCases / 5 {
		m, spend := w.model(), GammaGamma{w.number(), w.number(), w.number()}
		base := []Summary{w.summary(), w.summary(), {}}
		discount := Discount{Rate: w.number(), Per: Units(w.number())}
		cfg := ForecastConfig{Horizon: Units(w.horizon(m)), Intervals: true, Draws: 100, Source: w}
		a := answers{t: t, of: fmt.Sprintf(" of %T%+v, %+v, %+v, %+v", m, m, spend, base, cfg)}
		f, err := NewForecaster(Fixed(m), Fixed(spend), cfg)
		if err != nil {
			continue
		}
		for _, s := range base {
			one, err := f.One(s)
			a.check("One", one, err)
			one, err = f.Quick().One(s)
			a.check("Quick", one, err)
		}
		newcomer, err := f.Newcomer(w.number())
		a.check("Newcomer", newcomer, err)
		e, err := NewEquity(f.Quick(), slices.All(base), nil)
		a.check("NewEquity", e, err)
		rate, err := discount.Continuous(Units(w.number()))
		a.check("Continuous", rate, err)
	}
}

// Invariant: whatever the data, a fit and what is computed of it are numbers or an error.
func TestExtremeFits(t *testing.T) {
	w := newWild(4, extremes)
	usual := simulated(t, ParetoNBD{0.9, 8, 0.7, 15}, 30, 20, 40, 0, 1)
	for i := range *extremeCases / 5 {
		all := withSpend(slices.Clone(usual[:w.IntN(len(usual))]))
		for range 1 + w.IntN(3) {
			one := w.summary()
			one.Frequency = min(one.Frequency, 1000) // the time of a fit grows with the highest
			all = append(all, one)
		}
		h, cfg := compressed(t, all), FitConfig{Profile: i%5 == 0, MaxEvaluations: 200}
		a := answers{t: t, of: fmt.Sprintf(" of case %d, %+v", i, all)}
		for _, m := range []Model{NBD{}, MBGNBD{}, ParetoNBD{}, BGCNBD{K: 2}, GGomNBD{}, BGBB{}}[i%5 : i%5+2] {
			fit, err := Fit(m, h, cfg)
			a.check("Fit "+m.Name(), fit, err)
			if err == nil {
				test, err := LikelihoodRatio(Fitted[NBD]{LogLik: -fit.LogLik, Customers: fit.Customers}, fit)
				a.check("LikelihoodRatio", test, err)
			}
		}
		spend, err := Fit(GammaGamma{}, h, cfg)
		a.check("Fit spend", spend, err)
		d := new(Design)
		for _, s := range all {
			if err := d.Add(s, nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		covariates, err := FitCovariates(BGNBD{}, d, CovariateConfig{FitConfig: FitConfig{MaxEvaluations: 200}})
		a.check("FitCovariates", covariates, err)
		var held []Observed
		for _, s := range all {
			held = append(held, Observed{Summary: s, Holdout: Holdout{T: 5, Frequency: w.IntN(3)}})
		}
		c, err := Compare(slices.All(held), []Model{NBD{}, BGNBD{}}, FitConfig{MaxEvaluations: 200})
		a.check("Compare", c, err)
	}
}
