package ltv

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/verify"
)

// What is known of a customer's parameters is what is known of the model whose origin is
// that customer: the covariates are measured from there.
func TestFittedForIsTheFitFromThere(t *testing.T) {
	all := bearers(t, 800, 8, levels, paretoByLevel)
	by := func(shift float64) *Design {
		return designed(t, []string{"level"}, all, func(z []float64) []float64 { return []float64{z[0] - shift} })
	}
	for _, cfg := range []CovariateConfig{{}, {Equal: []string{"level"}}, {FitConfig: FitConfig{Level: 0.8}}} {
		fit := verify.Must(FitCovariates(ParetoNBD{}, by(0), cfg))
		there := verify.Must(FitCovariates(ParetoNBD{}, by(2), cfg))
		one := verify.Must(fit.FittedFor([]float64{2}, []float64{2}))
		if m := verify.Must(fit.For([]float64{2}, []float64{2})); one.Model != m || one.Customers != fit.Customers || one.LogLik != fit.LogLik {
			t.Errorf("%+v, want %v", one, m)
		}
		for k, p := range one.Params {
			want := there.Params[k]
			verify.Near(t, p.Name, p.Value, want.Value, 1e-5)
			verify.Near(t, "standard error of "+p.Name, p.StdErr, want.StdErr, 1e-4)
			verify.Near(t, "upper limit of "+p.Name, p.Hi, want.Hi, 1e-4)
			if p.Level != want.Level {
				t.Errorf("level %v, want %v", p.Level, want.Level)
			}
			for l := range one.Params {
				if got, want := one.LogCovariance[k][l], there.LogCovariance[k][l]; math.Abs(got-want) > 1e-4*math.Sqrt(there.LogCovariance[k][k]*there.LogCovariance[l][l]) {
					t.Errorf("covariance %d, %d: %v, want %v", k, l, got, want)
				}
			}
		}
		var back FittedCovariates[ParetoNBD]
		if err := json.Unmarshal(verify.Must(json.Marshal(fit)), &back); err != nil || !reflect.DeepEqual(verify.Must(back.FittedFor([]float64{2}, []float64{2})), one) {
			t.Errorf("read back: %v", err)
		}
		verify.InputError(t, errOf(fit.FittedFor(nil, []float64{2})), "ltv.FittedCovariates.FittedFor", -1, "purchase", clientele.ErrMismatch)
	}
}

// Forecasts of customers with covariates have intervals, which hold what is not known of
// the effects.
func TestForecastWithCovariates(t *testing.T) {
	all := bearers(t, 300, 8, levels, paretoByLevel)
	d := designed(t, []string{"level"}, all, func(z []float64) []float64 { return z[:1] })
	fit := verify.Must(FitCovariates(ParetoNBD{}, d, CovariateConfig{}))
	width := func(one Fitted[ParetoNBD]) float64 {
		f := verify.Must(NewForecaster(one, Fitted[GammaGamma]{}, ForecastConfig{Horizon: Units(26), Intervals: true, Source: rand.NewPCG(1, 2)}))
		base := make([]Summary, 500)
		for i := range base {
			base[i] = Summary{Frequency: 1 + i%3, Recency: 20, T: 30}
		}
		return verify.Must(NewEquity(f, pairs(base), nil)).Total.Purchases.StdErr
	}
	near, far := verify.Must(fit.FittedFor([]float64{1}, []float64{1})), verify.Must(fit.FittedFor([]float64{9}, []float64{9}))
	if known := width(Fixed(near.Model)); !(width(near) > 2*known) {
		t.Errorf("parameters that are known: %v, estimated: %v", known, width(near))
	}
	if near.LogCovariance[1][1] >= far.LogCovariance[1][1] {
		t.Errorf("far from the data α is known better: %v, %v", near.LogCovariance[1][1], far.LogCovariance[1][1])
	}
}

// Effects that are known from elsewhere make models like estimated ones.
func TestKnownEffects(t *testing.T) {
	known := FittedCovariates[BGNBD]{
		Model:    BGNBD{0.24, 4.4, 0.8, 2.4},
		Purchase: []Effect{{Name: "web", Estimate: interval.Bare(0.5)}},
		DropOut:  []Effect{{Name: "web", Estimate: interval.Bare(-0.1)}, {Name: "age", Estimate: interval.Bare(0.2)}},
	}
	for _, p := range known.Model.Parameters() {
		known.Params = append(known.Params, FittedParam{p.Name, interval.Bare(p.Value)})
	}
	m := verify.Must(known.For([]float64{1}, []float64{1, 3}))
	verify.Near(t, "α", m.Alpha, 4.4*math.Exp(-0.5), 1e-15)
	verify.Near(t, "a", m.A, 0.8*math.Exp(0.5), 1e-15)
	verify.Near(t, "b", m.B, 2.4*math.Exp(0.5), 1e-15)
	one := verify.Must(known.FittedFor([]float64{1}, []float64{1, 3}))
	if one.LogCovariance != nil || one.Covariance != nil || slices.ContainsFunc(one.Params, func(p FittedParam) bool { return p.Level != 0 }) || len(one.Warnings) != 0 {
		t.Errorf("%+v", one)
	}
	verify.InputError(t, errOf(known.For([]float64{1}, []float64{1})), "ltv.FittedCovariates.For", -1, "dropOut", clientele.ErrMismatch)
}
