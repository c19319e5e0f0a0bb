package ltv

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// drawBGBB draws a BG/BB with parameters over ten decades, and a history.
func drawBGBB(t *rapid.T, most int) (BGBB, Summary) {
	param := func(name string) float64 { return math.Exp(rapid.Float64Range(-12, 12).Draw(t, name)) }
	m := BGBB{param("alpha"), param("beta"), param("gamma"), param("delta")}
	if rapid.Bool().Draw(t, "nobody leaves") {
		m.Gamma = 0
	}
	n := rapid.IntRange(0, most).Draw(t, "n")
	last := rapid.IntRange(0, n).Draw(t, "t_x")
	s := Summary{Recency: float64(last), T: float64(n)}
	if last > 0 {
		s.Frequency = rapid.IntRange(1, last).Draw(t, "x")
	}
	return m, s
}

// placings is the number of ways to place x purchases on opportunities of which
// the last with a purchase is number last.
func placings(x, last int) float64 {
	if x == 0 {
		return 1
	}
	ways := 1.0
	for i := 1; i < x; i++ {
		ways *= float64(last-i) / float64(i)
	}
	return math.Round(ways)
}

// futures calls visit with each history that a history can become in so many
// opportunities, and its probability, given the history.
func futures(t testing.TB, m BGBB, s Summary, ahead int, visit func(more int, later Summary, p float64)) {
	t.Helper()
	before, err := m.LogLik(s)
	if err != nil {
		t.Fatal(err)
	}
	for last := range ahead + 1 {
		for more := min(last, 1); more <= last; more++ {
			later := Summary{Frequency: s.Frequency + more, Recency: s.Recency, T: s.T + float64(ahead)}
			if more > 0 {
				later.Recency = s.T + float64(last)
			}
			ll, err := m.LogLik(later)
			if err != nil {
				t.Fatal(err)
			}
			visit(more, later, placings(more, last)*math.Exp(ll-before))
		}
	}
}

// Invariant: forecasts are what likelihoods say of all futures: their probabilities
// add up to 1, those with n purchases to the probability of n, their mean is the
// expectation, and what each then expects is what is expected of a longer horizon.
func TestBGBBForecastsAreItsLikelihood(t *testing.T) {
	const ahead, beyond = 8, 7
	for _, m := range []BGBB{
		{1.204, 0.75, 0.657, 2.783}, {1.204, 0.75, 0, 1}, {0.3, 2, 1, 4}, {2, 3, 1e-9, 0.5}, {0.01, 0.02, 30, 5}, {1e6, 2e6, 1e6, 8e6},
	} {
		for _, s := range []Summary{{}, {T: 6}, {Frequency: 6, Recency: 6, T: 6}, {Frequency: 2, Recency: 3, T: 9}} {
			var all, mean, later float64
			var counts [ahead + 1]float64
			futures(t, m, s, ahead, func(n int, future Summary, p float64) {
				all += p
				counts[n] += p
				mean += float64(n) * p
				later += p * valued(given0(t, m, future).Expected(beyond))
			})
			o, what := given0(t, m, s), fmt.Sprint(m, s)
			verify.Near(t, what+" sum", all, 1, 1e-11)
			verify.Near(t, what+" expected", valued(o.Expected(ahead)), mean, 1e-11)
			verify.Near(t, what+" beyond", valued(o.Expected(ahead+beyond))-valued(o.Expected(ahead)), later, 1e-10)
			for n, p := range counts {
				verify.Near(t, fmt.Sprint(what, " probability of ", n), valued(o.Probability(n, ahead)), p, 1e-10)
			}
		}
	}
}

// Invariant: a posterior mean is the prior mean times the ratio of likelihoods when
// the beta distribution's first parameter is one higher.
func TestBGBBPosterior(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, s := drawBGBB(t, 50)
		o, err := m.Given(s)
		if err != nil {
			t.Fatal(err)
		}
		purchase, dropout, err := o.Posterior()
		if err != nil {
			t.Fatal(err)
		}
		more, less := m, m
		more.Alpha++
		less.Gamma++
		ll := valued(m.LogLik(s))
		wantP := m.Alpha / (m.Alpha + m.Beta) * math.Exp(valued(more.LogLik(s))-ll)
		wantD := m.Gamma / (m.Gamma + m.Delta) * math.Exp(valued(less.LogLik(s))-ll)
		if !(math.Abs(purchase-wantP) <= 1e-10*wantP) || !(math.Abs(dropout-wantD) <= 1e-10*wantD) {
			t.Fatalf("%+v %+v: posterior means %v and %v, likelihoods say %v and %v", m, s, purchase, dropout, wantP, wantD)
		}
	})
}

// Invariant: P(alive) is a probability and never rises with silence or with time
// ahead, expectations grow with the horizon, and discounts lower them, also over
// the horizon where the sum gives way to the closed form.
func TestBGBBIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, s := drawBGBB(t, 2000)
		o, err := m.Given(s)
		if err != nil {
			t.Fatal(err)
		}
		silent := s
		silent.T += 7
		later, err := m.Given(silent)
		if err != nil || !(o.Alive() >= 0 && o.Alive() <= 1) || !(later.Alive() <= o.Alive()*(1+1e-9)) {
			t.Fatalf("%+v %+v: P(alive) is %v and then %v, %v", m, s, o.Alive(), later.Alive(), err)
		}
		expected, alive := 0.0, o.Alive()
		for _, horizon := range []float64{0, 1, 10, 1023, 1024, 1025, 3000} {
			e, a, d := valued(o.Expected(horizon)), valued(o.AliveAt(horizon)), valued(o.Discounted(horizon, 0.03))
			if !(e >= expected*(1-1e-10)) || !(a <= alive*(1+1e-10)) || !(d <= e) || !(d >= e*math.Exp(-0.03*horizon)*(1-1e-10)) {
				t.Fatalf("%+v %+v: at %v expected %v after %v, alive %v after %v, discounted %v", m, s, horizon, e, expected, a, alive, d)
			}
			expected, alive = e, a
		}
		long, ever := valued(o.Discounted(4000, 0.01)), valued(o.Discounted(inf, 0.01))
		if !(math.Abs(long-ever) <= 1e-11*ever) {
			t.Fatalf("%+v %+v: %v discounted in 4000 opportunities, %v in all", m, s, long, ever)
		}
	})
}

