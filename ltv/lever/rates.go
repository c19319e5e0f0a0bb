package lever

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Rates are the same as planned rates, exact.
type Rates struct {
	Traffic    decimal.Decimal `json:"traffic"`
	LeadRate   decimal.Decimal `json:"leadRate"` // leads per visitor, 0.1 = 10 %
	SaleRate   decimal.Decimal `json:"saleRate"` // customers per lead
	Deals      decimal.Decimal `json:"deals"`    // per customer
	Check      decimal.Decimal `json:"check"`    // revenue per deal
	Margin     decimal.Decimal `json:"margin"`   // contribution per revenue; may be negative
	FixedCosts decimal.Decimal `json:"fixedCosts"`
}

// Validate reports all faults at once in a [clientele.ConfigError]: levers that are
// negative, except the margin, that has an exponent beyond ±100, or of 10^200 or
// more.
func (l Rates) Validate() error {
	faults := clientele.ConfigError{Op: "lever.Rates"}
	for _, f := range [...]struct {
		field string
		value decimal.Decimal
	}{{"Traffic", l.Traffic}, {"LeadRate", l.LeadRate}, {"SaleRate", l.SaleRate}, {"Deals", l.Deals}, {"Check", l.Check}, {"Margin", l.Margin.Abs()}, {"FixedCosts", l.FixedCosts}} {
		if err := rule.Cost(f.value); err != nil {
			faults.Add(f.field, f.value, err)
		}
	}
	return faults.Err()
}

// Chain multiplies the levers. Errors are those of [Rates.Validate] and
// [Chain.Validate].
func (l Rates) Chain() (Chain, error) {
	if err := l.Validate(); err != nil {
		return Chain{}, err
	}
	c := Chain{Traffic: l.Traffic, FixedCosts: l.FixedCosts}
	c.Leads = c.Traffic.Mul(l.LeadRate)
	c.Customers = c.Leads.Mul(l.SaleRate)
	c.Deals = c.Customers.Mul(l.Deals)
	c.Revenue = c.Deals.Mul(l.Check)
	c.Contribution = c.Revenue.Mul(l.Margin)
	if err := c.Validate(); err != nil {
		return Chain{}, err
	}
	return c, nil
}
