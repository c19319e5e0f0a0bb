package lever

import (
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

func TestLeversMakeAChain(t *testing.T) {
	c := plannedShop()
	for i, want := range []string{"10000", "500", "100", "250", "20000", "8000", "4640"} {
		verify.Money(t, linkNames[i], *c.links()[i], want)
	}
	verify.Money(t, "profit", c.Profit(), "3360")
	for l, want := range []float64{10000, 0.05, 0.2, 2.5, 80, 0.4, 4640} {
		v, ok := c.Of(Lever(l))
		verify.Ratio(t, Lever(l).String(), v, ok, want)
	}
	if _, ok := (Chain{}).Of(LeadRate); ok {
		t.Error("a rate of nothing")
	}
	if _, ok := c.Of(9); ok {
		t.Error("the value of no lever")
	}
	if err := c.Validate(); err != nil {
		t.Error(err)
	}
	if w := c.Warnings(); len(w) != 0 {
		t.Error(w)
	}
}

func TestLeversRefuse(t *testing.T) {
	for _, c := range []struct {
		l    Rates
		want []string
		op   string
	}{
		{
			Rates{Traffic: receipttest.Dec("-1"), LeadRate: receipttest.Dec("-0.1"), SaleRate: decimal.New(1, -1<<31), DealsPerCustomer: tens(201), Margin: receipttest.Dec("-1"), FixedCosts: receipttest.Dec("-2")},
			[]string{"Traffic", "LeadRate", "SaleRate", "DealsPerCustomer", "FixedCosts"},
			"lever.Rates.Chain",
		},
		{Rates{Traffic: tens(100), LeadRate: tens(100)}, []string{"LeadRate"}, "lever.Rates.Chain"},
	} {
		_, err := c.l.Chain()
		verify.ConfigError(t, err, c.op, c.want...)
	}
}