// Fader, Hardie & Shang's equation for E[X(n)], with gamma functions.
func TestBGBBClosedForm(t *testing.T) {
	m := BGBB{1.204, 0.75, 0.657, 2.783}
	for _, n := range []float64{1, 6, 50, 300} {
		ratio := math.Exp(lgamma(m.Gamma+m.Delta) - lgamma(1+m.Delta) + lgamma(1+m.Delta+n) - lgamma(m.Gamma+m.Delta+n))
		want := m.Alpha / (m.Alpha + m.Beta) * m.Delta / (m.Gamma - 1) * (1 - ratio)
		verify.Near(t, fmt.Sprint("E[X(", n, ")]"), valued(given0(t, m, Summary{}).Expected(n)), want, 1e-12)
	}
}

// Simulated futures agree with formulas.
func TestBGBBSimulation(t *testing.T) {
	const ahead, draws, rate = 9, 20_000, 0.1
	for i, m := range []BGBB{{1.204, 0.75, 0.657, 2.783}, {0.001, 0.002, 0.001, 0.004}, {2, 3, 0, 1}} {
		for j, s := range []Summary{{}, {Frequency: 3, Recency: 5, T: 6}} {
			rng := rand.New(rand.NewPCG(uint64(i), uint64(j)))
			o := given0(t, m, s)
			var count, present, none mean
			for range draws {
				times, err := o.Simulate(ahead, rng)
				if err != nil {
					t.Fatal(err)
				}
				sum, before := 0.0, 0.0
				for _, at := range times {
					if at != math.Trunc(at) || at <= before || at > ahead {
						t.Fatalf("purchases at %v", times)
					}
					sum, before = sum+math.Exp(-rate*at), at
				}
				count.add(float64(len(times)))
				present.add(sum)
				none.add(float64(verify.OneIf(len(times) == 0)))
			}
			what := fmt.Sprint(m, s)
			count.check(t, what+" expected", valued(o.Expected(ahead)))
			none.check(t, what+" P(0)", valued(o.Probability(0, ahead)))
			present.check(t, what+" discounted", valued(o.Discounted(ahead, rate)))
		}
	}
}

// Half opportunities are refused, in histories and ahead, by field.
func TestBGBBWholeNumbers(t *testing.T) {
	m := BGBB{1.2, 0.75, 0.66, 2.8}
	field := func(err error) string {
		var in *clientele.InputError
		if !errors.As(err, &in) || !errors.Is(err, clientele.ErrRange) {
			t.Errorf("%v is no InputError of a range", err)
			return ""
		}
		return in.Field
	}
	for _, test := range []struct {
		s     Summary
		field string
	}{
		{Summary{Frequency: 1, Recency: 1.5, T: 6}, "Recency"},
		{Summary{Frequency: 1, Recency: 1, T: 6.5}, "T"},
		{Summary{T: mostOpportunities + 1}, "T"},
		{Summary{Frequency: 3, Recency: 2, T: 6}, "Frequency"},
	} {
		_, err := m.Given(test.s)
		if got := field(err); got != test.field {
			t.Errorf("Given %+v refuses %q, want %q", test.s, got, test.field)
		}
		h := compressed(t, []Summary{{Frequency: 1, Recency: 1, T: 6}, test.s})
		if _, err := Fit(m, h, FitConfig{}); field(err) != test.field {
			t.Errorf("Fit to %+v: %v", test.s, err)
		}
	}
	o := given0(t, m, Summary{T: 6})
	for name, ask := range map[string]func(t float64) error{
		"AliveAt":     func(t float64) error { _, err := o.AliveAt(t); return err },
		"Expected":    func(t float64) error { _, err := o.Expected(t); return err },
		"Discounted":  func(t float64) error { _, err := o.Discounted(t, 0.1); return err },
		"Probability": func(t float64) error { _, err := o.Probability(1, t); return err },
		"Simulate":    func(t float64) error { _, err := o.Simulate(t, rand.NewPCG(1, 2)); return err },
	} {
		for _, horizon := range []float64{0.5, 6.999, mostOpportunities + 1} {
			if err := ask(horizon); !errors.Is(err, clientele.ErrRange) {
				t.Errorf("%s: %v opportunities ahead give %v", name, horizon, err)
			}
		}
		if err := ask(6); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := NewForecaster(Fixed(m), Fitted[GammaGamma]{}, ForecastConfig{Horizon: Units(2.5), Discount: Discount{Rate: 0.1, Per: Units(1), Step: Units(0.5)}})
	verify.ConfigError(t, err, "ltv.NewForecaster", "Horizon", "Discount.Step")
}

// What makes no BG/BB is refused, all of it at once.
func TestBGBBValidate(t *testing.T) {
	verify.ConfigError(t, BGBB{0, -1, -1, math.NaN()}.Validate(), "ltv.BGBB.Validate", "alpha", "beta", "gamma", "delta")
	if err := (BGBB{1, 1, 0, 1}).Validate(); err != nil {
		t.Error(err)
	}
}
