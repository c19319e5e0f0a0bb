package lever

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Totals are a period's totals as a shop counts them. Of accounts they are the
// number of buyers and what their total says.
type Totals struct {
	Traffic         decimal.Decimal `json:"traffic"`         // visitors
	Leads           decimal.Decimal `json:"leads"`           // visitors who left a name, asked, or put something into a basket
	Buyers          int             `json:"buyers"`          // customers who bought
	Deals           int             `json:"deals"`           // deals that the buyers made
	Revenue         decimal.Decimal `json:"revenue"`         // revenue of the deals
	Contribution    decimal.Decimal `json:"contribution"`    // revenue less all costs that grow with it; may be negative
	AcquisitionCost decimal.Decimal `json:"acquisitionCost"` // what it cost to win the customers
	FixedCosts      decimal.Decimal `json:"fixedCosts"`      // costs that do not grow with revenue
}

// Validate reports all faults at once in a [clientele.ConfigError]: traffic, leads,
// buyers, deals and costs that are negative, amounts with an exponent beyond ±100 or of
// 10^200 or more.
func (o Totals) Validate() error {
	faults := clientele.ConfigError{Op: "lever.Totals"}
	for _, f := range [...]struct {
		field string
		value decimal.Decimal
	}{
		{"Traffic", o.Traffic},
		{"Leads", o.Leads},
		{"Buyers", decimal.NewFromInt(int64(o.Buyers))},
		{"Deals", decimal.NewFromInt(int64(o.Deals))},
		{"Revenue", o.Revenue.Abs()},
		{"Contribution", o.Contribution.Abs()},
		{"AcquisitionCost", o.AcquisitionCost},
		{"FixedCosts", o.FixedCosts},
	} {
		if err := rule.Cost(f.value); err != nil {
			faults.Add(f.field, f.value, err)
		}
	}
	return faults.Err()
}

// Chain returns the chain of the totals, whose fixed costs hold what the customers
// cost to win, so that its profit is the contribution less both, to the last cent.
// Errors are those of [Totals.Validate]; whether the totals fit together is for
// [Chain.Validate] to tell.
func (o Totals) Chain() (Chain, error) {
	if err := o.Validate(); err != nil {
		return Chain{}, err
	}
	return Chain{
		Traffic: o.Traffic, Leads: o.Leads,
		Customers: decimal.NewFromInt(int64(o.Buyers)), Deals: decimal.NewFromInt(int64(o.Deals)),
		Revenue: o.Revenue, Contribution: o.Contribution, FixedCosts: o.FixedCosts.Add(o.AcquisitionCost),
	}, nil
}
