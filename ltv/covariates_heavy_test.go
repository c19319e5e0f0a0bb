package ltv

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// heavyDesign has a covariate of which few customers have very much more than others, so
// that its effect is far above 20 per greatest distance from the mean.
func heavyDesign(t *testing.T, tail, effect, offset float64) *Design {
	t.Helper()
	d := verify.Must(NewDesign(Covariates{Purchase: []string{"money"}}))
	rng := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		z := math.Exp(tail * rng.NormFloat64())
		times, err := given0(t, heavyTruth(effect, z), Summary{}).Simulate(50, rng)
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Add(summaryOf(times, 50, 0), []float64{z + offset}, nil); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// heavyTruth is the model of a customer. Nobody far out ever buys.
func heavyTruth(effect, z float64) ParetoNBD {
	return ParetoNBD{0.8, 10 / math.Exp(effect*min(z, 500)), 0.7, 12}
}

// A bound of the search is no answer: an effect that is large for the customer who is
// farthest from the mean is found where the likelihood has its maximum.
func TestEffectsBeyondTheBoundOfTheSearch(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	for _, tail := range []float64{1, 2, 3} {
		d := heavyDesign(t, tail, -0.2, 0)
		for name, fit := range map[string]FittedCovariates[ParetoNBD]{
			"free":  verify.Must(FitCovariates(ParetoNBD{}, d, CovariateConfig{})),
			"ridge": verify.Must(FitCovariates(ParetoNBD{}, d, CovariateConfig{Penalty: 1e-9})),
		} {
			e := fit.Purchase[0]
			if !(e.StdErr > 0 && math.Abs(e.Value+0.2) < 4*e.StdErr) || fit.Has(AtEnd) {
				t.Errorf("tail %v, %s: %+v, %v", tail, name, e, fit.Warnings)
			}
			if truth := logLikOf(t, d, -0.2); fit.LogLik < truth {
				t.Errorf("tail %v, %s: log-likelihood %v, by the truth %v", tail, name, fit.LogLik, truth)
			}
		}
	}
}

// logLikOf is the log-likelihood of a heavy design by the parameters it was made with.
func logLikOf(t *testing.T, d *Design, effect float64) (sum float64) {
	t.Helper()
	for c, n := range d.counts {
		z := d.values[c.group][0]
		sum += float64(n) * valued(heavyTruth(effect, z).LogLik(Summary{Frequency: int(c.x), Recency: c.recency, T: c.t}))
	}
	return sum
}

// Far from 0 the parameters of a customer who has 0 are hardly known, and are numbers all
// the same: the fit is stored and read.
func TestParametersFarFromTheData(t *testing.T) {
	for _, offset := range []float64{300, 1300} {
		fit := verify.Must(FitCovariates(ParetoNBD{}, heavyDesign(t, 0.1, -0.2, offset), CovariateConfig{}))
		for _, p := range append(fit.Params, FittedParam{"effect", fit.Purchase[0].Estimate}) {
			for _, v := range []float64{p.Value, p.StdErr, p.Lo, p.Hi} {
				if math.IsInf(v, 0) || math.IsNaN(v) {
					t.Errorf("covariates near %v: %s is %+v", offset, p.Name, p)
				}
			}
		}
		if offset > 1000 && !fit.Has(Flat) {
			t.Errorf("covariates near %v: %v", offset, fit.Warnings)
		}
		var back FittedCovariates[ParetoNBD]
		if err := json.Unmarshal(verify.Must(json.Marshal(fit)), &back); err != nil || !reflect.DeepEqual(back, fit) {
			t.Errorf("covariates near %v: %v", offset, err)
		}
		if m, err := back.For([]float64{offset + 1}, nil); err != nil || m != verify.Must(fit.For([]float64{offset + 1}, nil)) {
			t.Errorf("covariates near %v: %v, %v", offset, m, err)
		}
	}
}

// An effect without bound, beside one that is large: each is what it is alone.
func TestEffectWithoutBoundBesideALargeOne(t *testing.T) {
	d := verify.Must(NewDesign(Covariates{Purchase: []string{"never", "money"}}))
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range 2000 {
		z, never := math.Exp(2*rng.NormFloat64()), float64(i%10/9)
		times, err := given0(t, heavyTruth(-0.2, z), Summary{}).Simulate(50, rng)
		if err != nil {
			t.Fatal(err)
		}
		if never == 1 {
			times = nil
		}
		if err := d.Add(summaryOf(times, 50, 0), []float64{never, z}, nil); err != nil {
			t.Fatal(err)
		}
	}
	fit := verify.Must(FitCovariates(ParetoNBD{}, d, CovariateConfig{}))
	if e := fit.Purchase[0]; !(e.Value < -15) || e.StdErr != 0 || !fit.Has(AtEnd) {
		t.Errorf("%+v, %v", e, fit.Warnings)
	}
	if e := fit.Purchase[1]; !(e.StdErr > 0 && math.Abs(e.Value+0.2) < 4*e.StdErr) {
		t.Errorf("%+v, %v", e, fit.Warnings)
	}
}

// A prior is about a customer with mean covariates, however far from most that is.
func TestPriorOfMeanCovariates(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	d, mean := heavyDesign(t, 2, -0.2, 0), 0.0
	for c, n := range d.counts {
		mean += float64(n) * d.values[c.group][0] / float64(d.Len())
	}
	for _, median := range []float64{500, 2000} {
		cfg := CovariateConfig{FitConfig: FitConfig{Priors: []Prior{{"alpha", median, 1e-4}}}}
		fit := verify.Must(FitCovariates(ParetoNBD{}, d, cfg))
		m := verify.Must(fit.For([]float64{mean}, nil))
		verify.Near(t, "alpha of a customer with mean covariates", m.Alpha, median, 1e-4)
		if e := fit.Purchase[0]; !(e.Value < -0.05) {
			t.Errorf("%+v", e)
		}
	}
}
