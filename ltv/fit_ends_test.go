package ltv

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// Customers who never drop out: the likelihood of every model with drop-out is
// highest in the NBD limit, which must be found, said and forecast from, whatever
// the model.
func TestNobodyDropsOut(t *testing.T) {
	never := 0
	for seed := range uint64(6) {
		h := compressed(t, simulated(t, NBD{0.8, 6}, 1500, 20, 60, 1.0/7, seed))
		nbd, err := Fit(NBD{}, h, FitConfig{})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range []Model{BGNBD{}, MBGNBD{}, ParetoNBD{}, BGCNBD{K: 1}, MBGCNBD{K: 1}} {
			fit, err := Fit(m, h, FitConfig{})
			if err != nil {
				t.Fatal(seed, m.Name(), err)
			}
			if fit.LogLik < nbd.LogLik-1e-6 {
				t.Errorf("%d %s: log-likelihood %v is below that of its limit %v", seed, m.Name(), fit.LogLik, nbd.LogLik)
			}
			if !fit.Has(NoDropOut) {
				continue // a sample may look as if some dropped out
			}
			never++
			checkLimit(t, fit, nbd)
		}
	}
	if never < 10 {
		t.Errorf("only %d of 30 fits are at the limit", never)
	}
}

// checkLimit compares a fit at the limit with the NBD.
func checkLimit(t *testing.T, fit Fitted[Model], nbd Fitted[NBD]) {
	t.Helper()
	verify.Near(t, fit.Model.Name()+" log-likelihood", fit.LogLik, nbd.LogLik, 1e-9)
	verify.Near(t, fit.Model.Name()+" r", fit.Params[0].Value, nbd.Params[0].Value, 1e-6)
	if fit.Params[2].Value != 0 || fit.Params[3].Value != 1 {
		t.Errorf("%s: drop-out parameters %v and %v, want 0 and 1", fit.Model.Name(), fit.Params[2], fit.Params[3])
	}
	s := Summary{Frequency: 3, Recency: 10, T: 50}
	o, n := given0(t, fit.Model, s), given0(t, nbd.Model, s)
	if o.Alive() != 1 {
		t.Errorf("%s: P(alive) = %v", fit.Model.Name(), o.Alive())
	}
	got, err := o.Expected(52)
	if err != nil {
		t.Fatal(err)
	}
	want, err := n.Expected(52)
	if err != nil {
		t.Fatal(err)
	}
	verify.Near(t, fit.Model.Name()+" expectation", got, want, 1e-6)
}

// Customers who do not differ in their drop-out probability: a and b, or s and β,
// grow without bound, which must be said, and the answer must not depend on where
// a climb gave up.
func TestEqualDropOut(t *testing.T) {
	h := compressed(t, simulated(t, BGNBD{2, 4, 3e6, 7e6}, 3000, 30, 60, 0, 3))
	fit, err := Fit(BGNBD{}, h, FitConfig{})
	if err != nil {
		t.Fatal(err)
	}
	if !fit.Has(AtEnd) {
		t.Fatalf("no warning: %v", fit.Params)
	}
	verify.Near(t, "a/(a+b)", fit.Model.A/(fit.Model.A+fit.Model.B), 0.3, 0.1)
	if _, err := given0(t, fit.Model, Summary{Frequency: 2, Recency: 5, T: 20}).Expected(52); err != nil {
		t.Error(err)
	}
}

// Customers who do not differ in their rate: r and α grow without bound.
func TestEqualRates(t *testing.T) {
	h := compressed(t, simulated(t, ParetoNBD{3e6, 9e6, 0.8, 20}, 3000, 30, 60, 0, 4))
	for _, m := range []Model{ParetoNBD{}, NBD{}} {
		fit, err := Fit(m, h, FitConfig{})
		if err != nil {
			t.Fatal(err)
		}
		if m == (ParetoNBD{}) {
			if !fit.Has(AtEnd) {
				t.Fatalf("%s: no warning: %v", m.Name(), fit.Params)
			}
			verify.Near(t, "r/alpha", fit.Params[0].Value/fit.Params[1].Value, 1.0/3, 0.05)
		}
		if math.IsNaN(fit.LogLik) {
			t.Error("not a number")
		}
	}
}
