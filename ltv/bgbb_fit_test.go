package ltv

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
)

// supporters draws n customers of a BG/BB with so many opportunities each.
func supporters(t testing.TB, m BGBB, n int, opportunities func(i int) int, seed uint64) []Summary {
	t.Helper()
	birth := given0(t, m, Summary{})
	rng := rand.New(rand.NewPCG(seed, 2))
	all := make([]Summary, n)
	for i := range all {
		age := float64(opportunities(i))
		times, err := birth.Simulate(age, rng)
		if err != nil {
			t.Fatal(err)
		}
		all[i] = Summary{Frequency: len(times), T: age}
		if len(times) > 0 {
			all[i].Recency = times[len(times)-1]
		}
	}
	return all
}

func sixOrMore(i int) int { return 6 + i%5 }

// Parameters are recovered from a base that was drawn with them, to within 4
// standard errors, and the maximum is that of the model's own likelihood, above the
// truth by no more than chance has it: twice the difference is chi-squared with 4
// degrees of freedom.
func TestBGBBRecovery(t *testing.T) {
	const chance = 23.5 // exceeded once in 10,000
	for _, truth := range []BGBB{{1.2, 0.75, 0.66, 2.8}, {2, 5, 0.8, 4}} {
		h := compressed(t, supporters(t, truth, 20_000, sixOrMore, 1))
		fit := fittedTo(t, truth, h, FitConfig{})
		for i, p := range truth.Parameters() {
			got := fit.Params[i]
			if z := (got.Value - p.Value) / got.StdErr; got.Name != p.Name || !(math.Abs(z) < 4) {
				t.Errorf("%s = %v ± %v, drawn with %v: %v standard errors", p.Name, got.Value, got.StdErr, p.Value, z)
			}
		}
		if len(fit.Warnings) > 0 {
			t.Errorf("warnings: %v", fit.Warnings)
		}
		verify.Near(t, "log-likelihood of the model", fit.LogLik, totalOf(t, fit.Model, h), 1e-12)
		if gain := 2 * (fit.LogLik - totalOf(t, truth, h)); !(gain > 0 && gain < chance) {
			t.Errorf("twice the log-likelihood is %v above that of %v", gain, truth)
		}
	}
}

// Standard errors of the donations, by lifetimes 0.11.3.
func TestReferenceDonationStandardErrors(t *testing.T) {
	fit := fittedTo(t, BGBB{}, donations(t), FitConfig{})
	for i, want := range []float64{0.06939136218670346, 0.029447716220978866, 0.051009850332856786, 0.3208189394353934} {
		verify.Near(t, fit.Params[i].Name, fit.Params[i].StdErr, want, 1e-6)
	}
}

// P(X(6, 6+5) = x) of the donations' base, by BTYD 2.4.3: of a supporter of whose
// six opportunities nothing is known, so of all histories by their probabilities.
func TestReferenceDonationsInTheHoldout(t *testing.T) {
	m := BGBB{1.204, 0.75, 0.657, 2.783}
	want := []float64{0.627368856570052, 0.0714758642510474, 0.0671383255727779, 0.0674749293434147, 0.0729477071630662, 0.0935943170996422}
	got := make([]float64, len(want))
	futures(t, m, Summary{}, 6, func(_ int, s Summary, p float64) {
		o := given0(t, m, s)
		for n := range got {
			got[n] += p * valued(o.Probability(n, 5))
		}
	})
	for n := range want {
		verify.Near(t, "probability", got[n], want[n], 1e-12)
	}
}

// Customers who never leave: the limit is the beta-binomial, with γ 0.
func TestBGBBWithoutDropOut(t *testing.T) {
	never := 0
	for seed := range uint64(6) {
		h := compressed(t, supporters(t, BGBB{1.2, 2, 0, 1}, 2_000, sixOrMore, seed))
		fit := fittedTo(t, BGBB{}, h, FitConfig{})
		if !fit.Has(NoDropOut) {
			continue // a sample may look as if some dropped out
		}
		never++
		m := fit.Model.(BGBB)
		if m.Gamma != 0 || m.Delta != 1 {
			t.Errorf("%d: %+v, want gamma 0 and delta 1", seed, m)
		}
		verify.Near(t, "log-likelihood of the model", fit.LogLik, totalOf(t, m, h), 1e-12)
		if alive := given0(t, m, Summary{T: 50}).Alive(); alive != 1 {
			t.Errorf("%d: P(alive) = %v", seed, alive)
		}
	}
	if never < 2 {
		t.Errorf("only %d of 6 fits are at the limit", never)
	}
}

