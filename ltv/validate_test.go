package ltv

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// everyModel are models of continuous time, and wholeModel one of opportunities.
var (
	everyModel = []Model{
		NBD{0.8, 9},
		BGNBD{0.5, 6, 0.8, 2.5},
		MBGNBD{0.8, 6, 0.7, 1.5},
		ParetoNBD{0.7, 9, 0.6, 12},
		GGomNBD{0.7, 9, 0.05, 0.8, 1.5},
		BGCNBD{2, 0.6, 3, 0.7, 2},
		MBGCNBD{2, 1, 3, 0.6, 1.2},
	}
	wholeModel Model = BGBB{0.6, 1.5, 0.5, 6}
)

// observed draws customers of a model with a holdout; see simulated.
func observed(t testing.TB, m Model, n int, minAge, maxAge, horizon, grid float64, seed uint64) []Observed {
	t.Helper()
	birth := given0(t, m, Summary{})
	rng := rand.New(rand.NewPCG(seed, 2))
	all := make([]Observed, n)
	for i := range all {
		age := onGrid(minAge+(maxAge-minAge)*(float64(i)+0.5)/float64(n), grid)
		times, err := birth.Simulate(age+horizon, rng)
		if err != nil {
			t.Fatal(err)
		}
		later := len(times)
		for later > 0 && times[later-1] > age {
			later--
		}
		whole, before := summaryOf(times, age, grid), summaryOf(times[:later], age, grid)
		all[i] = Observed{Summary: before, Holdout: Holdout{Frequency: whole.Frequency - before.Frequency, T: horizon}}
	}
	return all
}

