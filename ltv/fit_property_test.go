package ltv

import (
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/internal/verify"
)

// fitted fits a model without an error.
func fittedTo(t testing.TB, m Model, h *Sample, cfg FitConfig) Fitted[Model] {
	t.Helper()
	fit, err := Fit(m, h, cfg)
	if err != nil {
		t.Fatal(m.Name(), err)
	}
	return fit
}

// purchaseModels are the models of continuous time, one of each likelihood.
var purchaseModels = []Model{NBD{}, BGNBD{}, MBGNBD{}, ParetoNBD{}, BGCNBD{K: 2}, MBGCNBD{K: 2}}

// Invariant: the number of goroutines, and the order in which customers come, in
// whatever shards, change no bit of a fit.
func TestFitDoesNotDependOnOrderOrWorkers(t *testing.T) {
	all := simulated(t, ParetoNBD{0.6, 8, 0.6, 12}, 30_000, 20, 60, 1.0/7, 1)
	h := compressed(t, all)
	shuffled := slices.Clone(all)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	merged := compressed(t, shuffled[:7_000])
	if err := merged.Merge(compressed(t, shuffled[7_000:])); err != nil {
		t.Fatal(err)
	}
	for _, m := range purchaseModels {
		want := fittedTo(t, m, h, FitConfig{Workers: 1})
		for _, workers := range []int{2, 8} {
			if got := fittedTo(t, m, h, FitConfig{Workers: workers}); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %d workers give\n%v, not\n%v", m.Name(), workers, got, want)
			}
		}
		if got := fittedTo(t, m, merged, FitConfig{}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: another order gives\n%v, not\n%v", m.Name(), got, want)
		}
	}
}

// Invariant: weights are repetition, so compressed and plain likelihoods agree.
func TestFitMaximisesTheLikelihoodOfSummaries(t *testing.T) {
	all := simulated(t, MBGNBD{0.9, 6, 0.7, 1.5}, 2_000, 20, 60, 1.0/7, 2)
	h := compressed(t, all)
	for _, m := range purchaseModels {
		fit := fittedTo(t, m, h, FitConfig{})
		sum := 0.0
		for _, s := range all {
			ll, err := fit.Model.LogLik(s)
			if err != nil {
				t.Fatal(err)
			}
			sum += ll
		}
		verify.Near(t, m.Name(), fit.LogLik, sum, 1e-12)
	}
}

// Invariant: another unit of time changes rates accordingly, and nothing else.
func TestFitDoesNotDependOnTheUnitOfTime(t *testing.T) {
	all := simulated(t, ParetoNBD{0.6, 8, 0.6, 12}, 3_000, 20, 60, 1.0/7, 3)
	inDays := make([]Summary, len(all))
	for i, s := range all {
		s.Recency, s.T = s.Recency*7, s.T*7
		s.LogGaps += float64(s.Frequency) * math.Log(7)
		inDays[i] = s
	}
	weeks, days := compressed(t, all), compressed(t, inDays)
	for _, m := range purchaseModels {
		w, d := fittedTo(t, m, weeks, FitConfig{}), fittedTo(t, m, days, FitConfig{})
		for i, p := range w.Params {
			want := p.Value
			if p.Name == "alpha" || p.Name == "beta" {
				want *= 7
			}
			verify.Near(t, m.Name()+" "+p.Name, d.Params[i].Value, want, 1e-9)
		}
		repeats := 0
		for _, s := range all {
			repeats += s.Frequency
		}
		verify.Near(t, m.Name()+" log-likelihood", d.LogLik, w.LogLik-float64(repeats)*math.Log(7), 1e-12)
		if len(w.Warnings) != len(d.Warnings) {
			t.Errorf("%s: warnings %v and %v", m.Name(), w.Warnings, d.Warnings)
		}
	}
}

