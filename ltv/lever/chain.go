package lever

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/quotient"
	"github.com/shopspring/decimal"
)

// Chain is the sales funnel of a period, from visitors to profit, as exact totals, so that
//
//	traffic × lead rate × sale rate × deals per customer × check × margin - fixed costs
//
// is the observed profit to the last cent: each rate is a total over the one before
// it. Make it of observed totals ([Totals.Chain]) or of planned rates ([Rates.Chain]).
// [Chain.Validate] checks a chain that comes from outside, as do the methods that return an
// error.
type Chain struct {
	Traffic      decimal.Decimal `json:"traffic"`      // number of visitors
	Leads        decimal.Decimal `json:"leads"`        // number of visitors who left a name, asked, or put something into a basket
	Customers    decimal.Decimal `json:"customers"`    // number of customers who bought
	Deals        decimal.Decimal `json:"deals"`        // number of deals that all customers made together
	Revenue      decimal.Decimal `json:"revenue"`      // revenue of the deals
	Contribution decimal.Decimal `json:"contribution"` // revenue less all costs that grow with it; may be negative
	FixedCosts   decimal.Decimal `json:"fixedCosts"`   // costs that do not grow with revenue
}

// links are the totals in the order of the levers, fixed costs last.
func (c *Chain) links() [7]*decimal.Decimal {
	return [...]*decimal.Decimal{&c.Traffic, &c.Leads, &c.Customers, &c.Deals, &c.Revenue, &c.Contribution, &c.FixedCosts}
}

var linkNames = [...]string{"Traffic", "Leads", "Customers", "Deals", "Revenue", "Contribution", "FixedCosts"}

// Validate reports all faults of the chain at once in a [clientele.ConfigError]: totals of
// 10^200 or more or with an exponent beyond ±1000; negative totals other than
// Contribution; and totals other than zero after one that is zero, such as Leads without
// Traffic.
func (c Chain) Validate() error { return c.validate("lever.Chain.Validate") }

func (c Chain) validate(op string) error {
	faults := clientele.ConfigError{Op: op}
	links := c.links()
	for i, total := range links {
		switch l, err := Lever(i), checkTotal(*total); {
		case err != nil:
			faults.Add(linkNames[i], *total, err)
		case l != Margin && total.Sign() < 0:
			faults.Add(linkNames[i], *total, errNegative)
		case i > 0 && l != FixedCosts && !total.IsZero() && links[i-1].IsZero():
			faults.Add(linkNames[i], *total, rule.Because(rule.Range, "the total before it is zero", "0, as %s is", linkNames[i-1]))
		}
	}
	return faults.Err()
}

// checkTotal refuses what is no total of a chain. One that was raised has more digits
// after the point than money has.
func checkTotal(total decimal.Decimal) error {
	if err := rule.Computed(total); err != nil {
		return err
	}
	return rule.Size(total)
}

var errNegative = rule.Want(rule.Negative, "0 or more")

// UnmarshalJSON reads a chain strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *Chain) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("lever.Chain.UnmarshalJSON", data, c)
}

// Warnings reports what is unlikely about a chain, each a [clientele.InputError] that
// matches [clientele.ErrRange]: more leads than visitors, more customers than leads (which
// can be right, since returning customers need not be leads), fewer deals than customers, a
// contribution above revenue. The numbers are computed all the same. Totals with an exponent
// beyond ±1000 cannot be compared: the faults of such a chain are reported instead, in one
// [clientele.ConfigError].
func (c Chain) Warnings() []error {
	const op = "lever.Chain.Warnings"
	for _, total := range c.links() {
		if rule.Computed(*total) != nil {
			return []error{c.validate(op)}
		}
	}
	return c.warnings(op, Chain{})
}

// warnings are those that another chain does not have.
func (c Chain) warnings(op string, known Chain) []error {
	var all []error
	was := known.bounds()
	for i, b := range c.bounds() {
		if b.crossed() && !was[i].crossed() {
			all = append(all, fault.Of(op, b.field, b.value, rule.Because(rule.Range, b.reason, "%s %v", b.side, b.against)))
		}
	}
	return all
}

// bound is a total that another one should not cross.
type bound struct {
	field          string // of the total that may be wrong
	value, against decimal.Decimal
	side           string // of against on which value should be
	reason         string // what is wrong, if it is
}

const (
	atMost  = "at most"
	atLeast = "at least"
)

func (b bound) crossed() bool {
	if b.side == atLeast {
		return b.value.LessThan(b.against)
	}
	return b.value.GreaterThan(b.against)
}

func (c Chain) bounds() [4]bound {
	return [...]bound{
		{"Leads", c.Leads, c.Traffic, atMost, "more leads than visitors"},
		{"Customers", c.Customers, c.Leads, atMost, "more customers than leads"},
		{"Deals", c.Deals, c.Customers, atLeast, "fewer deals than customers"},
		{"Contribution", c.Contribution, c.Revenue, atMost, "contribution above revenue"},
	}
}

// Profit is the contribution less the fixed costs, exact, of a chain that [Chain.Validate]
// accepts.
func (c Chain) Profit() decimal.Decimal { return c.Contribution.Sub(c.FixedCosts) }

// Of returns the value of a lever; ok is false if the rate would divide by zero, or lever
// is unknown.
func (c Chain) Of(lever Lever) (value float64, ok bool) {
	links := c.links()
	switch {
	case int(lever) >= len(links):
		return 0, false
	case lever == Traffic, lever == FixedCosts:
		return links[lever].InexactFloat64(), true
	}
	return quotient.OfMoney(*links[lever], *links[lever-1])
}

// Raise returns the chain after each lever of a set has grown by a share: 0.1 = 10 %,
// -0.1 = 10 % less, at least -1. Levers multiply, exactly: everything after a lever
// grows with it, and fixed costs stay unless they are in the set. Raising FixedCosts lowers
// profit; a negative share cuts them.
//
// Raise returns a [clientele.InputError] for an unknown lever, one that occurs twice, a
// share below -1, and a share that makes totals of 10^200 or more. Faults of the chain
// are those of [Chain.Validate].
func (c Chain) Raise(by decimal.Decimal, levers ...Lever) (Chain, error) {
	return c.raise("lever.Chain.Raise", by, "levers", levers)
}

// raise raises the levers of the argument set.
func (c Chain) raise(op string, by decimal.Decimal, set string, levers []Lever) (Chain, error) {
	if err := c.validate(op); err != nil {
		return Chain{}, err
	}
	if err := checkShare(by); err != nil {
		return Chain{}, fault.Of(op, "by", by, err)
	}
	if err := checkSet(op, set, levers); err != nil {
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
	for i, total := range links {
		if checkTotal(*total) != nil {
			return Chain{}, fault.Of(op, "by", by, rule.Because(rule.Range, "a total grows too large or too long",
				"a share by which %s stays below 10^200, with at most 1000 digits after the point", linkNames[i]))
		}
	}
	return c, nil
}

// checkShare refuses what is no change of a lever.
func checkShare(by decimal.Decimal) error {
	switch err := rule.Money(by); {
	case err != nil:
		return err
	case by.LessThan(decimal.NewFromInt(-1)):
		return rule.Want(rule.Range, "a share of -1 or more, such as 0.1 for 10 %% more")
	}
	return nil
}
