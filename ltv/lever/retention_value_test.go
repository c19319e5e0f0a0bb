package lever

import (
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// A margin of 100, a retention of 0.8 and a discount of 10 % are, for ever, with
// 1.1 - 0.8 = 0.3: from the start 100·1.1/0.3, at the end 100/0.3, renewals
// 100·0.8/0.3, renewals at the end 100·0.8/(1.1·0.3). Three periods are
// 100(1 + 8/11 + 64/121).
func TestRetentionValue(t *testing.T) {
	v := RetentionValue{Margin: 100, Retention: 0.8, Discount: 0.1}
	for _, c := range []struct {
		v    RetentionValue
		want float64
	}{
		{v, 110 / 0.3},
		{RetentionValue{Margin: 100, Retention: 0.8, Discount: 0.1, AtEnd: true}, 100 / 0.3},
		{RetentionValue{Margin: 100, Retention: 0.8, Discount: 0.1, Renewals: true}, 80 / 0.3},
		{RetentionValue{Margin: 100, Retention: 0.8, Discount: 0.1, Renewals: true, AtEnd: true}, 80 / 0.33},
		{RetentionValue{Margin: 100, Retention: 0.8, Discount: 0.1, Periods: 3}, 100 * (1 + 8.0/11 + 64.0/121)},
		{RetentionValue{Margin: -7, Retention: 1, Periods: 12}, -84},
		{RetentionValue{Margin: 5, Retention: 0}, 5},
		{RetentionValue{Margin: 5, Retention: 1, Discount: 0.05}, 105},
	} {
		verify.Near(t, "value", verify.Must(c.v.Value()), c.want, 1e-14)
	}
	if got := verify.Must(RetentionValue{Margin: 5, Retention: 0.5, Periods: 1, Renewals: true}.Value()); got != 0 {
		t.Errorf("renewals of one period are worth %v", got)
	}
}

// drawRetention draws values next to and far from the limits.
func drawRetention(t *rapid.T) RetentionValue {
	next := func(label string) float64 { // 0, 1 or anything between
		return rapid.OneOf(rapid.Just(0.0), rapid.Just(1.0), rapid.Float64Range(0, 1),
			rapid.Map(rapid.Float64Range(-15, 0), func(e float64) float64 { return 1 - math.Pow(10, e) })).Draw(t, label)
	}
	return RetentionValue{
		Margin:    float64(rapid.IntRange(-1000, 1000).Draw(t, "margin")),
		Retention: next("retention"),
		Discount:  1 - next("discount"),
		Periods:   rapid.IntRange(1, 400).Draw(t, "periods"),
		AtEnd:     rapid.Bool().Draw(t, "at end"), Renewals: rapid.Bool().Draw(t, "renewals"),
	}
}

// terms adds a value up period by period, with the mean of t-1 by weight.
func terms(v RetentionValue) (value, mean float64) {
	var sum, moment float64
	for k := range v.Periods {
		if k == 0 && v.Renewals {
			continue
		}
		w := math.Pow(v.Retention/(1+v.Discount), float64(k))
		sum += w
		moment += float64(k) * w
	}
	if v.AtEnd {
		return v.Margin * sum / (1 + v.Discount), moment / sum
	}
	return v.Margin * sum, moment / sum
}

// Invariant: the closed forms are the sums, the elasticities the derivatives.
func TestRetentionValueIsItsSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawRetention(t)
		want, mean := terms(v)
		got := verify.Must(v.Value())
		if math.Abs(got-want) > 1e-11*math.Abs(want) {
			t.Fatalf("%+v is worth %v, the sum is %v", v, got, want)
		}
		e, err := v.Elasticity()
		if math.IsNaN(mean) {
			if !errors.Is(err, clientele.ErrRange) {
				t.Fatalf("%+v has an elasticity %v, %v", v, e, err)
			}
			return
		}
		if err != nil || math.Abs(e.Retention-mean) > 1e-11*mean {
			t.Fatalf("%+v: elasticity %v, the mean is %v, %v", v, e.Retention, mean, err)
		}
	})
}

