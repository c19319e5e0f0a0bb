package contract

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/internal/likelihood"
	"pgregory.net/rapid"
)

// Tenures that cannot tell the parameters are typed errors, the others that have no
// maximum come with a warning, and nothing is NaN.
func TestContractBoundaries(t *testing.T) {
	for _, c := range []struct {
		name      string
		survivors []int
		sbg, bdw  string // the parameter of an end, "empty" for an error, "any" for any answer; "" = no end
	}{
		{"nobody left", []int{1000, 1000, 1000, 1000}, "empty", "empty"},
		{"everybody left at once", []int{1000, 0, 0, 0}, "empty", "empty"},
		{"one period", []int{1000, 500}, "empty", "empty"},
		{"two periods", []int{1000, 600, 420}, "", "empty"},
		{"customers do not differ", []int{1000, 500, 250, 125}, "alpha", "alpha"},
		{"retention falls", []int{1000, 900, 600, 100, 0}, "alpha", "alpha"},
		{"all leave at the end", []int{1000, 1000, 1000, 0}, "alpha", "alpha"},
		{"nobody leaves after the first period", []int{1000, 700, 700, 700, 700}, "alpha", "c"},
		{"one leaves", []int{1000, 1000, 1000, 999}, "alpha", "any"},
		{"as usual", highEnd, "", ""},
		{"a billion", []int{1e9, 9e8, 82e7, 76e7, 71e7}, "", ""},
	} {
		d := tenuresOf(t, c.survivors)
		check := func(want string, params []ltv.FittedParam, logLik float64, warnings []error, err error) {
			t.Helper()
			if want == "empty" {
				verify.InputError(t, err, "contract.Fit", -1, "tenures", clientele.ErrEmpty)
				return
			}
			if err != nil || math.IsNaN(logLik) || math.IsInf(logLik, 0) {
				t.Fatalf("%s: log-likelihood %v, %v", c.name, logLik, err)
			}
			for _, p := range params {
				if !(p.Value > 0 && p.Value < math.Inf(1)) || math.IsNaN(p.StdErr+p.Lo+p.Hi) {
					t.Errorf("%s: %s is %+v", c.name, p.Name, p.Estimate)
				}
			}
			found := slices.ContainsFunc(warnings, func(err error) bool {
				w, ok := errors.AsType[ltv.Warning](err)
				return ok && w.Kind == ltv.AtEnd && (want == "" || w.Param == want)
			})
			if want != "any" && found != (want != "") {
				t.Errorf("%s: warnings %v, want an end of %q", c.name, warnings, want)
			}
		}
		s, err := Fit(SBG{}, d, ltv.FitConfig{})
		check(c.sbg, s.Params, s.LogLik, s.Warnings, err)
		b, err := Fit(BdW{}, d, ltv.FitConfig{})
		check(c.bdw, b.Params, b.LogLik, b.Warnings, err)
		if c.sbg != "empty" && c.bdw != "empty" && b.LogLik < s.LogLik-1e-6 {
			t.Errorf("%s: the BdW has %v, less than the sBG in it, %v", c.name, b.LogLik, s.LogLik)
		}
	}
}

// Nobody pays before the first period, and nobody leaves whom no one of the first outlived.
func TestContractAtItsEnds(t *testing.T) {
	for _, m := range []Model{SBG{0.7, 4}, BdW{1, 1, 1e6}} {
		if got := verify.Must(m.ExpectedTenure(0)); got != 0 {
			t.Errorf("%v: %v periods of none", m, got)
		}
		if got := verify.Must(m.Alive(0, 0)); got != 1 {
			t.Errorf("%v: %v are there at the start", m, got)
		}
	}
	if got := verify.Must(BdW{1, 1, 1e6}.Probability(3)); got != 0 {
		t.Errorf("%v leave after all have left", got)
	}
	verify.Near(t, "first to leave", verify.Must(BdW{1, 1, 1e6}.Probability(1)), 0.5, 1e-14)
	if _, err := (SBG{0.7, 4}).DERL(maxTenure, 0.1); err != nil {
		t.Error(err)
	}
}

