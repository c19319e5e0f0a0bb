package lever

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// Totals are a period's totals as a shop counts them: [Totals.Chain] makes a chain of
// these. In package account, Accounts.Buyers returns Buyers, and the account that
// Accounts.Total returns has Deals, Revenue, Contribution and AcquisitionCost.
type Totals struct {
	Traffic         decimal.Decimal `json:"traffic"`         // number of visitors
	Leads           decimal.Decimal `json:"leads"`           // number of visitors who left a name, asked, or put something into a basket
	Buyers          int             `json:"buyers"`          // number of customers who bought: Customers of the chain
	Deals           int             `json:"deals"`           // number of deals that the buyers made
	Revenue         decimal.Decimal `json:"revenue"`         // revenue of the deals
	Contribution    decimal.Decimal `json:"contribution"`    // revenue less all costs that grow with it; may be negative
	AcquisitionCost decimal.Decimal `json:"acquisitionCost"` // what it cost to win the customers; a part of the chain's fixed costs, so it does not grow with the levers
	FixedCosts      decimal.Decimal `json:"fixedCosts"`      // other costs that do not grow with revenue
}

// Validate reports all faults at once in a [clientele.ConfigError]: traffic, leads,
// buyers, deals and costs that are negative, amounts with an exponent beyond ±100 or of
// 10^200 or more.
func (t Totals) Validate() error { return t.validate("lever.Totals.Validate") }

func (t Totals) validate(op string) error {
	faults := clientele.ConfigError{Op: op}
	for _, f := range [...]struct {
		field  string
		value  decimal.Decimal
		signed bool
	}{
		{"Traffic", t.Traffic, false},
		{"Leads", t.Leads, false},
		{"Buyers", decimal.NewFromInt(int64(t.Buyers)), false},
		{"Deals", decimal.NewFromInt(int64(t.Deals)), false},
		{"Revenue", t.Revenue, true},
		{"Contribution", t.Contribution, true},
		{"AcquisitionCost", t.AcquisitionCost, false},
		{"FixedCosts", t.FixedCosts, false},
	} {
		checkMoney(&faults, f.field, f.value, f.signed)
	}
	return faults.Err()
}

// UnmarshalJSON reads totals strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (t *Totals) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("lever.Totals.UnmarshalJSON", data, t)
}

// Chain returns the chain of the totals. Its fixed costs are FixedCosts and
// AcquisitionCost together, so that its profit is the contribution less both, to the last
// cent, and raising traffic does not raise the cost of acquisition. Errors are those of
// [Totals.Validate]; [Chain.Validate] checks whether the totals fit together.
func (t Totals) Chain() (Chain, error) {
	if err := t.validate("lever.Totals.Chain"); err != nil {
		return Chain{}, err
	}
	return Chain{
		Traffic: t.Traffic, Leads: t.Leads,
		Customers: decimal.NewFromInt(int64(t.Buyers)), Deals: decimal.NewFromInt(int64(t.Deals)),
		Revenue: t.Revenue, Contribution: t.Contribution, FixedCosts: t.FixedCosts.Add(t.AcquisitionCost),
	}, nil
}