// The elasticities are what a small change does, for a finite and an endless horizon.
func TestRetentionElasticities(t *testing.T) {
	for _, v := range []RetentionValue{
		{Margin: 3, Retention: 0.8, Discount: 0.1},
		{Margin: 3, Retention: 0.8, Discount: 0.1, AtEnd: true, Renewals: true},
		{Margin: 3, Retention: 0.95, Discount: 0.02, Periods: 24, AtEnd: true},
		{Margin: 3, Retention: 0.3, Discount: 2, Periods: 7, Renewals: true},
	} {
		e := verify.Must(v.Elasticity())
		numeric := func(vary func(v *RetentionValue, factor float64)) float64 {
			const h = 1e-5
			up, down := v, v
			vary(&up, 1+h)
			vary(&down, 1-h)
			return (math.Log(verify.Must(up.Value())) - math.Log(verify.Must(down.Value()))) / (math.Log1p(h) - math.Log1p(-h))
		}
		verify.Near(t, "retention", e.Retention, numeric(func(v *RetentionValue, f float64) { v.Retention *= f }), 1e-7)
		verify.Near(t, "discount", e.Discount, numeric(func(v *RetentionValue, f float64) { v.Discount *= f }), 1e-7)
		verify.Near(t, "margin", e.Margin, numeric(func(v *RetentionValue, f float64) { v.Margin *= f }), 1e-7)
	}
}

// Without a discount its elasticity is 0, not -0, which a document would show.
func TestElasticityWithoutDiscount(t *testing.T) {
	e := verify.Must(RetentionValue{Margin: 1, Retention: 0.9}.Elasticity())
	verify.Near(t, "retention", e.Retention, 9, 1e-14) // the mean of t-1: the lifetime less 1
	if e.Discount != 0 || math.Signbit(e.Discount) {
		t.Errorf("elasticity %v of no discount", e.Discount)
	}
}

// A long horizon is worth what an endless one is.
func TestRetentionForever(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := drawRetention(t)
		v.Retention = min(v.Retention, 0.99)
		long := v
		v.Periods, long.Periods = 0, 10_000
		if a, b := verify.Must(v.Value()), verify.Must(long.Value()); math.Abs(a-b) > 1e-12*math.Abs(a) {
			t.Fatalf("%v for ever, %v for long", a, b)
		}
	})
}

func TestRetentionValueRefuses(t *testing.T) {
	verify.ConfigError(t, RetentionValue{Margin: math.NaN(), Retention: 1.1, Discount: -0.1, Periods: -1}.Validate(),
		"lever.RetentionValue.Validate", "Margin", "Retention", "Discount", "Periods")
	for _, margin := range []float64{math.Inf(1), math.Inf(-1)} {
		verify.ConfigError(t, RetentionValue{Margin: margin}.Validate(), "lever.RetentionValue.Validate", "Margin")
	}
	verify.ConfigError(t, RetentionValue{Retention: 1}.Validate(), "lever.RetentionValue.Validate", "Periods")
	verify.ConfigError(t, RetentionValue{Retention: math.NaN(), Discount: math.Inf(1)}.Validate(), "lever.RetentionValue.Validate", "Retention", "Discount")
	for name, err := range map[string]error{
		"endless lifetime":    verify.Second(RetentionValue{Retention: 1, Discount: 0.1}.Lifetime()),
		"nothing for ever":    verify.Second(RetentionValue{Retention: 1, Discount: 1e-310}.Value()),
		"enormous value":      verify.Second(RetentionValue{Margin: math.MaxFloat64, Retention: 0.9}.Value()),
		"no terms":            verify.Second(RetentionValue{Retention: 0, Renewals: true}.Elasticity()),
		"enormous elasticity": verify.Second(RetentionValue{Retention: 1, Discount: 1e-300}.Elasticity()),
		"enormous other":      verify.Second(RetentionValue{Margin: math.MaxFloat64, Retention: 0.9}.WithRetention(0.5)),
		"enormous loss":       verify.Second(RetentionValue{Margin: -1.5e308, Acquisition: 1e308}.WithRetention(0)),
		"other retention":     verify.Second(RetentionValue{Retention: 0.5, Discount: 0.1}.WithRetention(1.5)),
	} {
		if !errors.Is(err, clientele.ErrRange) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