func TestContractErrors(t *testing.T) {
	const e = "contract.SBG."
	m, heavy := SBG{0.7, 4}, BdW{0.5, 1, 1.9}
	src := rand.NewPCG(1, 2)
	simulated := func(_ int, _ bool, err error) error { return err }
	for _, c := range []struct {
		err       error
		op, field string
		kind      error
	}{
		{verify.Second(m.Survival(-1)), e + "Survival", "t", clientele.ErrNegative},
		{verify.Second(m.Retention(0)), e + "Retention", "t", clientele.ErrRange},
		{verify.Second(m.Retention(-3)), e + "Retention", "t", clientele.ErrNegative},
		{verify.Second(m.Probability(0)), e + "Probability", "t", clientele.ErrRange},
		{verify.Second(m.Alive(-1, 2)), e + "Alive", "tenure", clientele.ErrNegative},
		{verify.Second(m.Alive(1, -2)), e + "Alive", "ahead", clientele.ErrNegative},
		{verify.Second(m.ExpectedTenure(-1)), e + "ExpectedTenure", "horizon", clientele.ErrNegative},
		{verify.Second(m.DEL(-0.1)), e + "DEL", "rate", clientele.ErrNegative},
		{verify.Second(m.DEL(math.NaN())), e + "DEL", "rate", clientele.ErrNotFinite},
		{verify.Second(m.DEL(math.Inf(1))), e + "DEL", "rate", clientele.ErrNotFinite},
		{verify.Second(m.DEL(0)), e + "DEL", "rate", ltv.ErrInfinite},
		{verify.Second(heavy.DEL(0)), "contract.BdW.DEL", "rate", ltv.ErrInfinite},
		{verify.Second(heavy.DERL(2, 0)), "contract.BdW.DERL", "rate", clientele.ErrRange},
		{verify.Second(m.DERL(0, 0.1)), e + "DERL", "n", clientele.ErrRange},
		{verify.Second(m.DERL(-1, 0.1)), e + "DERL", "n", clientele.ErrNegative},
		{verify.Second(m.DERL(1<<21, 0.1)), e + "DERL", "n", clientele.ErrRange},
		{verify.Second(m.DERL(1, -1)), e + "DERL", "rate", clientele.ErrNegative},
		{simulated(m.Simulate(-1, src)), e + "Simulate", "horizon", clientele.ErrNegative},
		{simulated(m.Simulate(5, nil)), e + "Simulate", "src", clientele.ErrMissing},
		{verify.Second(BdW{1, 1, 1e6}.DERL(3, 0.1)), "contract.BdW.DERL", "", ltv.ErrInaccurate}, // nobody is left to renew
		{verify.Second(Fit[Model](nil, Tenures{}, ltv.FitConfig{})), "contract.Fit", "model", clientele.ErrMissing},
		{verify.Second(Fit(SBG{}, Tenures{}, ltv.FitConfig{})), "contract.Fit", "tenures", clientele.ErrEmpty},
	} {
		verify.InputError(t, c.err, c.op, -1, c.field, c.kind)
	}
	for _, m := range []Model{SBG{0, 1}, SBG{1, math.NaN()}, BdW{1, 1, -1}, BdW{math.Inf(1), 1, 1}} {
		for _, err := range []error{
			m.Validate(), verify.Second(m.Survival(1)), verify.Second(m.Retention(1)), verify.Second(m.Probability(1)), verify.Second(m.Alive(1, 1)),
			verify.Second(m.LogLik(tenuresOf(t, highEnd))), verify.Second(m.ExpectedTenure(1)), verify.Second(m.DEL(0.1)), verify.Second(m.DERL(1, 0.1)),
			simulated(m.Simulate(1, src)),
		} {
			if !errors.Is(err, clientele.ErrConfig) {
				t.Errorf("%v: %v", m, err)
			}
		}
	}
	_, err := Fit(SBG{}, tenuresOf(t, highEnd), ltv.FitConfig{Level: 2, Priors: []ltv.Prior{{Param: "c", Median: 1, Spread: 1}}})
	if !errors.Is(err, clientele.ErrConfig) || !errors.Is(err, clientele.ErrUnknown) {
		t.Errorf("a configuration with faults: %v", err)
	}
}

// Contracts can be fitted as the interface, and held by priors.
func TestFitContractAsInterface(t *testing.T) {
	d := tenuresOf(t, highEnd[:8])
	for _, m := range []Model{SBG{}, BdW{}} {
		fit, err := Fit(m, d, ltv.FitConfig{Workers: 3})
		if err != nil || fit.Model.Name() != m.Name() {
			t.Errorf("%s: %v, %v", m.Name(), fit.Model, err)
		}
	}
	free := fittedContract(t, BdW{}, d, ltv.FitConfig{})
	held := fittedContract(t, BdW{}, d, ltv.FitConfig{Priors: []ltv.Prior{{Param: "c", Median: 1, Spread: 1e-6}}})
	sbg := fittedContract(t, SBG{}, d, ltv.FitConfig{})
	verify.Near(t, "c held at 1", held.Model.C, 1, 1e-4)
	verify.Near(t, "alpha of the sBG in it", held.Model.Alpha, sbg.Model.Alpha, 1e-4)
	if !(free.LogLik > sbg.LogLik+5) {
		t.Errorf("the BdW has %v, the sBG %v", free.LogLik, sbg.LogLik)
	}
}

