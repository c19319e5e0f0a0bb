package ltv

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

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
