package ltv

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/internal/verify"
)

// With normal intervals, 15 % of samples of five customers showed an effect where there is none.
// Intervals and p-values are those of Student's t, and without degrees of freedom there are none.
func TestEffectsOfHandfuls(t *testing.T) {
	fit := func(n int) FittedCovariates[BGNBD] {
		d := verify.Must(NewDesign(Covariates{Purchase: []string{"web"}}))
		for i, s := range simulated(t, NBD{1, 4}, n, 40, 52, 0, 3) {
			if err := d.Add(s, []float64{float64(i % 2)}, nil); err != nil {
				t.Fatal(err)
			}
		}
		return verify.Must(FitCovariates(BGNBD{}, d, CovariateConfig{}))
	}
	few := fit(4)
	if e := few.Purchase[0]; few.DegreesOfFreedom != 0 || e.Level != 0 || e.P != 1 || e.Lo != e.Value || e.Hi != e.Value {
		t.Errorf("four customers tell %+v with %d degrees of freedom", e, few.DegreesOfFreedom)
	}
	more := fit(12)
	if more.DegreesOfFreedom < 3 || more.DegreesOfFreedom > 7 {
		t.Fatalf("twelve customers have %d degrees of freedom", more.DegreesOfFreedom)
	}
	e, df := more.Purchase[0], float64(more.DegreesOfFreedom)
	widening := math.Sqrt((df + 5) / df) // of r, alpha, a, b and the effect
	reach := special.StudentQuantile(0.975, df) * e.StdErr * widening
	verify.Near(t, "lower limit", e.Lo, e.Value-reach, 1e-12)
	verify.Near(t, "upper limit", e.Hi, e.Value+reach, 1e-12)
	verify.Near(t, "p-value", e.P, special.StudentTail(e.Value/e.StdErr/widening, df), 1e-12)
	if (e.P < 0.05) == (e.Lo <= 0 && 0 <= e.Hi) {
		t.Errorf("the p-value %v and the interval %v disagree", e.P, e)
	}
}

// Where customers do not differ in dropping out, an effect of the BG/NBD on how much they differ
// bears on nothing.
func TestEffectOnShapeAtEnd(t *testing.T) {
	met := 0
	for seed := range uint64(12) {
		d := verify.Must(NewDesign(Covariates{DropOut: []string{"web"}}))
		for i, s := range simulated(t, BGNBD{1.2, 8, 60, 120}, 40, 26, 52, 0, seed) {
			if err := d.Add(s, nil, []float64{float64(i % 2)}); err != nil {
				t.Fatal(err)
			}
		}
		fit := verify.Must(FitCovariates(BGNBD{}, d, CovariateConfig{}))
		if fit.DropOut == nil || fit.Params[2].StdErr != 0 {
			continue
		}
		met++
		if e := fit.DropOut[0]; e.Level != 0 || e.P != 1 {
			t.Errorf("seed %d: a is %v, and yet the effect %+v", seed, fit.Params[2], e)
		}
	}
	if met == 0 {
		t.Error("a is at an end in no sample")
	}
}

// A customer of a fit with covariates has intervals where the fit has them.
func TestFittedForOfHandfuls(t *testing.T) {
	all := bearers(t, 300, 8, levels, paretoByLevel)
	d := designed(t, []string{"level"}, all, func(z []float64) []float64 { return z[:1] })
	fit := verify.Must(FitCovariates(ParetoNBD{}, d, CovariateConfig{}))
	one := verify.Must(fit.FittedFor([]float64{1}, []float64{1}))
	if one.DegreesOfFreedom != fit.DegreesOfFreedom || fit.DegreesOfFreedom < 100 || len(told(one.Params)) != 4 {
		t.Errorf("%d and %d degrees of freedom, intervals of %v", fit.DegreesOfFreedom, one.DegreesOfFreedom, told(one.Params))
	}
	fit.DegreesOfFreedom = 0
	few := verify.Must(fit.FittedFor([]float64{1}, []float64{1}))
	if names := told(few.Params); len(names) > 0 {
		t.Errorf("intervals of %v", names)
	}
	if p := few.Params[0]; math.IsNaN(p.StdErr) || p.StdErr == 0 {
		t.Errorf("r has no standard error: %v", p)
	}
}