// cdnowObserved is the CDNOW sample with its holdout of 39 weeks.
func cdnowObserved(t testing.TB) []Observed {
	t.Helper()
	rows, err := csv.NewReader(testdata.OpenReference(t, "data", "cdnow-summary.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []Observed
	for i, s := range cdnow(t) {
		all = append(all, Observed{Summary: s, Holdout: Holdout{Frequency: int(number(t, rows[i+1][4])), T: 39}})
	}
	return all
}

// shop is the synthetic shop of internal/testdata in weeks, by days, with a holdout
// of 26 weeks. Its golden numbers leave refunds out.
func shopSummaries(t testing.TB) *Summaries[int64] {
	t.Helper()
	all, err := testdata.Purchases()
	if err != nil {
		t.Fatal(err)
	}
	s := mustSummaries[int64](t, SummaryConfig{
		AsOf:  time.Date(2025, 6, 29, 23, 59, 59, 0, time.UTC),
		Until: time.Date(2025, 12, 28, 23, 59, 59, 0, time.UTC),
		Per:   7,
		Gross: true,
	})
	return mustFeed(t, s, all)
}

// shopGolden are the golden numbers of the synthetic shop.
type shopGolden struct {
	Fits map[string]struct {
		Parameters map[string]float64 `json:"parameters"`
		LL         float64            `json:"LL"`
	} `json:"fits"`
	Holdout map[string]json.RawMessage `json:"holdout_26_weeks"`
}

func readShopGolden(t testing.TB) (g shopGolden) {
	t.Helper()
	data, err := testdata.Read("synthetic/ltv.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	return g
}

// validated is Validate without an error.
func validated(t testing.TB, m Model, base []Observed, cfg ValidateConfig) Validation {
	t.Helper()
	v, err := Validate(m, slices.All(base), cfg)
	if err != nil {
		t.Fatal(m.Name(), err)
	}
	return v
}

// The holdout of the CDNOW sample at the polished maxima, by BTYD 2.4.3; the
// parameters fitted here give the same.
func TestReferenceHoldout(t *testing.T) {
	base := cdnowObserved(t)
	h := compressed(t, cdnow(t))
	var want struct {
		Values map[string]struct {
			Expected    float64 `json:"sum_expected"`
			Actual      float64 `json:"sum_actual"`
			MAE, RMSE   float64
			Correlation float64 `json:"cor"`
		} `json:"values"`
	}
	golden(t, "cdnow-sample/holdout-39w", &want)
	for _, name := range []string{"bgnbd", "pnbd"} {
		var g goldenModel
		golden(t, "cdnow-sample/"+name+"/mle", &g)
		m := modelOf(t, name, g.Params)
		w := want.Values[name]
		for _, test := range []struct {
			model     Model
			tolerance float64
		}{{m, 1e-9}, {fittedTo(t, m, h, FitConfig{}).Model, 1e-6}} {
			v := validated(t, test.model, base, ValidateConfig{})
			if v.Model != m.Name() || v.Customers != 2357 || v.Horizon != 39 || v.Actual != w.Actual || !v.Varied {
				t.Errorf("%s: validation is of %d customers, horizon %v, actual %v", v.Model, v.Customers, v.Horizon, v.Actual)
			}
			verify.Near(t, name+" expected", v.Expected, w.Expected, test.tolerance)
			verify.Near(t, name+" MAE", v.MAE, w.MAE, test.tolerance)
			verify.Near(t, name+" RMSE", v.RMSE, w.RMSE, test.tolerance)
			verify.Near(t, name+" correlation", v.Correlation, w.Correlation, test.tolerance)
		}
	}
}

// The synthetic shop, by formulas of 40 digits at the maxima given there; the
// parameters fitted here give the same.
func TestSyntheticHoldout(t *testing.T) {
	s, g := shopSummaries(t), readShopGolden(t)
	var actual float64
	if err := json.Unmarshal(g.Holdout["actual_total"], &actual); err != nil {
		t.Fatal(err)
	}
	h := new(Sample)
	for _, o := range s.Observed() {
		if err := h.Add(o.Summary, 1); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"nbd", "bgnbd", "mbgnbd", "pnbd"} {
		var want struct {
			Expected    float64 `json:"expected_total"`
			MAE         float64 `json:"mae"`
			RMSE        float64 `json:"rmse"`
			Correlation float64 `json:"correlation"`
		}
		if err := json.Unmarshal(g.Holdout[name], &want); err != nil {
			t.Fatal(err)
		}
		m := modelOf(t, name, g.Fits[name].Parameters)
		for _, test := range []struct {
			model     Model
			tolerance float64
		}{{m, 1e-9}, {fittedTo(t, m, h, FitConfig{}).Model, 1e-6}} {
			v, err := Validate(test.model, s.Observed(), ValidateConfig{})
			if err != nil {
				t.Fatal(err)
			}
			if v.Customers != 600 || v.Horizon != 26 || v.Actual != actual {
				t.Errorf("%s: validation is of %d customers, horizon %v, actual %v", v.Model, v.Customers, v.Horizon, v.Actual)
			}
			verify.Near(t, name+" expected", v.Expected, want.Expected, test.tolerance)
			verify.Near(t, name+" MAE", v.MAE, want.MAE, test.tolerance)
			verify.Near(t, name+" RMSE", v.RMSE, want.RMSE, test.tolerance)
			verify.Near(t, name+" correlation", v.Correlation, want.Correlation, test.tolerance)
		}
	}
}

// By hand, with the NBD for r = 1 and α = 2: customers of age 6 make (x+1)/2
// purchases in a holdout of 4, and at least one with probability 1 - (2/3)^(x+1).
func TestValidateByHand(t *testing.T) {
	m := NBD{1, 2}
	one := func(x, later int) Observed {
		s := Summary{Frequency: x, T: 6}
		if x > 0 {
			s.Recency = 3
		}
		return Observed{Summary: s, Holdout: Holdout{Frequency: later, T: 4}}
	}
	base := []Observed{one(0, 0), one(0, 1), one(1, 0), one(3, 5), one(0, 0), one(4, 2)}
	v := validated(t, m, base, ValidateConfig{MaxFrequency: 3, Bands: 2})
	verify.Near(t, "expected", v.Expected, 7, 1e-14)
	verify.Near(t, "actual", v.Actual, 8, 0)
	verify.Near(t, "MAE", v.MAE, (0.5+0.5+1+3+0.5+0.5)/6, 1e-14)
	verify.Near(t, "RMSE", v.RMSE, math.Sqrt((0.25+0.25+1+9+0.25+0.25)/6), 1e-14)
	verify.Near(t, "correlation", v.Correlation, pearson([]float64{0.5, 0.5, 1, 2, 0.5, 2.5}, []float64{0, 1, 0, 5, 0, 2}), 1e-12)
	if want := []FrequencyGroup{
		{Frequency: 0, Customers: 3, Expected: 0.5, Actual: 1.0 / 3},
		{Frequency: 1, Customers: 1, Expected: 1},
		{Frequency: 2},
		{Frequency: 3, More: true, Customers: 2, Expected: 2.25, Actual: 3.5},
	}; !slices.EqualFunc(v.ByFrequency, want, func(a, b FrequencyGroup) bool {
		verify.Near(t, "group", a.Expected, b.Expected, 1e-14)
		a.Expected = b.Expected
		return a == b
	}) {
		t.Errorf("groups are %v, want %v", v.ByFrequency, want)
	}
	low, high := v.Bands[0], v.Bands[1]
	if low.Lo != 0 || low.Hi != 0.5 || high.Lo != 0.5 || high.Hi != 1 || low.Customers != 3 || high.Customers != 3 || low.Alive != 1 {
		t.Errorf("bands are %v", v.Bands)
	}
	verify.Near(t, "low band", low.Predicted, 1.0/3, 1e-14)
	verify.Near(t, "high band", high.Predicted, ((1-4.0/9)+(1-16.0/81)+(1-32.0/243))/3, 1e-14)
	if low.Active.Value != 1.0/3 || high.Active.Value != 2.0/3 || low.Active.Level != 0.95 {
		t.Errorf("active shares are %v and %v", low.Active, high.Active)
	}
}

// Invariant: all numbers are those that come of asking the model about one customer
// after another.
func TestValidateAgreesWithOutlooks(t *testing.T) {
	const horizon = 20
	for _, m := range append(slices.Clone(everyModel), wholeModel) {
		base := observed(t, m, 300, 10, 40, horizon, 1, 1)
		v := validated(t, m, base, ValidateConfig{Bands: 1})
		n := float64(len(base))
		var alive, active, expected, actual, absolute, squared float64
		var x, y []float64
		for _, o := range base {
			out := given0(t, m, o.Summary)
			e, err := out.Expected(horizon)
			if err != nil {
				t.Fatal(err)
			}
			silent, err := out.Probability(0, horizon)
			if err != nil {
				t.Fatal(err)
			}
			a := float64(o.Holdout.Frequency)
			alive, active, expected, actual = alive+out.Alive(), active+1-silent, expected+e, actual+a
			absolute, squared = absolute+math.Abs(e-a), squared+(e-a)*(e-a)
			x, y = append(x, e), append(y, a)
		}
		verify.Near(t, m.Name()+" expected", v.Expected, expected, 1e-12)
		verify.Near(t, m.Name()+" actual", v.Actual, actual, 0)
		verify.Near(t, m.Name()+" MAE", v.MAE, absolute/n, 1e-12)
		verify.Near(t, m.Name()+" RMSE", v.RMSE, math.Sqrt(squared/n), 1e-12)
		verify.Near(t, m.Name()+" correlation", v.Correlation, pearson(x, y), 1e-11)
		verify.Near(t, m.Name()+" alive", v.Bands[0].Alive, alive/n, 1e-12)
		verify.Near(t, m.Name()+" active", v.Bands[0].Predicted, active/n, 1e-12)
	}
}

// pearson is the correlation of two samples.
func pearson(x, y []float64) float64 {
	var sx, sy, xx, yy, xy float64
	n := float64(len(x))
	for i := range x {
		sx, sy = sx+x[i], sy+y[i]
		xx, yy, xy = xx+x[i]*x[i], yy+y[i]*y[i], xy+x[i]*y[i]
	}
	return (xy - sx*sy/n) / math.Sqrt((xx-sx*sx/n)*(yy-sy*sy/n))
}

// A base drawn from a model is forecast by it without bias, as a whole, by
// frequency and by probability of buying: within Monte Carlo error.
func TestValidateIsUnbiased(t *testing.T) {
	for seed, m := range append(slices.Clone(everyModel), wholeModel) {
		grid := 0.0
		if m == wholeModel {
			grid = 1
		}
		base := observed(t, m, 3000, 15, 45, 30, grid, uint64(seed))
		v := validated(t, m, base, ValidateConfig{Level: 0.9999})
		if z := (v.Expected - v.Actual) / (v.RMSE * math.Sqrt(float64(v.Customers))); !(math.Abs(z) < 4) {
			t.Errorf("%s expects %v purchases, actual are %v: %v standard errors", v.Model, v.Expected, v.Actual, z)
		}
		for _, g := range v.ByFrequency {
			var squared, n float64
			for _, o := range base {
				if x := o.Summary.Frequency; x == g.Frequency || g.More && x > g.Frequency {
					squared += math.Pow(float64(o.Holdout.Frequency)-g.Expected, 2)
					n++
				}
			}
			if z := (g.Expected - g.Actual) * n / math.Sqrt(squared); n > 0 && !(math.Abs(z) < 4) {
				t.Errorf("%s, frequency %d: expects %v, actual %v: %v standard errors", v.Model, g.Frequency, g.Expected, g.Actual, z)
			}
		}
		for _, b := range v.Bands {
			if b.Customers > 0 && !b.Active.Contains(b.Predicted) {
				t.Errorf("%s: of %d customers with probabilities about %v, %v bought", v.Model, b.Customers, b.Predicted, b.Active)
			}
		}
	}
}

// genObserved generates bases in which many customers are equal, in the calibration
// or in all.
func genObserved() *rapid.Generator[[]Observed] {
	one := rapid.Custom(func(t *rapid.T) Observed {
		s := Summary{Frequency: rapid.SampledFrom([]int{0, 0, 1, 2, 9}).Draw(t, "frequency"), T: float64(rapid.IntRange(10, 12).Draw(t, "age"))}
		if s.Frequency > 0 {
			s.Recency = float64(rapid.IntRange(9, 10).Draw(t, "recency"))
		}
		return Observed{Summary: s, Holdout: Holdout{Frequency: rapid.SampledFrom([]int{0, 0, 1, 4}).Draw(t, "later"), T: 5}}
	})
	return rapid.Custom(func(t *rapid.T) []Observed {
		n := rapid.IntRange(1, 60).Draw(t, "customers")
		return rapid.SliceOfN(one, n, n).Draw(t, "base")
	})
}

func genValidateConfig() *rapid.Generator[ValidateConfig] {
	return rapid.Custom(func(t *rapid.T) ValidateConfig {
		return ValidateConfig{
			MaxFrequency: rapid.IntRange(0, 12).Draw(t, "max frequency"),
			Bands:        rapid.IntRange(0, 30).Draw(t, "bands"),
			Workers:      rapid.IntRange(0, 3).Draw(t, "workers"),
		}
	})
}

// Invariant: totals are the sums of the groups, and of the bands; every customer is
// in one of each, and in a band that holds the probability.
func TestValidateGroupsAddUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := rapid.SampledFrom(append(slices.Clone(everyModel), wholeModel)).Draw(rt, "model")
		base := genObserved().Draw(rt, "base")
		v, err := Validate(m, slices.All(base), genValidateConfig().Draw(rt, "config"))
		if err != nil {
			rt.Fatal(err)
		}
		inGroups, inBands, expected, actual := 0, 0, 0.0, 0.0
		for i, g := range v.ByFrequency {
			if g.Frequency != i || g.More != (i == len(v.ByFrequency)-1) {
				rt.Errorf("group %d is %v", i, g)
			}
			inGroups += g.Customers
			expected += float64(g.Customers) * g.Expected
			actual += float64(g.Customers) * g.Actual
		}
		for i, b := range v.Bands {
			if b.Lo != float64(i)/float64(len(v.Bands)) || b.Hi != float64(i+1)/float64(len(v.Bands)) {
				rt.Errorf("band %d is %v", i, b)
			}
			inBands += b.Customers
			const rounding = 1e-12
			if b.Customers > 0 && !(b.Predicted >= b.Lo-rounding && b.Predicted <= b.Hi+rounding && b.Predicted <= b.Alive+rounding) {
				rt.Errorf("band %d: probabilities %v, %v alive", i, b.Predicted, b.Alive)
			}
		}
		if inGroups != len(base) || inBands != len(base) || v.Customers != len(base) {
			rt.Errorf("%d customers are %d in groups, %d in bands, %d in all", len(base), inGroups, inBands, v.Customers)
		}
		if math.Abs(expected-v.Expected) > 1e-12*v.Expected || math.Abs(actual-v.Actual) > 1e-9 {
			rt.Errorf("groups expect %v of %v and hold %v of %v", expected, v.Expected, actual, v.Actual)
		}
		if !(v.MAE <= v.RMSE*(1+1e-12)) || !(math.Abs(v.Correlation) <= 1+1e-12) {
			rt.Errorf("errors %v and %v, correlation %v", v.MAE, v.RMSE, v.Correlation)
		}
	})
}

