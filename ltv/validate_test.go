package ltv

import (
	"encoding/json"
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
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
	testdata.GoldenEntry(t, "ltv.json", "cdnow-sample/holdout-39w", &want)
	for _, name := range []string{"bgnbd", "pnbd"} {
		var g goldenModel
		testdata.GoldenEntry(t, "ltv.json", "cdnow-sample/"+name+"/mle", &g)
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
	verify.ConfigError(t, err, "ltv.BGNBD.Given", "r", "alpha", "b")
	// What this model cannot take, the first of several, and what no model can.
	whole := Observed{Summary: Summary{2, 3, 9, 0, 0, 0}, Holdout: Holdout{1, 5, 0}}
	half := Observed{Summary: Summary{1, 3, 9.5, 0, 0, 0}, Holdout: Holdout{1, 5, 0}}
	often := Observed{Summary: Summary{6, 3, 9, 0, 0, 0}, Holdout: Holdout{1, 5, 0}}
	again := half
	again.Holdout.Frequency = 0 // an equal history, which sorts first
	for _, base := range [][]Observed{{whole, half, often, again}, {whole, often, half}} {
		_, err = Validate(wholeModel, slices.All(base), ValidateConfig{})
		field := map[float64]string{9.5: "T", 9: "Frequency"}[base[1].Summary.T]
		verify.InputError(t, err, "ltv.Validate", 1, field, clientele.ErrRange)
	}
	whole.Holdout.T = 4.5
	_, err = Validate(wholeModel, slices.All([]Observed{whole}), ValidateConfig{})
	if !errors.Is(err, clientele.ErrRange) {
		t.Errorf("half an opportunity: %v", err)
	}
	_, err = Validate(m, slices.All([]Observed{good}), ValidateConfig{MaxFrequency: -1, Bands: maxGroups + 1, Level: 1, Workers: -1})
	verify.ConfigError(t, err, op, "MaxFrequency", "Bands", "Level", "Workers")
}
