package contract

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv"
)

// Golden: the high-end segment, fitted on seven years, with values by 60 digits; the
// published parameters are 0.668 and 3.806.
func TestSBGHighEnd(t *testing.T) {
	var g struct {
		Survivors []int
		LL        float64
		Params    struct{ Alpha, Beta float64 }
		Survival  []float64
		Retention []float64
		DEL       float64   `json:"DEL_d0_1"`
		DERL      []float64 `json:"DERL_d0_1_given_n_minus_1_renewals"`
	}
	testdata.GoldenEntry(t, "ltv.json", "sbg/high-end", &g)
	if !slices.Equal(g.Survivors, highEnd) {
		t.Fatal("the survivors are not those of the reference: ", g.Survivors)
	}
	d := tenuresOf(t, highEnd[:8])
	fit := fittedContract(t, SBG{}, d, ltv.FitConfig{})
	if math.Abs(fit.LogLik-g.LL) > 1e-8 || fit.Customers != 1000 || len(fit.Warnings) > 0 {
		t.Errorf("log-likelihood %.12f, want %.12f; %d customers, warnings %v", fit.LogLik, g.LL, fit.Customers, fit.Warnings)
	}
	verify.Near(t, "alpha", fit.Model.Alpha, g.Params.Alpha, 1e-6) // the reference is exact to 1e-5
	verify.Near(t, "beta", fit.Model.Beta, g.Params.Beta, 1e-6)

	m := SBG(g.Params)
	verify.Near(t, "log-likelihood at the given parameters", valued(m.LogLik(d)), g.LL, 1e-13)
	for year, want := range g.Survival {
		verify.Near(t, fmt.Sprint("survival ", year), valued(m.Survival(year)), want, 1e-14)
	}
	for i, want := range g.Retention {
		verify.Near(t, fmt.Sprint("retention ", i+1), valued(m.Retention(i+1)), want, 1e-14)
	}
	verify.Near(t, "DEL", valued(m.DEL(0.1)), g.DEL, 1e-14)
	for i, want := range g.DERL {
		verify.Near(t, fmt.Sprint("DERL ", i+1), valued(m.DERL(i+1, 0.1)), want, 1e-14)
	}
}

// Published: Fader & Hardie (2007) fit 0.704 and 1.182 with a log-likelihood of
// -1680.27 to seven years of the regular segment, and 0.668 and 3.806 with -1611.16
// to the high-end one.
func TestSBGPublished(t *testing.T) {
	for _, c := range []struct {
		survivors              []int
		alpha, beta, tolerance float64
		logLik                 float64
	}{
		{regular, 0.704, 1.182, 5e-4, -1680.27},
		{highEnd, 0.668, 3.806, 5e-4, -1611.16},
	} {
		fit := fittedContract(t, SBG{}, tenuresOf(t, c.survivors[:8]), ltv.FitConfig{})
		if math.Abs(fit.Model.Alpha-c.alpha) > c.tolerance || math.Abs(fit.Model.Beta-c.beta) > c.tolerance || math.Abs(fit.LogLik-c.logLik) > 0.005 {
			t.Errorf("%v with %.4f, want %v, %v with %v", fit.Model, fit.LogLik, c.alpha, c.beta, c.logLik)
		}
	}
}

// Reference: 200 digits (mpmath 1.3.0). Periods so many that the one before is no number of
// its own as a float64.
func TestTenuresBeyondFloats(t *testing.T) {
	periods := int64(1e18)
	long := int(periods)
	if int64(long) != periods {
		t.Skip("int has 32 bits")
	}
	for _, c := range []struct {
		m    Model
		want float64
	}{
		{SBG{1e20, 1}, 0.009900990099009901}, // 1e18/1.01e20
		{BdW{1e20, 1, 1}, 0.009900990099009901},
		{BdW{1e12, 1, 0.5}, 0.99999999654562262},
		{SBG{0.5, 1}, 1},
	} {
		verify.Near(t, fmt.Sprint(c.m), valued(c.m.Retention(long)), c.want, 1e-14)
	}
	verify.Near(t, "stays three more", valued(SBG{1e20, 1}.Alive(long, 3)), 9.7059014792764445e-7, 1e-13)
	verify.Near(t, "leaves then", valued(SBG{0.5, 1}.Probability(long)), 4.4311346272637901e-28, 1e-12)
}
