package lever

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// Rates are the levers of a plan, exact: [Rates.Chain] multiplies them to totals.
type Rates struct {
	Traffic          decimal.Decimal `json:"traffic"`          // number of visitors
	LeadRate         decimal.Decimal `json:"leadRate"`         // leads per visitor, 0.1 = 10 %
	SaleRate         decimal.Decimal `json:"saleRate"`         // customers per lead, 0.1 = 10 %
	DealsPerCustomer decimal.Decimal `json:"dealsPerCustomer"` // deals per customer
	Check            decimal.Decimal `json:"check"`            // revenue per deal
	Margin           decimal.Decimal `json:"margin"`           // contribution per revenue, after all costs that grow with revenue, 0.4 = 40 %; may be negative
	FixedCosts       decimal.Decimal `json:"fixedCosts"`       // costs that do not grow with revenue
}

// rateNames are the fields in the order of the levers.
var rateNames = [...]string{"Traffic", "LeadRate", "SaleRate", "DealsPerCustomer", "Check", "Margin", "FixedCosts"}

// links are the rates in the order of the levers.
func (r Rates) links() [7]decimal.Decimal {
	return [...]decimal.Decimal{r.Traffic, r.LeadRate, r.SaleRate, r.DealsPerCustomer, r.Check, r.Margin, r.FixedCosts}
}

// Validate reports all faults at once in a [clientele.ConfigError]: levers that are
// negative, except the margin, with an exponent beyond ±100, or of 10^200 or more.
func (r Rates) Validate() error { return r.validate("lever.Rates.Validate") }

func (r Rates) validate(op string) error {
	faults := clientele.ConfigError{Op: op}
	for i, rate := range r.links() {
		checkMoney(&faults, rateNames[i], rate, Lever(i) == Margin)
	}
	return faults.Err()
}

// checkMoney notes what is no cost or, if signed, no profit or loss.
func checkMoney(faults *clientele.ConfigError, field string, value decimal.Decimal, signed bool) {
	check := rule.Cost
	if signed {
		check = rule.Money
	}
	if err := check(value); err != nil {
		faults.Add(field, value, err)
	}
}

// UnmarshalJSON reads rates strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (r *Rates) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("lever.Rates.UnmarshalJSON", data, r)
}

// Chain multiplies the levers. Errors are those of [Rates.Validate]; a lever that makes
// totals of 10^200 or more is a fault too.
func (r Rates) Chain() (Chain, error) {
	const op = "lever.Rates.Chain"
	if err := r.validate(op); err != nil {
		return Chain{}, err
	}
	rates := r.links()
	c := Chain{Traffic: r.Traffic, FixedCosts: r.FixedCosts}
	links := c.links()
	for l := LeadRate; l < FixedCosts; l++ {
		*links[l] = links[l-1].Mul(rates[l])
		if checkTotal(*links[l]) != nil {
			faults := clientele.ConfigError{Op: op}
			faults.Add(rateNames[l], rates[l], rule.Because(rule.Range, "a total grows too large", "a value for which %s stays below 10^200", linkNames[l]))
			return Chain{}, faults.Err()
		}
	}
	return c, nil
}
