package lever

import (
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// plannedShop has 10 000 visitors, of whom 5 % leave a name, and of these leads 20 % buy,
// 2.5 times for 80, of which 40 % stay: a contribution of 8000, less 58 % of it.
func plannedShop() Chain {
	return verify.Must(Rates{
		Traffic: receipttest.Dec("10000"), LeadRate: receipttest.Dec("0.05"), SaleRate: receipttest.Dec("0.2"), DealsPerCustomer: receipttest.Dec("2.5"), Check: receipttest.Dec("80"), Margin: receipttest.Dec("0.4"),
		FixedCosts: receipttest.Dec("4640"),
	}.Chain())
}

// Invariant: n levers raised by p multiply the contribution by (1+p)^n exactly, in
// whatever order, and raising back by the inverse share undoes them.
func TestLeversMultiplyExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := plannedShop()
		by := decimal.New(rapid.Int64Range(-1000, 3000).Draw(t, "by"), -3)
		levers := rapid.SliceOfNDistinct(rapid.SampledFrom([]Lever{0, 1, 2, 3, 4, 5}), 0, 6, rapid.ID).Draw(t, "levers")
		after := verify.Must(c.Raise(by, levers...))
		want := c.Contribution
		for range levers {
			want = want.Mul(receipttest.Dec("1").Add(by))
		}
		if !after.Contribution.Equal(want) || !after.FixedCosts.Equal(c.FixedCosts) {
			t.Fatalf("%v by %s: %s, want %s", levers, by, after.Contribution, want)
		}
		again := verify.Must(c.Raise(by, rapid.Permutation(levers).Draw(t, "other order")...))
		for i, total := range after.links() {
			if !total.Equal(*again.links()[i]) {
				t.Fatalf("%+v, then %+v", after, again)
			}
		}
		if by.GreaterThan(receipttest.Dec("-1")) && len(levers) > 0 {
			for i, l := range levers {
				was, _ := c.Of(l)
				is, _ := after.Of(l)
				if factor := by.InexactFloat64() + 1; math.Abs(is-was*factor) > 1e-12*was*factor {
					t.Fatalf("lever %d is %v, was %v", i, is, was)
				}
			}
		}
	})
}

func TestChainRefuses(t *testing.T) {
	c := Chain{Traffic: receipttest.Dec("-1"), Leads: receipttest.Dec(receipttest.Huge), Customers: receipttest.Dec("1e200"), Revenue: receipttest.Dec("5"), Contribution: receipttest.Dec("-5"), FixedCosts: receipttest.Dec("-2")}
	verify.ConfigError(t, c.Validate(), "lever.Chain.Validate", "Traffic", "Leads", "Customers", "Revenue", "FixedCosts")
	if _, err := c.WhatIf(receipttest.Dec("0.1")); !errors.Is(err, clientele.ErrConfig) {
		t.Error(err)
	}
	good, odd, steep := plannedShop(), plannedShop(), plannedShop()
	odd.FixedCosts = decimal.New(1, 1<<30)
	steep.Contribution, steep.FixedCosts = tens(199).Add(tens(-150)), tens(199)
	for name, c := range map[string]struct {
		err  error
		want error
	}{
		"below everything": {verify.Second(good.Raise(receipttest.Dec("-1.01"), Check)), clientele.ErrRange},
		"twice":            {verify.Second(good.Raise(receipttest.Dec("0.1"), Check, Check)), clientele.ErrDuplicate},
		"unknown":          {verify.Second(good.WhatIf(receipttest.Dec("0.1"), []Lever{8})), clientele.ErrUnknown},
		"no exponent":      {verify.Second(good.Raise(receipttest.Dec("1e200"), Check)), clientele.ErrAmountRange},
		"sets":             {verify.Second(Sets(Check, 9)), clientele.ErrUnknown},
		"too much":         {verify.Second(good.Raise(receipttest.Dec("1e99"), 0, 1, 2, 3, 4, 5)), clientele.ErrRange},
		"more than a float64": {verify.Second(Chain{
			Traffic: receipttest.Dec("1"), Leads: receipttest.Dec("1"), Customers: receipttest.Dec("1"), Deals: receipttest.Dec("1"), Revenue: tens(-150),
			Contribution: tens(-150),
		}.GrowthNeeded(Check, tens(199))), clientele.ErrRange},
		"no number":            {verify.Second(good.GrowthNeeded(Check, decimal.New(1, 1<<30))), clientele.ErrRange},
		"raise an odd chain":   {verify.Second(odd.Raise(receipttest.Dec("0.1"), Check)), clientele.ErrConfig},
		"elasticity of it":     {verify.Second(odd.Elasticity(Check)), clientele.ErrConfig},
		"need of it":           {verify.Second(odd.GrowthNeeded(Check, receipttest.Dec("1"))), clientele.ErrConfig},
		"steeper than float64": {verify.Second(steep.Elasticity(Check)), clientele.ErrRange},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
}

// tens is a power of ten.
func tens(power int32) decimal.Decimal {
	return decimal.New(1, power)
}

// Raising by many digits, lever after lever, leaves a chain that can be asked again.
func TestRaiseAgain(t *testing.T) {
	c := plannedShop()
	third := decimal.NewFromFloat(1.0 / 3)
	for range 3 {
		c = verify.Must(c.Raise(third, Traffic, LeadRate, SaleRate, DealsPerCustomer, Check))
	}
	e := verify.Must(c.WhatIf(third, []Lever{Check}))[0]
	verify.Near(t, "elasticity", verify.Must(e.After.Elasticity(Check)), 1, 1e-2)
	change, ok := e.ContributionChange()
	verify.Ratio(t, "change", change, ok, 1.0/3)
}
