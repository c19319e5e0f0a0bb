package ltv

import (
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

// bearer is a customer with covariates.
type bearer struct {
	s Summary
	z []float64
}

// bearers draws customers of the model that their covariates make, from 30 to 60
// units of time ago.
func bearers(t testing.TB, n int, seed uint64, covariates func(*rand.Rand) []float64, model func(z []float64) Model) []bearer {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 2))
	all := make([]bearer, n)
	for i := range all {
		z, age := covariates(rng), 30+30*rng.Float64()
		times, err := given0(t, model(z), Summary{}).Simulate(age, rng)
		if err != nil {
			t.Fatal(err)
		}
		all[i] = bearer{summaryOf(times, age, 0), z}
	}
	return all
}

// designed puts what of makes of covariates on both processes.
func designed(t testing.TB, names []string, all []bearer, of func(z []float64) []float64) *Design {
	t.Helper()
	d, err := NewDesign(Covariates{Purchase: names, DropOut: names})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range all {
		if err := d.Add(b.s, of(b.z), of(b.z)); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func asDrawn(z []float64) []float64 { return z }

func fittedWith[M CovariateModel](t testing.TB, m M, d *Design, cfg CovariateConfig) FittedCovariates[M] {
	t.Helper()
	fit, err := FitCovariates(m, d, cfg)
	if err != nil {
		t.Fatal(m.Name(), err)
	}
	return fit
}

// levels are three, with one covariate of their own besides.
func levels(rng *rand.Rand) []float64 { return []float64{float64(rng.IntN(3)), rng.NormFloat64()} }

func paretoByLevel(z []float64) Model {
	return ParetoNBD{0.9, 8 / math.Exp([]float64{0, 0.4, 0.9}[int(z[0])]), 0.8, 12 / math.Exp(0.5*z[1])}
}

// Invariant: without covariates, and with a penalty that leaves no effects, the fit
// is that of the model alone.
func TestCovariatesWithoutEffects(t *testing.T) {
	all := bearers(t, 600, 3, levels, paretoByLevel)
	h := new(Sample)
	for _, b := range all {
		if err := h.Add(b.s, 1); err != nil {
			t.Fatal(err)
		}
	}
	cfg := FitConfig{Priors: []Prior{{Param: "s", Median: 0.7, Spread: 0.2}, {Param: "alpha", Median: 10, Spread: 1}}}
	for name, cfg := range map[string]FitConfig{"free": {}, "with priors": cfg} {
		want := fittedTo(t, ParetoNBD{}, h, cfg)
		none := fittedWith(t, ParetoNBD{}, designed(t, nil, all, func([]float64) []float64 { return nil }), CovariateConfig{FitConfig: cfg})
		held := fittedWith(t, ParetoNBD{}, designed(t, []string{"level", "size"}, all, asDrawn), CovariateConfig{FitConfig: cfg, Penalty: 1e12})
		verify.Near(t, name+": log-likelihood", none.LogLik, want.LogLik, 1e-12)
		verify.Near(t, name+": log-likelihood without effects", held.LogLik, want.LogLik, 1e-9)
		verify.Near(t, name+": BIC", none.BIC, want.BIC, 1e-12)
		for i, p := range want.Params {
			verify.Near(t, name+": "+p.Name, none.Params[i].Value, p.Value, 1e-6)
			verify.Near(t, name+": "+p.Name+" without effects", held.Params[i].Value, p.Value, 1e-6)
			verify.Near(t, name+": standard error of "+p.Name, none.Params[i].StdErr, p.StdErr, 1e-5)
		}
	}
}

// Invariant: the order in which customers come changes no bit.
func TestCovariatesDoNotDependOnOrder(t *testing.T) {
	all := bearers(t, 500, 4, levels, paretoByLevel)
	shuffled := slices.Clone(all)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	names := []string{"level", "size"}
	one := fittedWith(t, BGNBD{}, designed(t, names, all, asDrawn), CovariateConfig{})
	other := fittedWith(t, BGNBD{}, designed(t, names, shuffled, asDrawn), CovariateConfig{})
	if !reflect.DeepEqual(one, other) {
		t.Errorf("another order gives\n%v, not\n%v", other, one)
	}
}

// Invariant: which level of a factor the others are compared with, and from where a
// covariate is counted, changes neither the likelihood nor any customer's model.
func TestCovariateCoding(t *testing.T) {
	all := bearers(t, 1500, 5, levels, paretoByLevel)
	is := func(a, b float64) float64 {
		if a == b {
			return 1
		}
		return 0
	}
	names := []string{"one", "other", "size"}
	codings := []func(z []float64) []float64{
		func(z []float64) []float64 { return []float64{is(z[0], 1), is(z[0], 2), z[1]} },
		func(z []float64) []float64 { return []float64{is(z[0], 0), is(z[0], 1), z[1] + 50} },
		func(z []float64) []float64 { return []float64{is(z[0], 2) - is(z[0], 0), is(z[0], 1), -z[1] / 100} },
	}
	var fits []FittedCovariates[ParetoNBD]
	for _, of := range codings {
		fits = append(fits, fittedWith(t, ParetoNBD{}, designed(t, names, all, of), CovariateConfig{}))
	}
	for i, fit := range fits[1:] {
		verify.Near(t, "log-likelihood", fit.LogLik, fits[0].LogLik, 1e-12)
		for _, z := range [][]float64{{0, 0}, {1, 1}, {2, -1}} {
			want, err := fits[0].For(codings[0](z), codings[0](z))
			if err != nil {
				t.Fatal(err)
			}
			got, err := fit.For(codings[i+1](z), codings[i+1](z))
			if err != nil {
				t.Fatal(err)
			}
			for k, p := range want.Parameters() {
				verify.Near(t, p.Name, got.Parameters()[k].Value, p.Value, 1e-6)
			}
		}
	}
}

// Customers who never buy again, and are told by a covariate, say nothing about the
// others: their rate is 0 in the limit, and the rest is as if they were not there.
func TestCovariateOfThoseWhoNeverBuyAgain(t *testing.T) {
	testNeverBuyAgain(t, ParetoNBD{})
	testNeverBuyAgain(t, BGNBD{})
}

func testNeverBuyAgain[M CovariateModel](t *testing.T, m M) {
	buyers := bearers(t, 250, 6, levels, paretoByLevel)
	for i := range buyers {
		buyers[i].z = append([]float64{0}, buyers[i].z...)
	}
	want := fittedWith(t, m, designed(t, []string{"level", "size"}, buyers, func(z []float64) []float64 { return z[1:] }), CovariateConfig{})
	for _, silent := range []int{5, 300} {
		all := slices.Clone(buyers)
		for i := range silent {
			all = append(all, bearer{Summary{T: 30 + float64(i%31)}, []float64{1, float64(i % 3), float64(i%7) - 3}})
		}
		got := fittedWith(t, m, designed(t, []string{"silent", "level", "size"}, all, asDrawn), CovariateConfig{})
		if !got.Has(AtEnd) || !got.Has(Flat) || got.Purchase[0].P != 1 || got.Purchase[0].Value > -10 || got.DropOut[0].Value != 0 {
			t.Errorf("%s: %d silent: %v, %v, %v", m.Name(), silent, got.Purchase[0], got.DropOut[0], got.Warnings)
		}
		verify.Near(t, "log-likelihood", got.LogLik, want.LogLik, 1e-9)
		for i, p := range want.Params {
			verify.Near(t, p.Name, got.Params[i].Value, p.Value, 1e-4)
			verify.Near(t, "standard error of "+p.Name, got.Params[i].StdErr, p.StdErr, 1e-3)
		}
		for i, e := range want.Purchase {
			verify.Near(t, e.Name, got.Purchase[i+1].Value, e.Value, 1e-4)
			verify.Near(t, e.Name+" on dropping out", got.DropOut[i+1].Value, want.DropOut[i].Value, 1e-4)
			verify.Near(t, "standard error of "+e.Name, got.DropOut[i+1].StdErr, want.DropOut[i].StdErr, 1e-3)
		}
	}
}

// Where nobody drops out, there are effects on purchasing alone, and each customer
// has an NBD.
func TestCovariatesWithoutDropOut(t *testing.T) {
	all := bearers(t, 800, 7, levels, func(z []float64) Model { return NBD{1.2, 5 / math.Exp(0.6*z[1])} })
	fit := fittedWith(t, ParetoNBD{}, designed(t, []string{"level", "size"}, all, asDrawn), CovariateConfig{})
	if !fit.Has(NoDropOut) || fit.DropOut != nil || fit.Model.S != 0 || fit.Model.Beta != 1 || fit.Free != 4 {
		t.Errorf("%v, %v", fit.Model, fit.Warnings)
	}
	if e := fit.Purchase[1]; math.Abs(e.Value-0.6) > 4*e.StdErr || !(e.StdErr > 0) {
		t.Errorf("effect %v, want 0.6", e)
	}
	m, err := fit.For([]float64{0, 2}, []float64{0, 2})
	if err != nil {
		t.Fatal(err)
	}
	verify.Near(t, "alpha", m.Alpha, fit.Model.Alpha/math.Exp(2*fit.Purchase[1].Value), 1e-14)
	if o := given0(t, m, all[0].s); o.Alive() != 1 {
		t.Errorf("P(alive) = %v", o.Alive())
	}
}

// Covariates that are far from 0 are fitted all the same, unless the model of a
// customer who has 0 is beyond all numbers.
func TestCovariatesFarFromZero(t *testing.T) {
	all := bearers(t, 800, 8, levels, paretoByLevel)
	by := func(shift float64) *Design {
		return designed(t, []string{"year"}, all, func(z []float64) []float64 { return []float64{shift + z[0]} })
	}
	near0, years := fittedWith(t, ParetoNBD{}, by(0), CovariateConfig{}), fittedWith(t, ParetoNBD{}, by(200), CovariateConfig{})
	verify.Near(t, "log-likelihood", years.LogLik, near0.LogLik, 1e-12)
	verify.Near(t, "effect", years.Purchase[0].Value, near0.Purchase[0].Value, 1e-9)
	verify.Near(t, "standard error", years.DropOut[0].StdErr, near0.DropOut[0].StdErr, 1e-6)
	if fit, err := FitCovariates(ParetoNBD{}, by(1e6), CovariateConfig{}); !errors.Is(err, clientele.ErrRange) || fit.LogLik != 0 {
		t.Errorf("%v, %v", fit.Model, err)
	}
}

// Customers who do not differ in what an effect describes tell nothing of it: a and b
// are at their end, and the effect is 0.
func TestCovariateOfNothing(t *testing.T) {
	coin := func(rng *rand.Rand) []float64 { return []float64{float64(rng.IntN(2))} }
	all := bearers(t, 3000, 15, coin, func([]float64) Model { return BGNBD{0.9, 6, 3e6, 9e6} })
	d, err := NewDesign(Covariates{DropOut: []string{"coin"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range all {
		if err := d.Add(b.s, nil, b.z); err != nil {
			t.Fatal(err)
		}
	}
	fit := fittedWith(t, BGNBD{}, d, CovariateConfig{})
	if e := fit.DropOut[0]; e.Value != 0 || e.StdErr != 0 || e.P != 1 || !fit.Has(Flat) || !fit.Has(AtEnd) {
		t.Errorf("%v, %v", e, fit.Warnings)
	}
	verify.Near(t, "a/(a+b)", fit.Model.A/(fit.Model.A+fit.Model.B), 0.25, 0.1)
}