// Invariant: neither the order of customers nor the number of goroutines changes a
// bit.
func TestValidateDoesNotDependOnOrderOrWorkers(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := rapid.SampledFrom(append(slices.Clone(everyModel), wholeModel)).Draw(rt, "model")
		base := genObserved().Draw(rt, "base")
		cfg := genValidateConfig().Draw(rt, "config")
		want, err := Validate(m, slices.All(base), cfg)
		if err != nil {
			rt.Fatal(err)
		}
		cfg.Workers = rapid.IntRange(0, 3).Draw(rt, "other workers")
		got, err := Validate(m, slices.All(rapid.Permutation(base).Draw(rt, "order")), cfg)
		if err != nil || !reflect.DeepEqual(got, want) {
			rt.Errorf("%v, %v; want %v", got, err, want)
		}
	})
	base := observed(t, MBGCNBD{2, 1, 3, 0.6, 1.2}, 2000, 15, 45, 30, 0, 1)
	want := validated(t, BGNBD{0.5, 6, 0.8, 2.5}, base, ValidateConfig{Workers: 1})
	slices.Reverse(base)
	if got := validated(t, BGNBD{0.5, 6, 0.8, 2.5}, base, ValidateConfig{Workers: 3}); !reflect.DeepEqual(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
}

// Without a difference between customers there is no correlation, rounding or not.
func TestValidateWithoutCorrelation(t *testing.T) {
	m := BGNBD{0.5, 6, 0.8, 2.5}
	for name, base := range map[string][]Observed{
		"one customer": {{Summary: Summary{2, 3, 9, 0, 0, 0}, Holdout: Holdout{1, 5, 0}}},
		"equal forecasts": {
			{Summary: Summary{2, 3, 9, 0, 0, 0}, Holdout: Holdout{1, 5, 0}}, {Summary: Summary{2, 3, 9, 0, 0, 0}, Holdout: Holdout{4, 5, 0}},
		},
		"forecasts equal but for rounding": {
			{Summary: Summary{2, 3, 9, 0, 0, 0}, Holdout: Holdout{1, 5, 0}}, {Summary: Summary{2, 3 + 1e-15, 9, 0, 0, 0}, Holdout: Holdout{4, 5, 0}},
		},
		"equal purchases": {
			{Summary: Summary{2, 3, 9, 0, 0, 0}, Holdout: Holdout{1, 5, 0}}, {Summary: Summary{5, 8, 9, 0, 0, 0}, Holdout: Holdout{1, 5, 0}},
		},
	} {
		if v := validated(t, m, base, ValidateConfig{}); v.Varied || v.Correlation != 0 {
			t.Errorf("%s: correlation %v, %v", name, v.Correlation, v.Varied)
		}
	}
}

