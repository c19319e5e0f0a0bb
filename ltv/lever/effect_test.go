package lever

import (
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// Two levers of +10 % are +21 % contribution and four +46.41 %; +21 % contribution
// is +50 % profit where fixed costs are 58 % of it: 0.21/0.42.
func TestLeversMultiply(t *testing.T) {
	for _, c := range []struct {
		levers               []Lever
		contribution, profit float64
	}{
		{[]Lever{Check}, 0.1, 0.1 / 0.42},
		{[]Lever{LeadRate, SaleRate}, 0.21, 0.5},
		{[]Lever{LeadRate, SaleRate, DealsPerCustomer, Check}, 0.4641, 0.4641 / 0.42},
		{[]Lever{FixedCosts}, 0, -0.058 / 0.42},
		{nil, 0, 0},
	} {
		e := verify.Must(plannedShop().WhatIf(receipttest.Dec("0.1"), c.levers))[0]
		got, ok := e.ContributionChange()
		if !ok || got != c.contribution {
			t.Errorf("%v: contribution %v, want %v", c.levers, got, c.contribution)
		}
		if got, ok = e.ProfitChange(); !ok || math.Abs(got-c.profit) > 1e-15 {
			t.Errorf("%v: profit %v, want %v", c.levers, got, c.profit)
		}
	}
	all := verify.Must(plannedShop().WhatIf(receipttest.Dec("0.1")))
	if len(all) != 7 || all[6].Levers[0] != FixedCosts || !all[6].Gain().Equal(receipttest.Dec("-464")) {
		t.Errorf("%+v", all)
	}
}

// Half as much again from two levers takes 22.47 % more of each, and the others as they are.
func TestTwoLeversBringHalfAsMuchAgain(t *testing.T) {
	growth := decimal.NewFromFloat(math.Sqrt(1.5) - 1)
	if got := growth.Shift(2).StringFixed(2); got != "22.47" {
		t.Errorf("%s %%", got)
	}
	e := verify.Must(plannedShop().WhatIf(growth, []Lever{SaleRate, Check}))[0]
	contribution, ok := e.ContributionChange()
	if before, after := plannedShop().Revenue, e.After.Revenue; !ok || math.Abs(contribution-0.5) > 1e-12 || after.Div(before).Round(12).String() != "1.5" {
		t.Errorf("contribution %v, revenue %s after %s", contribution, after, before)
	}
}

// A rate above all there is is told once it was not so before.
func TestImpossibleRates(t *testing.T) {
	c := plannedShop()
	e := verify.Must(c.WhatIf(receipttest.Dec("4.5"), []Lever{SaleRate}, []Lever{Check}))
	if len(e[0].Warnings) != 1 || len(e[1].Warnings) != 0 {
		t.Fatal(e[0].Warnings, e[1].Warnings)
	}
	in, ok := errors.AsType[*clientele.InputError](e[0].Warnings[0])
	if !ok || in.Field != "Customers" || !errors.Is(in, clientele.ErrRange) {
		t.Error(in)
	}
	if w := (Chain{Traffic: receipttest.Dec("1"), Leads: receipttest.Dec("2"), Customers: receipttest.Dec("3"), Deals: receipttest.Dec("2"), Revenue: receipttest.Dec("1"), Contribution: receipttest.Dec("2")}).Warnings(); len(w) != 4 {
		t.Error(w)
	}
}
