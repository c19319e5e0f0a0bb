package ltv

import (
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/shopspring/decimal"
)

// shoppers are customers with repeat purchases, and those who gave back more than they
// paid, or all of it.
func shoppers() (all, refunded []Summary) {
	for i := range 200 {
		all = append(all, Summary{Frequency: 1 + i%7, Recency: 20, T: 30 + float64(i%5), Monetary: 10 + float64(i*37%83)})
	}
	refunded = []Summary{
		{Frequency: 2, Recency: 9, T: 30, Monetary: -4.5},
		{Frequency: 1, Recency: 3, T: 31},
		{Frequency: 3, Recency: 8, T: 30, Monetary: -1},
	}
	return all, refunded
}

// A fit leaves out customers whose mean is not positive, says so, and is that to the
// others; strict it refuses.
func TestSpendFitLeavesOutWhoSpentNothing(t *testing.T) {
	good, refunded := shoppers()
	want := verify.Must(Fit(GammaGamma{}, compressed(t, good), FitConfig{}))
	all := compressed(t, slices.Concat(refunded[:1], good, refunded[1:]))
	fit := verify.Must(Fit(GammaGamma{}, all, FitConfig{}))
	if fit.Model != want.Model || fit.LogLik != want.LogLik || fit.Customers != want.Customers {
		t.Errorf("%+v, want %+v", fit, want)
	}
	w, ok := errors.AsType[Warning](fit.Warnings[0])
	if !ok || w.Kind != SpendNotPositive || w.Value != 3 || !fit.Has(SpendNotPositive) {
		t.Fatalf("%v", fit.Warnings)
	}
	for _, part := range []string{"3 of 203 customers", "[0 -1 -4.5]", "%", "-12 of"} {
		if !strings.Contains(w.Text, part) {
			t.Errorf("%q does not say %q", w.Text, part)
		}
	}
	var back Fitted[GammaGamma]
	if err := json.Unmarshal(verify.Must(json.Marshal(fit)), &back); err != nil || !reflect.DeepEqual(back, fit) {
		t.Errorf("%v: %+v", err, back)
	}
	for _, c := range []struct {
		h   *Sample
		cfg FitConfig
	}{{all, FitConfig{Strict: true}}, {compressed(t, refunded), FitConfig{}}} {
		_, err := Fit(GammaGamma{}, c.h, c.cfg)
		verify.InputError(t, err, "ltv.Fit", -1, "Monetary", clientele.ErrRange)
	}
	if _, err := Fit(GammaGamma{}, compressed(t, good), FitConfig{Strict: true}); err != nil {
		t.Error(err)
	}
}

// Invariant: whom a fit leaves out, and what it says of them, does not depend on the order
// of customers.
func TestSpendLeftOutInAnyOrder(t *testing.T) {
	good, refunded := shoppers()
	all := slices.Concat(good, refunded)
	want := verify.Must(Fit(GammaGamma{}, compressed(t, all), FitConfig{}))
	for seed := range uint64(5) {
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		if fit := verify.Must(Fit(GammaGamma{}, compressed(t, all), FitConfig{})); !reflect.DeepEqual(fit, want) {
			t.Fatalf("%+v, want %+v", fit, want)
		}
	}
}

// The conditional mean is defined for a mean of 0, as the limit of small ones.
func TestSpendOfTheFree(t *testing.T) {
	m := GammaGamma{6.25, 3.74, 15.44}
	free := Summary{Frequency: 2, Recency: 1, T: 2}
	nearly := free
	nearly.Monetary = 1e-14
	verify.Near(t, "mean", valued(m.Mean(free)), 6.25*15.44/(2*6.25+3.74-1), 1e-15)
	verify.Near(t, "mean of little", valued(m.Mean(free)), valued(m.Mean(nearly)), 1e-13)
	verify.Near(t, "median", valued(m.Quantile(free, 0.5)), valued(m.Quantile(nearly, 0.5)), 1e-13)
	mean, _, err := m.Posterior(free)
	if err != nil || mean != valued(m.Mean(free)) {
		t.Error(mean, err)
	}
}

// A customer with a negative mean has purchases and no value, and takes nobody's answer.
func TestForecastWithoutValue(t *testing.T) {
	m := BGNBD{0.243, 4.414, 0.793, 2.426}
	_, refunded := shoppers()
	base := append(refunded, Summary{Frequency: 2, Recency: 9, T: 30, Monetary: 20}, Summary{T: 5})
	for _, intervals := range []bool{false, true} {
		cfg := ForecastConfig{Horizon: Units(52), Discount: yearly(0.1), Intervals: intervals, Draws: 200, Source: rand.NewPCG(1, 2)}
		f := forecaster(t, m, cfg)
		out := make([]Forecast, len(base))
		if err := f.Batch(base, out); err != nil {
			t.Fatal(err)
		}
		for i, s := range base {
			one, err := f.One(s)
			if err != nil || one != out[i] {
				t.Errorf("one %+v, in a batch %+v: %v", one, out[i], err)
			}
			if one.Unvalued != (s.Monetary < 0) || one.Unvalued != (one.Value.Value == 0) || one.Unvalued && one.Value != (clientele.Estimate{}) {
				t.Errorf("%+v: %+v", s, one)
			}
			if !(one.Purchases.Value > 0 && one.Alive > 0 && one.Discounted > 0) {
				t.Errorf("%+v: %+v", s, one)
			}
		}
		cfg.Strict, cfg.Source = true, rand.NewPCG(1, 2)
		strict := forecaster(t, m, cfg)
		verify.InputError(t, strict.Batch(base, out), "ltv.Forecaster.Batch", 0, "Monetary", clientele.ErrRange)
		verify.InputError(t, errOf(strict.One(base[2])), "ltv.Forecaster.One", -1, "Monetary", clientele.ErrRange)
		verify.InputError(t, errOf(NewEquity(strict, pairs(base), nil)), "ltv.NewEquity", 0, "Monetary", clientele.ErrRange)
		if _, err := strict.One(base[1]); err != nil {
			t.Errorf("a mean of 0: %v", err)
		}
	}
	without := verify.Must(NewForecaster(Fixed(m), Fitted[GammaGamma]{}, ForecastConfig{Horizon: Units(52), Strict: true}))
	if one, err := without.One(base[0]); err != nil || one.Unvalued || one.Value.Value == 0 {
		t.Errorf("without a spend model: %+v, %v", one, err)
	}
}

