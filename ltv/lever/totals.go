package lever

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// Totals are a period's totals as a shop counts them: [Totals.Chain] makes a chain of
// them. Those of package account are its number of buyers and what its total says.
type Totals struct {
	Traffic         decimal.Decimal `json:"traffic"`         // number of visitors
	Leads           decimal.Decimal `json:"leads"`           // number of visitors who left a name, asked, or put something into a basket
	Buyers          int             `json:"buyers"`          // number of customers who bought
	Deals           int             `json:"deals"`           // number of deals that the buyers made
	Revenue         decimal.Decimal `json:"revenue"`         // revenue of the deals
	Contribution    decimal.Decimal `json:"contribution"`    // revenue less all costs that grow with it; may be negative
	AcquisitionCost decimal.Decimal `json:"acquisitionCost"` // what it cost to win the customers
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

// UnmarshalJSON reads totals strictly: an unknown key, a key given twice or a value of
// the wrong type is [clientele.ErrEncoding] and changes nothing.
func (t *Totals) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("lever.Totals.UnmarshalJSON", data, t)
}

// Chain returns the chain of the totals, whose fixed costs hold what the customers
// cost to win, so that its profit is the contribution less both, to the last cent.
// Errors are those of [Totals.Validate]; whether the totals fit together is for
// [Chain.Validate] to tell.
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
