package lever

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/quotient"
	"github.com/shopspring/decimal"
)

// Chain is a period's way from visitors to profit, in exact totals, so that
//
//	traffic × lead rate × sale rate × deals × check × margin - fixed costs
//
// is the observed profit to the last cent: each rate is a total over the one before
// it. Make it of observed totals ([Accounts.Chain]) or of planned rates
// ([Rates.Chain]). It is data: [Chain.Validate] checks one that comes from outside,
// as do the methods that return an error.
type Chain struct {
	Traffic      decimal.Decimal `json:"traffic"`      // visitors
	Leads        decimal.Decimal `json:"leads"`        // of them who left a name, asked, or put something into a basket
	Customers    decimal.Decimal `json:"customers"`    // who bought
	Deals        decimal.Decimal `json:"deals"`        // that they made
	Revenue      decimal.Decimal `json:"revenue"`      // of these
	Contribution decimal.Decimal `json:"contribution"` // revenue less all costs that grow with it; may be negative
	FixedCosts   decimal.Decimal `json:"fixedCosts"`   // costs that do not
}

// links are the totals in the order of the levers, fixed costs last.
func (c *Chain) links() [7]*decimal.Decimal {
	return [...]*decimal.Decimal{&c.Traffic, &c.Leads, &c.Customers, &c.Deals, &c.Revenue, &c.Contribution, &c.FixedCosts}
}

var linkNames = [...]string{"Traffic", "Leads", "Customers", "Deals", "Revenue", "Contribution", "FixedCosts"}

// Validate reports all faults of the chain at once in a [clientele.ConfigError]:
// totals that are negative, except the contribution, of 10^200 or more, or with an
// exponent beyond ±1000, and totals where the one before is zero.
func (c Chain) Validate() error {
	faults := clientele.ConfigError{Op: "lever.Chain"}
	links := c.links()
	for i, total := range links {
		switch l, err := Lever(i), checkTotal(*total); {
		case err != nil:
			faults.Add(linkNames[i], *total, err)
		case l != Margin && total.Sign() < 0:
			faults.Add(linkNames[i], *total, clientele.ErrNegative)
		case i > 0 && l != FixedCosts && !total.IsZero() && links[i-1].IsZero():
			faults.Add(linkNames[i], *total, fmt.Errorf("%w: %s is zero", clientele.ErrRange, linkNames[i-1]))
		}
	}
	return faults.Err()
}

// checkTotal refuses what is no total of a chain. One that was raised has more digits
// after the point than money has.
func checkTotal(total decimal.Decimal) error {
	const maxExponent = 1000
	switch e := total.Exponent(); {
	case e < -maxExponent || e > maxExponent:
		return errTotalExponent
	case !total.IsZero() && rule.Digits(total) > rule.MaxDigits:
		return rule.ErrSize
	}
	return nil
}

var errTotalExponent = fmt.Errorf("%w: exponent beyond ±1000", clientele.ErrRange)

// Warnings tells what is unlikely about a chain, each an [clientele.InputError] of
// [clientele.ErrRange]: more leads than visitors, more customers than leads (old ones
// who came back count here), fewer deals than customers, a contribution above
// revenue. The numbers are computed all the same.
func (c Chain) Warnings() []error { return c.warnings(Chain{}) }

// warnings are those that another chain does not have.
func (c Chain) warnings(known Chain) []error {
	var all []error
	was := known.excesses()
	for i, e := range c.excesses() {
		if e.excessive() && !was[i].excessive() {
			all = append(all, &clientele.InputError{Op: "lever.Chain", Index: -1, Field: e.field, Value: e.value, Err: clientele.ErrRange})
		}
	}
	return all
}

// excess is a total that should not be above another.
type excess struct {
	field       string
	value       decimal.Decimal // of the field
	part, whole decimal.Decimal
}

func (e excess) excessive() bool { return e.part.GreaterThan(e.whole) }

func (c Chain) excesses() [4]excess {
	return [...]excess{
		{"Leads", c.Leads, c.Leads, c.Traffic},
		{"Customers", c.Customers, c.Customers, c.Leads},
		{"Deals", c.Deals, c.Customers, c.Deals},
		{"Contribution", c.Contribution, c.Contribution, c.Revenue},
	}
}

// Profit is the contribution less the fixed costs, exact.
func (c Chain) Profit() decimal.Decimal { return c.Contribution.Sub(c.FixedCosts) }

// Of returns the value of a lever; ok is false for a rate of nothing and a value
// that is no lever.
func (c Chain) Of(l Lever) (value float64, ok bool) {
	links := c.links()
	switch {
	case int(l) >= len(links):
		return 0, false
	case l == Traffic, l == FixedCosts:
		return links[l].InexactFloat64(), true
	}
	return quotient.OfMoney(*links[l], *links[l-1])
}

// Raise returns the chain after each lever of a set has grown by a share: 0.1 = 10 %,
// -0.1 = 10 % less, at least -1. Levers multiply, exactly: everything after a lever
// grows with it, and fixed costs stay unless they are in the set. An unknown lever,
// one that occurs twice, a share below -1 and one that makes totals of 10^200 or more
// are InputErrors; faults of the chain are those of [Chain.Validate].
func (c Chain) Raise(by decimal.Decimal, levers ...Lever) (Chain, error) {
	const op = "lever.Chain.Raise"
	if err := c.Validate(); err != nil {
		return Chain{}, err
	}
	if err := checkShare(op, by); err != nil {
		return Chain{}, err
	}
	if err := checkLevers(op, levers); err != nil {
		return Chain{}, err
	}
	factor := decimal.NewFromInt(1).Add(by)
	links := c.links() // of this copy
	for _, l := range levers {
		if l == FixedCosts {
			c.FixedCosts = c.FixedCosts.Mul(factor)
			continue
		}
		for _, total := range links[l:FixedCosts] {
			*total = total.Mul(factor)
		}
	}
	for _, total := range links {
		if err := checkTotal(*total); err != nil {
			return Chain{}, &clientele.InputError{Op: op, Index: -1, Field: "by", Value: by, Err: err}
		}
	}
	return c, nil
}

// checkShare refuses a change of more than everything.
func checkShare(op string, by decimal.Decimal) error {
	err := rule.Amount(by)
	if err == nil && (by.LessThan(decimal.NewFromInt(-1)) || rule.Digits(by) > rule.MaxDigits) {
		err = clientele.ErrRange
	}
	if err != nil {
		return &clientele.InputError{Op: op, Index: -1, Field: "by", Value: by, Err: err}
	}
	return nil
}
