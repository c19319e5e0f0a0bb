package ltv

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"github.com/clientele-go/clientele/ltv/internal/maximum"
)

// Parameters are recovered from bases that were drawn with them, to within 4
// standard errors, and the maximum is above the truth by no more than chance has it:
// twice the difference is chi-squared with 5 degrees of freedom. Hazards rise, after
// most have stayed for a year, or fall.
func TestGGomNBDRecovery(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	const chance = 25.7 // exceeded once in 10,000
	for _, test := range []struct {
		truth GGomNBD
		seed  uint64
	}{
		{GGomNBD{0.5, 10, 0.08, 1, 40}, 8},
		{GGomNBD{0.7, 8, 0.06, 0.8, 0.3}, 7},
	} {
		h := compressed(t, simulated(t, test.truth, 1_000, 60, 120, 0, test.seed))
		fit := fittedTo(t, test.truth, h, FitConfig{})
		for i, p := range test.truth.Parameters() {
			got := fit.Params[i]
			if z := (got.Value - p.Value) / got.StdErr; got.Name != p.Name || !(math.Abs(z) < 4) {
				t.Errorf("%s = %v ± %v, drawn with %v: %v standard errors", p.Name, got.Value, got.StdErr, p.Value, z)
			}
		}
		if len(fit.Warnings) > 0 {
			t.Errorf("warnings: %v", fit.Warnings)
		}
		verify.Near(t, "log-likelihood of the model", fit.LogLik, totalOf(t, fit.Model, h), 1e-12)
		if gain := 2 * (fit.LogLik - totalOf(t, test.truth, h)); !(gain > 0 && gain < chance) {
			t.Errorf("twice the log-likelihood is %v above that of %v", gain, test.truth)
		}
	}
}

// totalOf is the log-likelihood of a base.
func totalOf(t *testing.T, m Model, h *Sample) (sum float64) {
	t.Helper()
	for s, n := range h.All() {
		ll, err := m.LogLik(s)
		if err != nil {
			t.Fatal(err)
		}
		sum += float64(n) * ll
	}
	return sum
}

// Customers who do not age: the fit is never below the Pareto/NBD's, and where it
// is not above, it is that, and says so.
func TestGGomNBDOnTheEdge(t *testing.T) {
	edges := 0
	for seed := range uint64(5) {
		h := compressed(t, simulated(t, ParetoNBD{0.6, 8, 0.6, 12}, 400, 20, 60, 1, seed))
		pareto := fittedTo(t, ParetoNBD{}, h, FitConfig{})
		fit := fittedTo(t, GGomNBD{}, h, FitConfig{})
		if fit.LogLik < pareto.LogLik {
			t.Errorf("%d: log-likelihood %v is below that of its limit %v", seed, fit.LogLik, pareto.LogLik)
		}
		if !fit.Has(AtEnd) {
			continue // a sample may look as if customers aged
		}
		edges++
		checkEdge(t, fit, pareto, h)
	}
	if edges < 2 {
		t.Errorf("only %d of 5 fits are on the edge", edges)
	}
}

// checkEdge compares a fit on the edge with the Pareto/NBD's.
func checkEdge(t *testing.T, fit, pareto Fitted[Model], h *Sample) {
	t.Helper()
	m := fit.Model.(GGomNBD)
	want := []float64{m.R, m.Alpha, m.S, m.Beta / m.B}
	for i, p := range pareto.Params {
		verify.Near(t, p.Name, want[i], p.Value, 1e-12)
	}
	verify.Near(t, "standard error of r", fit.Params[0].StdErr, pareto.Params[0].StdErr, 1e-12)
	verify.Near(t, "variance of ln(β/b)", fit.LogCovariance[4][4], pareto.LogCovariance[3][3], 1e-12)
	for _, p := range fit.Params[2:] {
		if p.Level != 0 {
			t.Errorf("%s, of a process at an end, has the interval %v", p.Name, p)
		}
	}
	if b := fit.Params[2]; b.StdErr != 0 {
		t.Errorf("b, which has vanished, has the standard error %v", b.StdErr)
	}
	if fit.LogLik != pareto.LogLik || fit.AIC != pareto.AIC {
		t.Errorf("log-likelihood %v and AIC %v, the limit has %v and %v", fit.LogLik, fit.AIC, pareto.LogLik, pareto.AIC)
	}
	verify.Near(t, "log-likelihood of the model on the edge", totalOf(t, m, h), fit.LogLik, 1e-9)
}

