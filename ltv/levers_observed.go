package ltv

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Chain returns the chain of all customers: buyers, their deals, revenue, and
// contribution. Fixed holds fixed and what the customers cost to win, so that its
// profit is that of [Accounts.Total] less fixed, to the last cent. A number that is
// negative, that has an exponent beyond ±100 or that is 10^200 or more is an
// [clientele.InputError]; whether the totals fit together is for [Chain.Validate] to
// tell.
func (a *Accounts[K]) Chain(traffic, leads, fixed decimal.Decimal) (Chain, error) {
	buyers := 0
	for slot := range a.slots() {
		if a.cols.tabs.At(slot).deals > 0 {
			buyers++
		}
	}
	return a.Total().chain("ltv.Accounts.Chain", buyers, traffic, leads, fixed)
}

// Chain returns the chain of the group, as [Accounts.Chain] that of all.
func (g AccountGroup) Chain(traffic, leads, fixed decimal.Decimal) (Chain, error) {
	return g.chain("ltv.AccountGroup.Chain", g.Buyers, traffic, leads, fixed)
}

func (a Account) chain(op string, buyers int, traffic, leads, fixed decimal.Decimal) (Chain, error) {
	for _, n := range [...]struct {
		field string
		value decimal.Decimal
	}{{"traffic", traffic}, {"leads", leads}, {"fixed", fixed}} {
		if err := rule.Cost(n.value); err != nil {
			return Chain{}, &clientele.InputError{Op: op, Index: -1, Field: n.field, Value: n.value, Err: err}
		}
	}
	return Chain{
		Traffic: traffic, Leads: leads,
		Customers: decimal.NewFromInt(int64(buyers)), Deals: decimal.NewFromInt(int64(a.Deals)),
		Revenue: a.Revenue, Contribution: a.Contribution(), Fixed: fixed.Add(a.Acquisition),
	}, nil
}