// Invariant: a base counted twice has the same parameters, and standard errors
// smaller by √2; several cohorts are their sum, customer by customer.
func TestContractWeightsAreRepetition(t *testing.T) {
	once := tenuresOf(t, highEnd[:6], regular)
	var each Tenures
	for periods, n := range once.All() {
		for i, ended := range []bool{true, false} {
			if count := [...]int{n.Left, n.Active}[i]; count > 0 {
				if err := each.AddCustomers(periods, ended, count); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	twice := tenuresOf(t, highEnd[:6], regular, regular, highEnd[:6])
	want := fittedContract(t, BdW{}, once, ltv.FitConfig{})
	if got := fittedContract(t, BdW{}, each, ltv.FitConfig{}); got.LogLik != want.LogLik || got.Model != want.Model {
		t.Errorf("customer by customer: %v with %v, not %v with %v", got.Model, got.LogLik, want.Model, want.LogLik)
	}
	got := fittedContract(t, BdW{}, twice, ltv.FitConfig{})
	verify.Near(t, "log-likelihood", got.LogLik, 2*want.LogLik, 1e-13)
	for i, p := range want.Params {
		verify.Near(t, p.Name, got.Params[i].Value, p.Value, 1e-9)
		verify.Near(t, "standard error of "+p.Name, got.Params[i].StdErr*math.Sqrt2, p.StdErr, 1e-5)
	}
}

// Bases that the models are true of give their parameters back, within 4 standard
// errors.
func TestContractRecovery(t *testing.T) {
	src := rand.NewPCG(11, 12)
	draw := func(m Model) Tenures {
		d, err := CountSpells(func(yield func(int, bool) bool) {
			for i := range 20_000 {
				periods, ended, err := m.Simulate(4+i%12, src)
				if err != nil || !yield(periods, ended) {
					t.Error(err)
					return
				}
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, m := range []Model{SBG{0.7, 3}, SBG{3, 40}, BdW{0.3, 1.5, 1.5}, BdW{1, 8, 0.8}} {
		fit := fittedContract(t, m, draw(m), ltv.FitConfig{})
		for i, p := range m.Parameters() {
			se := math.Sqrt(fit.LogCovariance[i][i])
			if !(math.Abs(math.Log(fit.Params[i].Value/p.Value)) < 4*se) || !(se < 0.5) {
				t.Errorf("%v: %s is %v", m, p.Name, fit.Params[i].Estimate)
			}
		}
	}
}

// Invariant: gradients are those of central differences.
func TestContractGradients(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var renewals []likelihood.Renewal
		for period := range rapid.IntRange(1, 8).Draw(t, "periods") {
			renewals = append(renewals, likelihood.Renewal{
				Period: float64(period + 1), Left: float64(rapid.IntRange(0, 500).Draw(t, "left")), Stayed: float64(rapid.IntRange(0, 500).Draw(t, "stayed")),
			})
		}
		logs := []float64{
			rapid.Float64Range(-4, 8).Draw(t, "ln alpha"), rapid.Float64Range(-4, 8).Draw(t, "ln beta"), rapid.Float64Range(-2, 1).Draw(t, "ln c"),
		}
		for n, f := range map[int]func(logs, grad []float64) float64{2: likelihood.SBG(renewals), 3: likelihood.BdW(renewals)} {
			grad, none := make([]float64, n), make([]float64, n)
			value := f(logs[:n], grad)
			for i := range n {
				const h = 1e-4
				beside := func(d float64) float64 {
					at := slices.Clone(logs[:n])
					at[i] += d
					return f(at, none)
				}
				slope := (8*(beside(h)-beside(-h)) - (beside(2*h) - beside(-2*h))) / (12 * h)
				if !(math.Abs(grad[i]-slope) <= 1e-8*(1+math.Abs(value))) {
					t.Fatalf("%d parameters %v: derivative %d is %v, differences give %v", n, logs[:n], i, grad[i], slope)
				}
			}
		}
	})
}
