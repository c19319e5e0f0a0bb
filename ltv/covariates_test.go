package ltv

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

// simulatedDesign has two covariates, of which the second bears on dropping out
// too.
func simulatedDesign(t *testing.T, n int, scale float64) *Design {
	t.Helper()
	d, err := NewDesign(Covariates{Purchase: []string{"a", "b"}, DropOut: []string{"b"}})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for range n {
		a, b := float64(rng.IntN(2)), float64(rng.IntN(3))
		m := ParetoNBD{0.8, 10 / math.Exp(0.7*a-0.3*b), 0.7, 12 / math.Exp(0.5*b)}
		age := 30 + 30*rng.Float64()
		times, err := given0(t, m, Summary{}).Simulate(age, rng)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Add(summaryOf(times, age, 0), []float64{a * scale, b}, []float64{b}); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// Known effects are recovered within four standard errors.
func TestCovariatesAreRecovered(t *testing.T) {
	fit, err := FitCovariates(ParetoNBD{}, simulatedDesign(t, 3000, 1), CovariateConfig{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{0.8, 10, 0.7, 12} {
		if p := fit.Params[i]; math.Abs(p.Value-want) > 4*p.StdErr {
			t.Errorf("%v, want %v ± %v", p, want, p.StdErr)
		}
	}
	for i, e := range append(fit.Purchase, fit.DropOut...) {
		if want := []float64{0.7, -0.3, 0.5}[i]; math.Abs(e.Value-want) > 4*e.StdErr || e.StdErr > 0.3 {
			t.Errorf("%s: %v ± %v, want %v", e.Name, e.Value, e.StdErr, want)
		}
	}
}

// Invariant: the unit of a covariate divides its effect and changes nothing else;
// the number of goroutines changes nothing at all.
func TestCovariatesDoNotDependOnTheirUnit(t *testing.T) {
	d := simulatedDesign(t, 800, 1)
	one, err := FitCovariates(ParetoNBD{}, d, CovariateConfig{FitConfig: FitConfig{Workers: 1}})
	if err != nil {
		t.Fatal(err)
	}
	for _, workers := range []int{2, 8} {
		again, err := FitCovariates(ParetoNBD{}, d, CovariateConfig{FitConfig: FitConfig{Workers: workers}})
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(again, one) {
			t.Errorf("%d workers give another fit", workers)
		}
	}
	hundred, err := FitCovariates(ParetoNBD{}, simulatedDesign(t, 800, 100), CovariateConfig{})
	if err != nil {
		t.Fatal(err)
	}
	verify.Near(t, "log-likelihood", hundred.LogLik, one.LogLik, 1e-12)
	verify.Near(t, "effect", hundred.Purchase[0].Value*100, one.Purchase[0].Value, 1e-6)
	verify.Near(t, "other effect", hundred.DropOut[0].Value, one.DropOut[0].Value, 1e-6)
	verify.Near(t, "r", hundred.Params[0].Value, one.Params[0].Value, 1e-6)
}

// Equal effects are equal, lower the likelihood, and save a parameter; a penalty
// draws effects towards 0.
func TestCovariateConstraints(t *testing.T) {
	d := simulatedDesign(t, 800, 1)
	free, err := FitCovariates(ParetoNBD{}, d, CovariateConfig{})
	if err != nil {
		t.Fatal(err)
	}
	equal, err := FitCovariates(ParetoNBD{}, d, CovariateConfig{Equal: []string{"b"}})
	if err != nil {
		t.Fatal(err)
	}
	if equal.Purchase[1].Value != equal.DropOut[0].Value || equal.Free != free.Free-1 || !(equal.LogLik < free.LogLik) {
		t.Errorf("equal effects: %v, %v; %d and %d free; %v and %v",
			equal.Purchase[1].Value, equal.DropOut[0].Value, equal.Free, free.Free, equal.LogLik, free.LogLik)
	}
	before := math.Abs(free.Purchase[0].Value)
	for _, penalty := range []float64{1, 100, 1e4} {
		fit, err := FitCovariates(ParetoNBD{}, d, CovariateConfig{Penalty: penalty})
		if err != nil {
			t.Fatal(err)
		}
		if v := math.Abs(fit.Purchase[0].Value); !(v < before) {
			t.Errorf("penalty %v: effect %v, before %v", penalty, v, before)
		} else {
			before = v
		}
	}
	if !(before < 0.1) {
		t.Errorf("the greatest penalty leaves an effect of %v", before)
	}
}

// Designs and configurations that cannot be used are refused, with names.
func TestCovariatesRefuse(t *testing.T) {
	if _, err := NewDesign(Covariates{Purchase: []string{"a", "a", ""}}); !errors.Is(err, clientele.ErrDuplicate) || !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
	d, err := NewDesign(Covariates{Purchase: []string{"a", "b", "c"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, z := range [][]float64{nil, {1}, {1, 2, math.NaN()}} {
		if err := d.Add(Summary{T: 1}, z, nil); err == nil {
			t.Errorf("%v is accepted", z)
		}
	}
	for i := range 20 {
		a, b := float64(i%3), float64(i%5)
		if err := d.Add(Summary{Frequency: i % 4, Recency: float64(i % 4), T: 10}, []float64{a, b, a + b}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := FitCovariates(ParetoNBD{}, d, CovariateConfig{}); !errors.Is(err, ErrCollinear) {
		t.Errorf("collinear covariates: %v", err)
	}
	if _, err := FitCovariates(ParetoNBD{}, d, CovariateConfig{Equal: []string{"x"}, Penalty: -1}); !errors.Is(err, clientele.ErrUnknown) || !errors.Is(err, clientele.ErrNegative) {
		t.Errorf("bad configuration: %v", err)
	}
	if _, err := FitCovariates(ParetoNBD{}, nil, CovariateConfig{}); !errors.Is(err, clientele.ErrEmpty) {
		t.Errorf("no design: %v", err)
	}
	fit, err := FitCovariates(ParetoNBD{}, simulatedDesign(t, 300, 1), CovariateConfig{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fit.For([]float64{1}, []float64{1}); !errors.Is(err, clientele.ErrMismatch) {
		t.Errorf("a customer of too few covariates: %v", err)
	}
}

// A covariate of its own for everybody is a group of its own for everybody.
func TestContinuousCovariates(t *testing.T) {
	d, err := NewDesign(Covariates{Purchase: []string{"size"}, DropOut: []string{"size"}})
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		z := rng.NormFloat64()
		times, err := given0(t, BGNBD{0.8, 10 / math.Exp(0.5*z), 0.8, 2.5}, Summary{}).Simulate(50, rng)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Add(summaryOf(times, 50, 0), []float64{z}, []float64{z}); err != nil {
			t.Fatal(err)
		}
	}
	fit, err := FitCovariates(BGNBD{}, d, CovariateConfig{})
	if err != nil {
		t.Fatal(err)
	}
	if e := fit.Purchase[0]; math.Abs(e.Value-0.5) > 4*e.StdErr {
		t.Errorf("effect %v ± %v, want 0.5", e.Value, e.StdErr)
	}
}
