package account

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// hugeShop are a few customers with the smallest, the largest and plain amounts, at the ends of
// the time that counts.
func hugeShop() []clientele.Receipt[int64] {
	var all []clientele.Receipt[int64]
	huge := receipttest.Huge[:199]
	for i, price := range []string{"0", "1e-100", "1", huge, "1e-100", huge, "0.1", "1"} {
		for day := range 3 {
			serve := "0"
			if i%2 == 1 {
				serve = price
			}
			all = append(all, receipttest.On(1+day*i*9, int64(i/2), serve, receipttest.Item("a", "x", "1", price, []string{"", huge}[day%2], "1e-100")))
		}
	}
	return all
}

// Whatever customers brought, estimates are numbers or errors, at every level.
func TestEstimatesAreFinite(t *testing.T) {
	deals := sales(hugeShop()...)
	cfg := Config{AsOf: receipttest.Noon(200), Payback: true, Campaigns: []Campaign{{receipttest.Noon(1), receipttest.Noon(40)}, {receipttest.Noon(60), receipttest.Noon(70)}}}
	a, jobs := verify.Must(New[int64](nil, cfg)), verify.Must(NewJobs(cfg, func(*clientele.Deal[int64]) string { return "" }))
	for _, d := range deals {
		if err := a.AddDeal(d); err != nil {
			t.Fatal(err)
		}
		if err := jobs.AddDeal(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.AddAcquisition(1, receipttest.Dec(receipttest.Huge[:199])); err != nil {
		t.Fatal(err)
	}
	for _, level := range []float64{0, math.SmallestNonzeroFloat64, 0.5, 0.95, 1 - 0x1p-50, 1 - 0x1p-52, math.Nextafter(1, 0)} {
		for _, groups := range []func(int64) string{groupOf, func(id int64) string { return string(rune('a' + id)) }, func(int64) string { return "all" }} {
			check := func(what string, answer any, err error) {
				if found, bad := verify.NotFinite(what, answer); err == nil && bad {
					t.Errorf("level %v: %s", level, found)
				}
			}
			rows, err := a.By(groups, level)
			check("by", rows, err)
			for _, row := range rows {
				check("figures", row.Figures(), nil)
			}
			sensitivity, err := a.DiscountSensitivity(groups, level)
			check("sensitivity", sensitivity, err)
			byJob, err := jobs.By(level)
			check("jobs", byJob, err)
			for _, starts := range [][]int{{1, 2}, {1, 2, math.MaxInt}} {
				numbers, err := ByDealNumber(clientele.All(deals), DealNumberConfig{AsOf: receipttest.Noon(200), Starts: starts, Level: level, Calendar: clientele.Calendar{Unit: clientele.Quarter}})
				check("numbers", numbers, err)
			}
			times, err := ByTenure(clientele.All(deals), TenureConfig{AsOf: receipttest.Noon(200), Starts: []clientele.Days{0, 20}, Level: level, Calendar: clientele.Calendar{Unit: clientele.Quarter}})
			check("times", times, err)
		}
	}
	for id, one := range a.All() {
		verify.Finite(t, "figures", one.Figures())
		verify.Finite(t, "verdict", TierRules{Cherish: decimal.New(1, 199), SavableShare: 1}.Classify(one))
		p, _, err := a.Payback(id)
		if err != nil {
			t.Fatal(err)
		}
		verify.Finite(t, "payback", p)
	}
}
