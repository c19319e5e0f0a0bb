package ltv

import (
	"math"
	"reflect"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
)

// Quantiles at 5 %, of chi-squared by NIST/SEMATECH e-Handbook of Statistical
// Methods, section 1.3.6.7.4; of the 50:50 mixture of 0 and 1 it is that of
// chi-squared with 1 degree at 10 %.
func TestRatioTail(t *testing.T) {
	for _, test := range []struct {
		test RatioTest
		p    float64
	}{
		{RatioTest{Statistic: 3.841, DegreesOfFreedom: 1}, 0.05},
		{RatioTest{Statistic: 5.991, DegreesOfFreedom: 2}, 0.05},
		{RatioTest{Statistic: 7.815, DegreesOfFreedom: 3}, 0.05},
		{RatioTest{Statistic: 2.706, DegreesOfFreedom: 1, Boundary: true}, 0.05},
		{RatioTest{Statistic: 0, DegreesOfFreedom: 1, Boundary: true}, 1},
		{RatioTest{Statistic: 0, DegreesOfFreedom: 2}, 1},
	} {
		if got := test.test.tail(); math.Abs(got-test.p) > 2e-5 {
			t.Errorf("%+v: %v, want %v", test.test, got, test.p)
		}
	}
	// Closed forms: erfc(√(v/2)) with 1 degree of freedom and e^(-v/2) with 2.
	for _, v := range []float64{1e-9, 0.1, 1, 5, 40, 300, 1200} {
		one, two := math.Erfc(math.Sqrt(v/2)), math.Exp(-v/2)
		verify.Near(t, "one", RatioTest{Statistic: v, DegreesOfFreedom: 1}.tail(), one, 1e-11)
		verify.Near(t, "two", RatioTest{Statistic: v, DegreesOfFreedom: 2}.tail(), two, 1e-11)
		verify.Near(t, "none and one", RatioTest{Statistic: v, DegreesOfFreedom: 1, Boundary: true}.tail(), one/2, 1e-11)
		verify.Near(t, "one and two", RatioTest{Statistic: v, DegreesOfFreedom: 2, Boundary: true}.tail(), (one+two)/2, 1e-11)
	}
}