// Invariant: derivatives are those of the value.
func TestGradients(t *testing.T) {
	h := compressed(t, simulated(t, ParetoNBD{0.6, 8, 0.6, 12}, 300, 20, 60, 1.0/7, 4))
	for _, m := range purchaseModels {
		lik, err := m.family().prepare(h, 1)
		if err != nil {
			t.Fatal(err)
		}
		n := len(m.family().Names)
		for _, at := range [][]float64{{-0.5, 0.3, -0.2, 0.4}, {2, 1, 1, -1}, {-3, -2, 3, 5}} {
			logs, grad, spare := at[:n], make([]float64, n), make([]float64, n)
			lik.At(logs, grad)
			for i := range n {
				const step = 1e-5
				moved := slices.Clone(logs)
				moved[i] += step
				plus := lik.At(moved, spare)
				moved[i] -= 2 * step
				minus := lik.At(moved, spare)
				if got, want := grad[i], (plus-minus)/(2*step); math.Abs(got-want) > 1e-5*(1+math.Abs(want)) {
					t.Errorf("%s at %v: derivative %d is %v, differences say %v", m.Name(), logs, i, got, want)
				}
			}
		}
	}
}

// A prior pulls a parameter, the more so the narrower it is, and a narrow one at
// the maximum changes nothing but its standard error.
func TestPriors(t *testing.T) {
	h := compressed(t, simulated(t, BGNBD{0.3, 5, 0.8, 2.5}, 800, 20, 60, 0, 5))
	free := fittedTo(t, BGNBD{}, h, FitConfig{})
	before := free.Params[0].Value
	for _, spread := range []float64{10, 1, 0.1, 0.01} {
		fit := fittedTo(t, BGNBD{}, h, FitConfig{Priors: []Prior{{"r", 3, spread}}})
		if got := fit.Params[0].Value; !(got > before && got < 3) {
			t.Errorf("spread %v: r = %v, not between %v and 3", spread, got, before)
		}
		before = fit.Params[0].Value
		if fit.LogLik > free.LogLik {
			t.Errorf("spread %v: log-likelihood %v is above the maximum %v", spread, fit.LogLik, free.LogLik)
		}
	}
	same := fittedTo(t, BGNBD{}, h, FitConfig{Priors: []Prior{{"a", free.Params[2].Value, 0.05}}})
	verify.Near(t, "a", same.Params[2].Value, free.Params[2].Value, 1e-6)
	if !(same.Params[2].StdErr < 0.06*free.Params[2].Value) {
		t.Errorf("the standard error of a is %v", same.Params[2].StdErr)
	}
}

// Invariant: at the limits of a profile interval the profile likelihood is as far
// below its maximum as the square of Student's t says; so an interval of a well-known
// parameter is near that of its standard error.
func TestProfileIntervals(t *testing.T) {
	h := compressed(t, simulated(t, ParetoNBD{0.6, 8, 0.6, 12}, 3_000, 20, 60, 1, 6))
	wald := fittedTo(t, ParetoNBD{}, h, FitConfig{})
	fit := fittedTo(t, ParetoNBD{}, h, FitConfig{Profile: true})
	for i, p := range fit.Params {
		if !(p.Lo < p.Value && p.Value < p.Hi) {
			t.Errorf("%v does not lie between its limits", p)
		}
		verify.Near(t, p.Name+" lower limit", p.Lo, wald.Params[i].Lo, 0.25)
		verify.Near(t, p.Name+" upper limit", p.Hi, wald.Params[i].Hi, 0.35)
	}
	for _, limit := range []float64{fit.Params[0].Lo, fit.Params[0].Hi} {
		held := fittedTo(t, ParetoNBD{}, h, FitConfig{Priors: []Prior{{"r", limit, 1e-7}}})
		t975 := special.StudentQuantile(0.975, float64(fit.DegreesOfFreedom))
		verify.Near(t, "drop of the log-likelihood", fit.LogLik-held.LogLik, t975*t975/2, 1e-4)
	}
}
