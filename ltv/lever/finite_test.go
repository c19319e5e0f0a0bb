package lever

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// extremes are numbers at the ends of their ranges and beyond.
var extremes = []float64{
	math.Inf(-1), -math.MaxFloat64, -1, -math.SmallestNonzeroFloat64, 0, math.SmallestNonzeroFloat64, 1e-300, 1e-16,
	0.5, math.Nextafter(1, 0), 1, math.Nextafter(1, 2), 1e16, 1e300, math.MaxFloat64, math.Inf(1), math.NaN(),
}

// Whatever a value is made of, its answers are numbers or errors.
func TestRetentionValuesAreFinite(t *testing.T) {
	answered := 0
	check := func(v RetentionValue, what string, answer any, err error) {
		if err == nil {
			answered++
			if found, bad := verify.NotFinite(what, answer); bad {
				t.Fatalf("%+v: %s", v, found)
			}
		}
	}
	for _, margin := range []float64{0, 1, -math.MaxFloat64, math.MaxFloat64, math.SmallestNonzeroFloat64, math.Inf(1), math.NaN()} {
		for _, retention := range extremes {
			for _, discount := range extremes {
				for i, periods := range []int{0, 1, 2, 1 << 30, math.MaxInt} {
					v := RetentionValue{Margin: margin, Retention: retention, Discount: discount, Periods: periods, AtEnd: i%2 == 0, Renewals: i%3 == 0}
					if i > 2 {
						v.Acquisition = math.MaxFloat64
					}
					value, err := v.Value()
					check(v, "value", value, err)
					profit, err := v.Profit()
					check(v, "profit", profit, err)
					lifetime, err := v.Lifetime()
					check(v, "lifetime", lifetime, err)
					elasticity, err := v.Elasticity()
					check(v, "elasticity", elasticity, err)
					change, err := v.WithRetention(0.9)
					check(v, "change", change, err)
					change, err = RetentionValue{Margin: 1, Retention: 0.5}.WithRetention(retention)
					check(v, "change to", change, err)
					if profits, ok := change.ProfitChange(); ok {
						check(v, "change of profit", profits, nil)
					}
					if values, ok := change.ValueChange(); ok {
						check(v, "change of value", values, nil)
					}
					check(v, "change of lifetime", change.LifetimeChange(), nil)
				}
			}
		}
	}
	if answered < 1000 {
		t.Errorf("%d answers", answered)
	}
}

// Whatever a chain is made of, its answers are numbers or errors.
func TestChainsAreFinite(t *testing.T) {
	var totals []decimal.Decimal
	for _, text := range []string{"0", "1", "-1", "0.3", "1e199", "-1e199", "1e-100", "9e-1000", "3e200"} {
		totals = append(totals, receipttest.Dec(text))
	}
	for i, last := range totals {
		for j, contribution := range totals {
			for k, costs := range totals {
				c := Chain{totals[(i+k)%len(totals)], last, totals[(j+k)%len(totals)], last, last, contribution, costs}
				for l := range Lever(9) {
					if rate, ok := c.Of(l); ok && c.Validate() == nil {
						verify.Finite(t, "rate", rate)
					}
					if e, err := c.Elasticity(l); err == nil {
						verify.Finite(t, "elasticity", e)
					}
					if share, err := c.GrowthNeeded(l, last); err == nil {
						verify.Finite(t, "growth", share)
					}
				}
				effects, err := c.WhatIf(totals[k])
				for _, e := range effects {
					contributed, _ := e.ContributionChange()
					earned, _ := e.ProfitChange()
					if err == nil {
						verify.Finite(t, "changes", []float64{contributed, earned})
					}
				}
			}
		}
	}
}