// A customer on the border of two bands is in the upper one, and one with
// probability 1 in the last.
func TestValidateBorders(t *testing.T) {
	b := &observedBase{rows: []observedRow{
		{sequels: []sequel{{1, 1}}}, {sequels: []sequel{{0, 1}}}, {sequels: []sequel{{1, 1}}}, {sequels: []sequel{{0, 1}}},
	}}
	bands := make([]Band, 10)
	b.calibrate([]expectation{{active: 0}, {active: 0.3}, {active: 0.7}, {active: 1}}, 0.95, bands)
	for i, band := range bands {
		want := 0
		if i == 0 || i == 3 || i == 7 || i == 9 {
			want = 1
		}
		if band.Customers != want {
			t.Errorf("%d customers from %v to %v", band.Customers, band.Lo, band.Hi)
		}
	}
}

func TestValidateRefuses(t *testing.T) {
	const op = "ltv.Validate"
	m := BGNBD{0.5, 6, 0.8, 2.5}
	good := Observed{Summary: Summary{2, 3, 9, 0, 0, 0}, Holdout: Holdout{1, 5, 0}}
	check := func(m Model, base []Observed, index int, field string, kind error) {
		t.Helper()
		v, err := Validate(m, slices.All(base), ValidateConfig{})
		verify.InputError(t, err, op, index, field, kind)
		if !reflect.DeepEqual(v, Validation{}) {
			t.Errorf("a refusal comes with %v", v)
		}
	}
	check(nil, []Observed{good}, -1, "model", clientele.ErrMissing)
	check(m, nil, -1, "base", clientele.ErrEmpty)
	check(m, []Observed{{Summary: good.Summary}}, 0, "Holdout.T", clientele.ErrMissing)
	check(m, []Observed{good, {Summary: Summary{2, 10, 9, 0, 0, 0}, Holdout: good.Holdout}}, 1, "Summary.Recency", clientele.ErrRange)
	check(m, []Observed{good, {Summary: Summary{-2, 3, 9, 0, 0, 0}, Holdout: good.Holdout}}, 1, "Summary.Frequency", clientele.ErrNegative)
	for _, bad := range []struct {
		holdout Holdout
		field   string
		kind    error
	}{
		{Holdout{1, math.NaN(), 0}, "Holdout.T", clientele.ErrNotFinite},
		{Holdout{1, inf, 0}, "Holdout.T", clientele.ErrNotFinite},
		{Holdout{1, -5, 0}, "Holdout.T", clientele.ErrNegative},
		{Holdout{1, 6, 0}, "Holdout.T", clientele.ErrMismatch},
		{Holdout{0, 0, 0}, "Holdout.T", clientele.ErrMismatch},
		{Holdout{1, 0, 0}, "Holdout.Frequency", clientele.ErrRange},
		{Holdout{-1, 5, 0}, "Holdout.Frequency", clientele.ErrNegative},
		{Holdout{maxFrequency + 1, 5, 0}, "Holdout.Frequency", clientele.ErrRange},
	} {
		check(m, []Observed{good, good, {Summary: good.Summary, Holdout: bad.holdout}}, 2, bad.field, bad.kind)
	}
	if _, err := Validate[int](m, nil, ValidateConfig{}); err == nil {
		t.Error("no base is no error")
	} else {
		verify.InputError(t, err, op, -1, "base", clientele.ErrMissing)
	}
	_, err := Validate(BGNBD{R: -1}, slices.All([]Observed{good}), ValidateConfig{})
	verify.ConfigError(t, err, "BG/NBD: Given", "r", "alpha", "b")
	// What this model cannot take, the first of several, and what no model can.
	whole := Observed{Summary: Summary{2, 3, 9, 0, 0, 0}, Holdout: Holdout{1, 5, 0}}
	half := Observed{Summary: Summary{1, 3, 9.5, 0, 0, 0}, Holdout: Holdout{1, 5, 0}}
	often := Observed{Summary: Summary{6, 3, 9, 0, 0, 0}, Holdout: Holdout{1, 5, 0}}
	again := half
	again.Holdout.Frequency = 0 // an equal history, which sorts first
	for _, base := range [][]Observed{{whole, half, often, again}, {whole, often, half}} {
		_, err = Validate(wholeModel, slices.All(base), ValidateConfig{})
		field := map[float64]string{9.5: "T", 9: "Frequency"}[base[1].Summary.T]
		verify.InputError(t, err, "BG/BB: ltv.Validate", 1, field, clientele.ErrRange)
	}
	whole.Holdout.T = 4.5
	_, err = Validate(wholeModel, slices.All([]Observed{whole}), ValidateConfig{})
	if !errors.Is(err, clientele.ErrRange) {
		t.Errorf("half an opportunity: %v", err)
	}
	_, err = Validate(m, slices.All([]Observed{good}), ValidateConfig{MaxFrequency: -1, Bands: maxGroups + 1, Level: 1, Workers: -1})
	verify.ConfigError(t, err, op, "MaxFrequency", "Bands", "Level", "Workers")
}