// Equity is that of the others, with the purchases of all, and names those without a
// value; its JSON comes back.
func TestEquityWithoutValue(t *testing.T) {
	good, refunded := shoppers()
	m := BGNBD{0.243, 4.414, 0.793, 2.426}
	for _, intervals := range []bool{false, true} {
		cfg := ForecastConfig{Horizon: Units(52), Intervals: intervals, Source: rand.NewPCG(1, 2)}
		f := forecaster(t, m, cfg)
		others := verify.Must(NewEquity(f, pairs(slices.Concat(good, refunded[1:2])), nil))
		all := slices.Concat(good, refunded)
		e := verify.Must(NewEquity(f, pairs(all), func(id int) string { return []string{"even", "odd"}[id%2] }))
		if e.Total.Customers != len(all) || e.Total.Unvalued != 2 || e.Groups[0].Unvalued != 2 || e.Groups[1].Unvalued != 0 {
			t.Errorf("%+v", e)
		}
		verify.Near(t, "value", e.Total.Value.Value, others.Total.Value.Value, 1e-13)
		if !(e.Total.Purchases.Value > others.Total.Purchases.Value) || len(others.Warnings) != 0 {
			t.Errorf("%+v beside %+v", e, others)
		}
		w, ok := errors.AsType[Warning](e.Warnings[0])
		if !ok || w.Kind != SpendNotPositive || w.Value != 2 || !strings.Contains(w.Text, "2 of 203 customers") || !strings.Contains(w.Text, "200 (-4.5), 202 (-1)") {
			t.Errorf("%v", e.Warnings)
		}
		var back Equity
		if err := json.Unmarshal(verify.Must(json.Marshal(e)), &back); err != nil || !reflect.DeepEqual(back, e) {
			t.Errorf("%v: %+v became %+v", err, e, back)
		}
		if err := json.Unmarshal([]byte(`{"nonsense":1}`), &back); !errors.Is(err, clientele.ErrEncoding) || !reflect.DeepEqual(back, e) {
			t.Errorf("nonsense: %v", err)
		}
	}
}

// Invariant: which customers a warning names does not depend on the order of the base.
func TestUnvaluedInAnyOrder(t *testing.T) {
	ids := rand.New(rand.NewPCG(1, 2)).Perm(40)
	var u, sorted unvalued[int]
	for i, id := range ids {
		u.add(id, -float64(id))
		sorted.add(i, -float64(i))
	}
	if got, want := u.warnings(50), sorted.warnings(50); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// The program of the package comment runs on a shop with free purchases, and with refunds
// that outweigh purchases.
func TestProgramRunsOnRealBases(t *testing.T) {
	cdnow := readLog(t, "cdnow-sample-elog.csv", [3]int{1, 2, 4})
	free := slices.Clone(cdnow)
	for i := range free {
		if free[i].Customer == 1 {
			free[i].Amount = decimal.Decimal{}
		}
	}
	refunds := slices.Clone(free)
	for _, p := range cdnow {
		if p.Customer%50 == 2 {
			p.Amount = p.Amount.Mul(decimal.New(-2, 0))
			refunds = append(refunds, p)
		}
	}
	for _, c := range []struct {
		name     string
		all      []clientele.Purchase[int]
		unvalued bool
	}{{"as it is", cdnow, false}, {"free", free, false}, {"refunds", refunds, true}} {
		t.Run(c.name, func(t *testing.T) {
			sums := mustFeed(t, mustSummaries[int](t, SummaryConfig{AsOf: endOf(1998, 6, 30), Per: 7}), c.all)
			fit := fittedTo(t, MBGNBD{}, sums.Sample(), FitConfig{})
			spend := verify.Must(Fit(GammaGamma{}, sums.Sample(), FitConfig{}))
			f := verify.Must(NewForecaster(fit, spend, ForecastConfig{Horizon: Years(1), Discount: PerYear(0.15), Margin: 0.3}))
			e := verify.Must(NewEquity(f, sums.All(), sums.Group))
			if e.Total.Customers != 2357 || math.IsNaN(e.Total.Value.Value) || (e.Total.Unvalued > 0) != c.unvalued || (len(e.Warnings) > 0) != c.unvalued {
				t.Errorf("%+v", e)
			}
			if left := c.name != "as it is"; spend.Has(SpendNotPositive) != left {
				t.Errorf("%v", spend.Warnings)
			}
		})
	}
}
