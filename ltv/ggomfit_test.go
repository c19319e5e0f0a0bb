package ltv

import (
	"math"
	"reflect"
	"slices"
	"testing"
)

// Parameters are recovered from bases that were drawn with them, to within 4
// standard errors: hazards that rise, after most have stayed for a year, and that
// fall.
func TestGGomNBDRecovery(t *testing.T) {
	for _, truth := range []GGomNBD{{0.5, 10, 0.08, 1, 40}, {0.7, 8, 0.06, 0.8, 0.3}} {
		h := compressed(t, simulated(t, truth, 3_000, 60, 120, 0, 7))
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
		sum := 0.0
		for s, n := range h.All() {
			sum += float64(n) * must(fit.Model.LogLik(s))
		}
		near(t, "log-likelihood of the model", fit.LogLik, sum, 1e-12)
	}
}

// Customers who do not age: the fit is never below the Pareto/NBD's, and where it
// is not above, it is that, and says so.
func TestGGomNBDOnTheEdge(t *testing.T) {
	edges := 0
	for seed := range uint64(4) {
		h := compressed(t, simulated(t, ParetoNBD{0.6, 8, 0.6, 12}, 600, 20, 60, 1, seed))
		pareto := fittedTo(t, ParetoNBD{}, h, FitConfig{})
		fit := fittedTo(t, GGomNBD{}, h, FitConfig{})
		if fit.LogLik < pareto.LogLik {
			t.Errorf("%d: log-likelihood %v is below that of its limit %v", seed, fit.LogLik, pareto.LogLik)
		}
		if !fit.Has(Boundary) {
			continue // a sample may look as if customers aged
		}
		edges++
		checkEdge(t, fit, pareto, h)
	}
	if edges < 2 {
		t.Errorf("only %d of 4 fits are on the edge", edges)
	}
}

// checkEdge compares a fit on the edge with the Pareto/NBD's.
func checkEdge(t *testing.T, fit, pareto Fitted[Model], h *Histories) {
	t.Helper()
	m := fit.Model.(GGomNBD)
	want := []float64{m.R, m.Alpha, m.S, m.Beta / m.B}
	for i, p := range pareto.Params {
		near(t, p.Name, want[i], p.Value, 1e-12)
	}
	near(t, "standard error of r", fit.Params[0].StdErr, pareto.Params[0].StdErr, 1e-12)
	near(t, "standard error of β", fit.Params[4].StdErr/m.B, pareto.Params[3].StdErr, 1e-12)
	if b := fit.Params[2]; b.StdErr != 0 {
		t.Errorf("b, which has vanished, has the standard error %v", b.StdErr)
	}
	if fit.LogLik != pareto.LogLik || fit.AIC != pareto.AIC {
		t.Errorf("log-likelihood %v and AIC %v, the limit has %v and %v", fit.LogLik, fit.AIC, pareto.LogLik, pareto.AIC)
	}
	sum := 0.0
	for s, n := range h.All() {
		sum += float64(n) * must(fit.Model.LogLik(s))
	}
	near(t, "log-likelihood of the model on the edge", sum, fit.LogLik, 1e-9)
}

// On the edge, profile intervals are the Pareto/NBD's.
func TestGGomNBDProfileOnTheEdge(t *testing.T) {
	h := compressed(t, simulated(t, ParetoNBD{0.6, 8, 0.6, 12}, 600, 20, 60, 1, 1))
	cfg := FitConfig{Profile: true, Level: 0.8}
	fit, pareto := fittedTo(t, GGomNBD{}, h, cfg), fittedTo(t, ParetoNBD{}, h, cfg)
	if !fit.Has(Boundary) {
		t.Fatalf("not on the edge: %v", fit.Params)
	}
	for i, at := range []int{0, 1, 3} {
		near(t, "lower limit of "+fit.Params[at].Name, fit.Params[at].Lo, pareto.Params[[]int{0, 1, 2}[i]].Lo, 1e-4)
		near(t, "upper limit of "+fit.Params[at].Name, fit.Params[at].Hi, pareto.Params[[]int{0, 1, 2}[i]].Hi, 1e-4)
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
		near(t, "log-likelihood", fit.LogLik, pareto.LogLik, 1e-12)
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
	if b := fit.Model.(GGomNBD).B; !(b > 0.03 && b < 0.08) || fit.Has(Boundary) {
		t.Errorf("b = %v in spite of its prior; warnings %v", b, fit.Warnings)
	}
	fit = fittedTo(t, GGomNBD{}, h, FitConfig{Priors: []Prior{{"r", 2, 0.1}}})
	pareto := fittedTo(t, ParetoNBD{}, h, FitConfig{Priors: []Prior{{"r", 2, 0.1}}})
	if fit.LogLik < pareto.LogLik || !(fit.Model.(GGomNBD).R > 1) {
		t.Errorf("%v with log-likelihood %v, the limit has %v", fit.Params, fit.LogLik, pareto.LogLik)
	}
}

// Invariant: the number of goroutines, the order in which customers come and the
// unit of time change nothing of a fit but rates. The base is large enough to be
// climbed on a sample first.
func TestGGomNBDFitIsDeterministic(t *testing.T) {
	all := simulated(t, GGomNBD{0.2, 10, 0.08, 1, 40}, 3_000, 60, 120, 1, 8)
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
		near(t, want.Params[i].Name, days.Params[i].Value, factor*want.Params[i].Value, 1e-6)
	}
}
