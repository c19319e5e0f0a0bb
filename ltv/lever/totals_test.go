package lever_test

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/account"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/clientele-go/clientele/ltv/lever"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// chainOf is the chain of what accounts say of 90,000 visitors and 5,000 leads.
func chainOf(buyers int, total account.Account, fixed decimal.Decimal) lever.Chain {
	return verify.Must(lever.Totals{
		Traffic: receipttest.Dec("90000"), Leads: receipttest.Dec("5000"), Buyers: buyers, Deals: total.Deals,
		Revenue: total.Revenue, Contribution: total.Contribution(), AcquisitionCost: total.AcquisitionCost, FixedCosts: fixed,
	}.Chain())
}

func feed(t rapid.TB, a *account.Accounts[int64], receipts []clientele.Receipt[int64]) {
	if err := clientele.FeedReceipts(clientele.All(receipts), a); err != nil {
		t.Fatal(err)
	}
}

// Invariant: the identity reproduces the observed profit to the last digit, for all
// customers and in every group.
func TestChainIsObservedProfit(t *testing.T) {
	check := func(t rapid.TB, a *account.Accounts[int64]) {
		fixed := receipttest.Dec("12.34")
		if got, want := chainOf(a.Buyers(), a.Total(), fixed).Profit(), a.Total().Profit().Sub(fixed); !got.Equal(want) {
			t.Fatalf("profit %s, want %s", got, want)
		}
		sum := decimal.Zero
		for _, g := range verify.Must(a.By(func(c int64) string { return string(rune('a' + c%3 + 2)) }, 0)) {
			sum = sum.Add(chainOf(g.Buyers, g.Account, decimal.Zero).Profit())
		}
		if want := a.Total().Profit(); !sum.Equal(want) {
			t.Fatalf("groups have %s, want %s", sum, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a := verify.Must(account.New(new(clientele.Roster[int64]), account.Config{AsOf: receipttest.Noon(31)}))
		feed(t, a, receipttest.Draw(t, true))
		if err := a.AddAcquisition(3, receipttest.Dec("9.99")); err != nil {
			t.Fatal(err)
		}
		check(t, a)
	})
	shop := verify.Must(account.New(new(clientele.Roster[int64]), account.Config{AsOf: receipttest.ShopEnd}))
	feed(t, shop, receipttest.Shop(t, nil, 5))
	check(t, shop)
	c := chainOf(shop.Buyers(), shop.Total(), receipttest.Dec("100000"))
	product := 1.0
	for l := range lever.FixedCosts {
		v, ok := c.Of(l)
		if !ok {
			t.Fatal(l)
		}
		product *= v
	}
	verify.Near(t, "product of the levers", product, c.Contribution.InexactFloat64(), 1e-12)
}

// Totals that no account has are refused by name, all at once.
func TestObservedChainRefuses(t *testing.T) {
	o := lever.Totals{
		Traffic: receipttest.Dec("-1"), Leads: decimal.New(1, 201), Buyers: -1, Deals: -2, Revenue: receipttest.Dec("-5"),
		Contribution: receipttest.Dec("-5"), AcquisitionCost: receipttest.Dec("-1"), FixedCosts: decimal.New(1, 1<<30),
	}
	_, err := o.Chain()
	verify.ConfigError(t, err, "lever.Totals.Chain", "Traffic", "Leads", "Buyers", "Deals", "AcquisitionCost", "FixedCosts")
}
