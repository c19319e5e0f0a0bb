package ltv

import (
	"encoding/csv"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
)

// apparel are the summaries of the apparel retailer's customers with odd ids, in
// weeks, from the first 104 weeks, with their two covariates, by id.
func apparel(t *testing.T) (ids []string, all map[string]Summary, covariates map[string][]float64) {
	t.Helper()
	days := make(map[string]map[int]bool)
	rows, err := csv.NewReader(reference(t, "data", "apparel-odd-transactions.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var dates []int
	for _, row := range rows[1:] {
		date, err := time.Parse(time.DateOnly, row[1])
		if err != nil {
			t.Fatal(err)
		}
		day := int(date.Unix() / 86400)
		dates = append(dates, day)
		if days[row[0]] == nil {
			days[row[0]] = make(map[int]bool)
		}
		days[row[0]][day] = true
	}
	first := dates[0]
	for _, d := range dates {
		first = min(first, d)
	}
	end := first + 104*7
	all, covariates = make(map[string]Summary), make(map[string][]float64)
	rows, err = csv.NewReader(reference(t, "data", "apparel-odd-static-covariates.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		id := row[0]
		ids = append(ids, id)
		covariates[id] = []float64{number(t, row[1]), number(t, row[2])}
		birth, last, n := math.MaxInt, 0, 0
		for d := range days[id] {
			if d <= end {
				birth, last, n = min(birth, d), max(last, d), n+1
			}
		}
		all[id] = Summary{Frequency: n - 1, Recency: float64(last-birth) / 7, T: float64(end-birth) / 7}
	}
	return ids, all, covariates
}

// apparelDesign has both covariates on both processes.
func apparelDesign(t *testing.T) (*Design, map[string]Summary, map[string][]float64) {
	ids, all, covariates := apparel(t)
	names := []string{"Gender", "Channel"}
	d, err := NewDesign(Covariates{Purchase: names, DropOut: names})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		if err := d.Add(all[id], covariates[id], covariates[id]); err != nil {
			t.Fatal(err)
		}
	}
	return d, all, covariates
}

type apparelGolden struct {
	Params map[string]float64 `json:"params"`
	SE     map[string]float64 `json:"se"`
	LL     float64            `json:"LL"`
	Sum    float64            `json:"sum_CET"`
	Rows   []struct {
		ID    string  `json:"Id"`
		Alive float64 `json:"PAlive"`
		CET   float64 `json:"CET"`
		DERT  float64 `json:"DERT"`
	} `json:"predictions"`
}

// The Pareto/NBD with static covariates, by CLVTools 0.12.1.
func TestReferenceCovariates(t *testing.T) {
	d, all, covariates := apparelDesign(t)
	var g apparelGolden
	golden(t, "apparel-odd/pnbd_static/peer", &g)
	fit, err := FitCovariates(ParetoNBD{}, d, CovariateConfig{})
	if err != nil {
		t.Fatal(err)
	}
	if fit.LogLik < g.LL-1e-6 {
		t.Errorf("log-likelihood %v is below %v", fit.LogLik, g.LL)
	}
	// CLVTools stops short of the maximum by 1e-5, along the direction in which s
	// and beta are hardly told apart: a hundredth of their standard errors.
	same := func(what string, got clientele.Estimate, want, se float64) {
		t.Helper()
		if math.Abs(got.Value-want) > 0.02*se {
			t.Errorf("%s = %v, want %v", what, got.Value, want)
		}
		near(t, "standard error of "+what, got.StdErr, se, 0.02)
	}
	for _, p := range fit.Params {
		same(p.Name, p.Estimate, g.Params[p.Name], g.SE[p.Name])
	}
	for i, e := range fit.Purchase {
		same(e.Name, e.Estimate, g.Params["trans."+e.Name], g.SE["trans."+e.Name])
		same(e.Name, fit.DropOut[i].Estimate, g.Params["life."+e.Name], g.SE["life."+e.Name])
	}
	sum := 0.0
	for id, s := range all {
		m, err := fit.For(covariates[id], covariates[id])
		if err != nil {
			t.Fatal(err)
		}
		sum += must(given0(t, m, s).Expected(52))
	}
	near(t, "expected purchases", sum, g.Sum, 1e-3)
}

// The formulas at the parameters of CLVTools: no optimiser is involved.
func TestReferenceCovariatePredictions(t *testing.T) {
	_, all, covariates := apparelDesign(t)
	var g apparelGolden
	golden(t, "apparel-odd/pnbd_static/peer", &g)
	p := g.Params
	for _, row := range g.Rows {
		z := covariates[row.ID]
		of := math.Exp(p["trans.Gender"]*z[0] + p["trans.Channel"]*z[1])
		from := math.Exp(p["life.Gender"]*z[0] + p["life.Channel"]*z[1])
		o := given0(t, ParetoNBD{p["r"], p["alpha"] / of, p["s"], p["beta"] / from}, all[row.ID])
		near(t, row.ID+" P(alive)", o.Alive(), row.Alive, 1e-8)
		near(t, row.ID+" expected", must(o.Expected(52)), row.CET, 1e-8)
		near(t, row.ID+" DERT", must(o.Discounted(inf, math.Log(1.1)/52)), row.DERT, 1e-7)
	}
}

// The BG/NBD runs to a boundary on these data, where CLVTools stops at an arbitrary
// point with standard errors of 800.
func TestReferenceCovariatesAtBoundary(t *testing.T) {
	d, _, _ := apparelDesign(t)
	var g apparelGolden
	golden(t, "apparel-odd/bgnbd_static/peer", &g)
	fit, err := FitCovariates(BGNBD{}, d, CovariateConfig{})
	if err != nil {
		t.Fatal(err)
	}
	if fit.LogLik < g.LL-1e-6 {
		t.Errorf("log-likelihood %v is below %v", fit.LogLik, g.LL)
	}
	boundary := false
	for _, w := range fit.Warnings {
		boundary = boundary || w.Kind == Boundary
	}
	if !boundary {
		t.Errorf("no warning of the boundary: %v", fit)
	}
}

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
	near(t, "log-likelihood", hundred.LogLik, one.LogLik, 1e-12)
	near(t, "effect", hundred.Purchase[0].Value*100, one.Purchase[0].Value, 1e-6)
	near(t, "other effect", hundred.DropOut[0].Value, one.DropOut[0].Value, 1e-6)
	near(t, "r", hundred.Params[0].Value, one.Params[0].Value, 1e-6)
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