// On the edge, profile intervals of purchasing are the Pareto/NBD's, and there are none of
// dropping out: b has vanished, and beta with it.
func TestGGomNBDProfileOnTheEdge(t *testing.T) {
	h := compressed(t, simulated(t, ParetoNBD{0.6, 8, 0.6, 12}, 400, 20, 60, 1, 4))
	cfg := FitConfig{Profile: true, Level: 0.8}
	fit, pareto := fittedTo(t, GGomNBD{}, h, cfg), fittedTo(t, ParetoNBD{}, h, cfg)
	if !fit.Has(AtEnd) {
		t.Fatalf("not on the edge: %v", fit.Params)
	}
	for i, got := range fit.Params[:2] {
		verify.Near(t, "lower limit of "+got.Name, got.Lo, pareto.Params[i].Lo, 1e-4)
		verify.Near(t, "upper limit of "+got.Name, got.Hi, pareto.Params[i].Hi, 1e-4)
	}
	for _, p := range fit.Params[2:] {
		if p.Level != 0 {
			t.Errorf("%s has the interval %v", p.Name, p)
		}
	}
}

// Customers who never leave: the limit is the NBD, with b and β of no meaning.
func TestGGomNBDWithoutDropOut(t *testing.T) {
	for seed := range uint64(6) {
		h := compressed(t, simulated(t, NBD{0.8, 6}, 400, 20, 60, 1, seed))
		pareto := fittedTo(t, ParetoNBD{}, h, FitConfig{})
		fit := fittedTo(t, GGomNBD{}, h, FitConfig{})
		if !fit.Has(NoDropOut) {
			continue
		}
		if !pareto.Has(NoDropOut) {
			t.Errorf("%d: no drop-out, and yet the Pareto/NBD has %v", seed, pareto.Params)
		}
		if m := fit.Model.(GGomNBD); m.B != 1 || m.S != 0 || m.Beta != 1 {
			t.Errorf("%d: the model is %+v, want b 1, s 0, beta 1", seed, m)
		}
		verify.Near(t, "log-likelihood", fit.LogLik, pareto.LogLik, 1e-12)
		if alive := given0(t, fit.Model, Summary{Frequency: 3, Recency: 10, T: 50}).Alive(); alive != 1 {
			t.Errorf("P(alive) = %v", alive)
		}
		return
	}
	t.Error("no sample is likeliest without drop-out")
}

// A prior of what vanishes on the edge rules the edge out, and nothing else does.
func TestGGomNBDPriors(t *testing.T) {
	h := compressed(t, simulated(t, ParetoNBD{0.6, 8, 0.6, 12}, 300, 20, 60, 1, 1))
	fit := fittedTo(t, GGomNBD{}, h, FitConfig{Priors: []Prior{{"b", 0.05, 0.1}}})
	if b := fit.Model.(GGomNBD).B; !(b > 0.03 && b < 0.08) || fit.Has(AtEnd) {
		t.Errorf("b = %v in spite of its prior; warnings %v", b, fit.Warnings)
	}
	fit = fittedTo(t, GGomNBD{}, h, FitConfig{Priors: []Prior{{"r", 2, 0.1}}})
	pareto := fittedTo(t, ParetoNBD{}, h, FitConfig{Priors: []Prior{{"r", 2, 0.1}}})
	if fit.LogLik < pareto.LogLik || !(fit.Model.(GGomNBD).R > 1) {
		t.Errorf("%v with log-likelihood %v, the limit has %v", fit.Params, fit.LogLik, pareto.LogLik)
	}
}

