package ltv

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// Chain is a period's way from visitors to profit, in exact totals, so that
//
//	traffic × lead rate × sale rate × deals × check × margin - fixed costs
//
// is the observed profit to the last cent: each rate is a total over the one before
// it. Make it of observed totals ([Accounts.Chain]) or of planned rates
// ([Levers.Chain]). It is data.
type Chain struct {
	Traffic      decimal.Decimal `json:"traffic"`      // visitors
	Leads        decimal.Decimal `json:"leads"`        // of them who left a name, asked, or put something into a basket
	Customers    decimal.Decimal `json:"customers"`    // who bought
	Deals        decimal.Decimal `json:"deals"`        // that they made
	Revenue      decimal.Decimal `json:"revenue"`      // of these
	Contribution decimal.Decimal `json:"contribution"` // revenue less all costs that grow with it; may be negative
	Fixed        decimal.Decimal `json:"fixed"`        // costs that do not
}

// Levers are the same as planned rates, exact.
type Levers struct {
	Traffic  decimal.Decimal `json:"traffic"`
	LeadRate decimal.Decimal `json:"leadRate"` // leads per visitor, 0.1 = 10 %
	SaleRate decimal.Decimal `json:"saleRate"` // customers per lead
	Deals    decimal.Decimal `json:"deals"`    // per customer
	Check    decimal.Decimal `json:"check"`    // revenue per deal
	Margin   decimal.Decimal `json:"margin"`   // contribution per revenue; may be negative
	Fixed    decimal.Decimal `json:"fixed"`
}

// Chain multiplies the levers.
func (l Levers) Chain() Chain {
	c := Chain{Traffic: l.Traffic, Fixed: l.Fixed}
	c.Leads = c.Traffic.Mul(l.LeadRate)
	c.Customers = c.Leads.Mul(l.SaleRate)
	c.Deals = c.Customers.Mul(l.Deals)
	c.Revenue = c.Deals.Mul(l.Check)
	c.Contribution = c.Revenue.Mul(l.Margin)
	return c
}

// links are the totals in the order of the levers, fixed costs last.
func (c *Chain) links() [7]*decimal.Decimal {
	return [...]*decimal.Decimal{&c.Traffic, &c.Leads, &c.Customers, &c.Deals, &c.Revenue, &c.Contribution, &c.Fixed}
}

var linkNames = [...]string{"Traffic", "Leads", "Customers", "Deals", "Revenue", "Contribution", "Fixed"}

// Validate reports all faults of the chain at once in a [clientele.ConfigError]:
// totals that are negative, except the contribution, or of 10^200 or more, and
// totals where the one before is zero.
func (c Chain) Validate() error {
	faults := clientele.Faults{Op: "ltv.Chain"}
	links := c.links()
	for i, total := range links {
		switch l := Lever(i); {
		case clientele.CheckAmount(*total) != nil:
			faults.Add(linkNames[i], *total, clientele.ErrAmountRange)
		case digitsOf(*total) > maxAmountDigits:
			faults.Add(linkNames[i], *total, errAmountSize)
		case l != MarginLever && total.Sign() < 0:
			faults.Add(linkNames[i], *total, clientele.ErrNegative)
		case i > 0 && l != FixedLever && !total.IsZero() && links[i-1].IsZero():
			faults.Add(linkNames[i], *total, fmt.Errorf("%w: %s is zero", clientele.ErrRange, linkNames[i-1]))
		}
	}
	return faults.Err()
}

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
			all = append(all, &clientele.InputError{Op: "ltv.Chain", Index: -1, Field: e.field, Value: e.value, Err: clientele.ErrRange})
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
func (c Chain) Profit() decimal.Decimal { return c.Contribution.Sub(c.Fixed) }

// Of returns the value of a lever; ok is false for a rate of nothing and a value
// that is no lever.
func (c Chain) Of(l Lever) (value float64, ok bool) {
	links := c.links()
	switch {
	case int(l) >= len(links):
		return 0, false
	case l == TrafficLever, l == FixedLever:
		return links[l].InexactFloat64(), true
	}
	return ratioOf(*links[l], *links[l-1])
}

// Raise returns the chain after each lever of a set has grown by a share: 0.1 = 10 %,
// -0.1 = 10 % less, at least -1. Levers multiply, exactly: everything after a lever
// grows with it, and fixed costs stay unless they are in the set. An unknown lever,
// one that occurs twice and a share below -1 are InputErrors.
func (c Chain) Raise(by decimal.Decimal, levers ...Lever) (Chain, error) {
	const op = "ltv.Chain.Raise"
	if err := checkShare(op, by); err != nil {
		return Chain{}, err
	}
	if err := checkLevers(op, levers); err != nil {
		return Chain{}, err
	}
	factor := decimal.NewFromInt(1).Add(by)
	links := c.links()
	for _, l := range levers {
		if l == FixedLever {
			c.Fixed = c.Fixed.Mul(factor)
			continue
		}
		for _, total := range links[l:FixedLever] {
			*total = total.Mul(factor)
		}
	}
	return c, nil
}

// checkShare refuses a change of more than everything.
func checkShare(op string, by decimal.Decimal) error {
	if err := clientele.CheckAmount(by); err != nil {
		return &clientele.InputError{Op: op, Index: -1, Field: "by", Value: by, Err: err}
	}
	if by.LessThan(decimal.NewFromInt(-1)) || digitsOf(by) > maxAmountDigits {
		return &clientele.InputError{Op: op, Index: -1, Field: "by", Value: by, Err: clientele.ErrRange}
	}
	return nil
}

// Chain returns the chain of all customers: buyers, their deals, revenue, and
// contribution. Fixed holds fixed and what the customers cost to win, so that its
// profit is that of [Accounts.Total] less fixed, to the last cent.
func (a *Accounts[K]) Chain(traffic, leads, fixed decimal.Decimal) Chain {
	buyers := 0
	for slot := range a.slots() {
		if a.cols.tabs.At(slot).deals > 0 {
			buyers++
		}
	}
	return a.Total().chain(buyers, traffic, leads, fixed)
}

// Chain returns the chain of the group, as [Accounts.Chain] that of all.
func (g AccountGroup) Chain(traffic, leads, fixed decimal.Decimal) Chain {
	return g.chain(g.Buyers, traffic, leads, fixed)
}

func (a Account) chain(buyers int, traffic, leads, fixed decimal.Decimal) Chain {
	return Chain{
		Traffic: traffic, Leads: leads,
		Customers: decimal.NewFromInt(int64(buyers)), Deals: decimal.NewFromInt(int64(a.Deals)),
		Revenue: a.Revenue, Contribution: a.Contribution(), Fixed: fixed.Add(a.Acquisition),
	}
}