// Customers who do not differ, in what they buy or in how they leave: two parameters
// grow without bound, which must be said.
func TestBGBBEqualCustomers(t *testing.T) {
	for _, test := range []struct {
		truth      BGBB
		param      string
		mean       func(m BGBB) float64
		want, near float64
	}{
		{BGBB{4e6, 6e6, 0.7, 3}, "alpha", func(m BGBB) float64 { return m.Alpha / (m.Alpha + m.Beta) }, 0.4, 0.05},
		{BGBB{1.2, 0.75, 1e6, 7e6}, "gamma", func(m BGBB) float64 { return m.Gamma / (m.Gamma + m.Delta) }, 0.125, 0.05},
	} {
		said := false
		for seed := range uint64(4) {
			fit := fittedTo(t, BGBB{}, compressed(t, supporters(t, test.truth, 5_000, sixOrMore, seed)), FitConfig{})
			verify.Near(t, "mean", test.mean(fit.Model.(BGBB)), test.want, test.near)
			said = said || slices.ContainsFunc(asWarnings(fit.Warnings), func(w Warning) bool { return w.Kind == AtEnd && w.Param == test.param })
		}
		if !said {
			t.Errorf("%v: no warning of %s in 4 samples", test.truth, test.param)
		}
	}
}

// Invariant: derivatives are those of the value, at hundreds of opportunities too,
// and where nobody drops out.
func TestBGBBGradient(t *testing.T) {
	all := supporters(t, BGBB{1.2, 0.75, 0.66, 2.8}, 200, sixOrMore, 3)
	all = append(all, Summary{Frequency: 40, Recency: 60, T: 300}, Summary{Frequency: 9, Recency: 9, T: 9})
	lik, err := BGBB{}.family().prepare(compressed(t, all), 1)
	if err != nil {
		t.Fatal(err)
	}
	check := func(at func(v, grad []float64) float64, logs []float64) {
		grad, spare := make([]float64, len(logs)), make([]float64, len(logs))
		at(logs, grad)
		for i := range logs {
			const step = 1e-4
			moved := func(by float64) float64 {
				there := slices.Clone(logs)
				there[i] += by * step
				return at(there, spare)
			}
			want := (8*(moved(1)-moved(-1)) - (moved(2) - moved(-2))) / (12 * step)
			if math.Abs(grad[i]-want) > 1e-7*(1+math.Abs(want)) {
				t.Errorf("at %v: derivative %d is %v, differences say %v", logs, i, grad[i], want)
			}
		}
	}
	for _, logs := range [][]float64{{0.1, -0.3, -0.4, 1}, {3, 2, -4, 1}, {12, 11, 3, 8}, {-5, -4, -14, 10}} {
		check(lik.At, logs)
		check(lik.Never, logs[:2])
	}
}

// Invariant: where nobody drops out, the likelihood is that as γ vanishes.
func TestBGBBNever(t *testing.T) {
	lik, err := BGBB{}.family().prepare(compressed(t, supporters(t, BGBB{1.2, 0.75, 0.66, 2.8}, 200, sixOrMore, 3)), 1)
	if err != nil {
		t.Fatal(err)
	}
	grad := make([]float64, 4)
	verify.Near(t, "log-likelihood", lik.Never([]float64{0.3, -0.2}, grad[:2]), lik.At([]float64{0.3, -0.2, -690, 0}, grad), 1e-13)
}

// Invariant: the number of goroutines and the order in which customers come, one by
// one or counted, change no bit of a fit.
func TestBGBBFitIsDeterministic(t *testing.T) {
	all := supporters(t, BGBB{1.2, 0.75, 0.2, 9}, 40_000, func(i int) int { return 40 + i%15 }, 5)
	h := compressed(t, all)
	if h.Distinct() <= likelihood.ChunkRows {
		t.Fatal("too few histories to be shared among goroutines: ", h.Distinct())
	}
	want := fittedTo(t, BGBB{}, h, FitConfig{Workers: 1})
	for _, workers := range []int{2, 8} {
		if got := fittedTo(t, BGBB{}, h, FitConfig{Workers: workers}); !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers give\n%v, not\n%v", workers, got, want)
		}
	}
	counted := new(Sample)
	for s, n := range h.All() {
		if err := counted.Add(s, n); err != nil {
			t.Fatal(err)
		}
	}
	slices.Reverse(all)
	for _, other := range []*Sample{counted, compressed(t, all)} {
		if got := fittedTo(t, BGBB{}, other, FitConfig{}); !reflect.DeepEqual(got, want) {
			t.Errorf("another order gives\n%v, not\n%v", got, want)
		}
	}
}