// Invariant: the number of goroutines, the order in which customers come and the
// unit of time change nothing of a fit but rates.
func TestGGomNBDFitIsDeterministic(t *testing.T) {
	all := simulated(t, GGomNBD{0.2, 10, 0.08, 1, 40}, 1_500, 60, 120, 1, 8)
	h := compressed(t, all)
	want := fittedTo(t, GGomNBD{}, h, FitConfig{Workers: 1})
	for _, workers := range []int{2, 8} {
		if got := fittedTo(t, GGomNBD{}, h, FitConfig{Workers: workers}); !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers give\n%v, not\n%v", workers, got, want)
		}
	}
	slices.Reverse(all)
	if got := fittedTo(t, GGomNBD{}, compressed(t, all), FitConfig{}); !reflect.DeepEqual(got, want) {
		t.Errorf("another order gives\n%v, not\n%v", got, want)
	}
	for i := range all {
		all[i].Recency, all[i].T = all[i].Recency*7, all[i].T*7
	}
	days := fittedTo(t, GGomNBD{}, compressed(t, all), FitConfig{})
	for i, factor := range []float64{1, 7, 1.0 / 7, 1, 1} {
		verify.Near(t, want.Params[i].Name, days.Params[i].Value, factor*want.Params[i].Value, 1e-6)
	}
}

// Invariant: the number of goroutines changes no bit of the likelihood of a base
// that is large enough to be shared among them.
func TestGGomNBDLikelihoodDoesNotDependOnWorkers(t *testing.T) {
	h := compressed(t, simulated(t, GGomNBD{0.5, 10, 0.08, 1, 40}, 2*likelihood.ChunkRows+100, 60, 120, 0, 8))
	logs := []float64{-0.5, -1, 1, -0.2, 2}
	var want []float64
	for _, workers := range []int{1, 2, 8} {
		lik, err := GGomNBD{}.family().prepare(h, workers)
		if err != nil {
			t.Fatal(err)
		}
		got := make([]float64, 5)
		got = append(got, lik.At(logs, got))
		if want == nil {
			want = got
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d workers give %v, not %v", workers, got, want)
		}
	}
}

// A climb that begins on a sample ends where one on all data does.
func TestGGomNBDRoughClimb(t *testing.T) {
	h := compressed(t, simulated(t, GGomNBD{0.3, 10, 0.08, 1, 40}, 800, 60, 120, 1, 9))
	unit := likelihood.NewSample(h.sorted(), 0).Unit
	var every3rd []likelihood.Row
	for i, row := range h.sorted() {
		if i%3 == 0 {
			every3rd = append(every3rd, row)
		}
	}
	thin := likelihood.NewSampleIn(unit, every3rd, 0)
	cfg, err := FitConfig{}.fill("", GGomNBD{}.family().Names)
	if err != nil {
		t.Fatal(err)
	}
	fit, err := GGomNBD{}.family().prepare(h, 1)
	if err != nil {
		t.Fatal(err)
	}
	whole := maximum.NewSearch(&fit.Problem, cfg.search()).Run()
	fit.Rough = func() climb.Func {
		at, times := likelihood.Gompertz(thin, 1).At, fit.customers/thin.Customers
		return func(logs, grad []float64) float64 {
			value := at(logs, grad)
			for i := range grad {
				grad[i] *= times
			}
			return value * times
		}
	}
	rough := maximum.NewSearch(&fit.Problem, cfg.search()).Run()
	verify.Near(t, "log-likelihood", rough.Value, whole.Value, 1e-10)
	for i, name := range fit.Names {
		verify.Near(t, name, math.Exp(rough.Logs[i]), math.Exp(whole.Logs[i]), 1e-5)
	}
}