// The CDNOW sample shows drop-out beyond doubt, by the polished maxima.
func TestReferenceLikelihoodRatio(t *testing.T) {
	h := compressed(t, cdnow(t))
	nbd := fittedTo(t, NBD{}, h, FitConfig{})
	for name, m := range map[string]Model{"bgnbd": BGNBD{}, "mbgnbd": MBGNBD{}, "pnbd": ParetoNBD{}} {
		var full, restricted goldenModel
		testdata.GoldenEntry(t, "ltv.json", "cdnow-sample/"+name+"/mle", &full)
		testdata.GoldenEntry(t, "ltv.json", "cdnow-sample/nbd/mle", &restricted)
		got, err := LikelihoodRatio(nbd, fittedTo(t, m, h, FitConfig{}))
		if err != nil {
			t.Fatal(err)
		}
		verify.Near(t, name+" statistic", got.Statistic, 2*(full.LL-restricted.LL), 1e-8)
		if got.DegreesOfFreedom != 2 || !got.Boundary || !(got.P > 0 && got.P < 1e-70) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Of bases in which nobody drops out, the test finds drop-out in no more than it
// may: 5 % at 5 %. The mixture of chi-squared 0 and 1 would in more.
func TestLikelihoodRatioHoldsItsLevel(t *testing.T) {
	const bases, level, naive = 150, 0.05, 2.705543454095404
	rejected, naively := 0, 0
	for seed := range uint64(bases) {
		h := compressed(t, simulated(t, NBD{1.2, 8}, 200, 30, 42, 0, seed))
		got, err := LikelihoodRatio(fittedTo(t, NBD{}, h, FitConfig{}), fittedTo(t, MBGNBD{}, h, FitConfig{}))
		if err != nil {
			t.Fatal(err)
		}
		if got.P < level {
			rejected++
		}
		if got.Statistic > naive {
			naively++
		}
	}
	// The 99.9 % quantile of a binomial distribution is about its mean plus 3.1
	// standard deviations.
	most := bases*level + 3.1*math.Sqrt(bases*level*(1-level))
	if float64(rejected) > most || !(naively > rejected) {
		t.Errorf("of %d bases %d show drop-out at %v, and %d by the mixture of 0 and 1", bases, rejected, level, naively)
	}
}

// Half of the data without drop-out, or nearly, show none at all: P is 1.
func TestLikelihoodRatioAtTheBoundary(t *testing.T) {
	certain := 0
	for seed := range uint64(8) {
		h := compressed(t, simulated(t, NBD{0.8, 6}, 400, 20, 60, 1.0/7, seed))
		full := fittedTo(t, BGNBD{}, h, FitConfig{})
		got, err := LikelihoodRatio(fittedTo(t, NBD{}, h, FitConfig{}), full)
		if err != nil {
			t.Fatal(err)
		}
		if full.Has(NoDropOut) {
			certain++
			if got.Statistic > 1e-6 || math.Abs(got.P-1) > 1e-3 {
				t.Errorf("without a sign of drop-out: %+v", got)
			}
		}
	}
	if certain == 0 {
		t.Error("all data show drop-out")
	}
}

func TestLikelihoodRatioRefuses(t *testing.T) {
	const op = "ltv.LikelihoodRatio"
	fit := func(m Model, logLik float64, customers int) Fitted[Model] {
		f := Fitted[Model]{Model: m, LogLik: logLik, Customers: customers}
		for range m.Parameters() {
			f.Params = append(f.Params, FittedParam{})
		}
		return f
	}
	nbd := fit(NBD{}, -100, 10)
	refused := func(restricted, full MaximumLikelihood, field string, kind error) {
		t.Helper()
		got, err := LikelihoodRatio(restricted, full)
		verify.InputError(t, err, op, -1, field, kind)
		if !reflect.DeepEqual(got, RatioTest{}) {
			t.Errorf("a refusal comes with %+v", got)
		}
	}
	refused(nil, nbd, "restricted", clientele.ErrMissing)
	refused(nbd, nil, "full", clientele.ErrMissing)
	refused(nbd, Fitted[Model]{}, "full", clientele.ErrMissing)
	refused(nbd, nbd, "full", clientele.ErrMismatch)
	refused(fit(BGNBD{}, -90, 10), nbd, "full", clientele.ErrMismatch)
	refused(fit(BGNBD{}, -90, 10), fit(MBGNBD{}, -80, 10), "full", clientele.ErrMismatch)
	refused(nbd, fit(BGCNBD{K: 2}, -80, 10), "full", clientele.ErrMismatch)
	refused(nbd, fit(BGNBD{}, -90, 11), "full.Customers", clientele.ErrMismatch)
	refused(nbd, fit(BGNBD{}, -100.1, 10), "full.LogLik", clientele.ErrMismatch)
	refused(nbd, fit(BGNBD{}, math.NaN(), 10), "full.LogLik", clientele.ErrNotFinite)
	refused(fit(NBD{}, math.Inf(-1), 10), fit(BGNBD{}, -90, 10), "restricted.LogLik", clientele.ErrNotFinite)
	refused(fit(ParetoNBD{}, -100, 10), fit(BGNBD{}, -80, 10), "full", clientele.ErrMismatch)
	for _, pair := range []struct {
		restricted, full Model
		k                int
	}{
		{NBD{}, BGNBD{}, 2},
		{NBD{}, MBGNBD{}, 2},
		{NBD{}, ParetoNBD{}, 2},
		{NBD{}, BGCNBD{K: 1}, 2},
		{NBD{}, MBGCNBD{K: 1}, 2},
		{NBD{}, GGomNBD{}, 3},
		{ParetoNBD{}, GGomNBD{}, 1},
	} {
		got, err := LikelihoodRatio(fit(pair.restricted, -100, 10), fit(pair.full, -97, 10))
		if err != nil || got.Statistic != 6 || got.DegreesOfFreedom != pair.k || !got.Boundary {
			t.Errorf("%s in %s: %+v, %v", pair.restricted.Name(), pair.full.Name(), got, err)
		}
	}
	if got, err := LikelihoodRatio(nbd, fit(BGNBD{}, -100-1e-7, 10)); err != nil || got.Statistic != 0 || got.P != 1 {
		t.Errorf("equal but for rounding: %+v, %v", got, err)
	}
}

// Log-likelihoods are equal but for rounding to 2·10^-6 and 10^-12 of them: 0.001 of -10^9.
// Twice a difference beyond all numbers is no statistic.
func TestLikelihoodRatioOfLargeBases(t *testing.T) {
	fit := func(m Model, logLik float64) Fitted[Model] {
		return Fitted[Model]{Model: m, LogLik: logLik, Customers: 10, Params: make([]FittedParam, len(m.Parameters()))}
	}
	if got, err := LikelihoodRatio(fit(NBD{}, -1e9), fit(BGNBD{}, -1e9-0.0009)); err != nil || got.Statistic != 0 || got.P != 1 {
		t.Errorf("within rounding: %+v, %v", got, err)
	}
	_, err := LikelihoodRatio(fit(NBD{}, -1e9), fit(BGNBD{}, -1e9-0.0011))
	verify.InputError(t, err, "ltv.LikelihoodRatio", -1, "full.LogLik", clientele.ErrMismatch)
	_, err = LikelihoodRatio(fit(NBD{}, -1.5e308), fit(BGNBD{}, -1e307))
	verify.InputError(t, err, "ltv.LikelihoodRatio", -1, "", ErrInaccurate)
}
