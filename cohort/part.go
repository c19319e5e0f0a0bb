package cohort

import (
	"math/big"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Part is a group of customers in one period, such as those of a channel, with what a
// mean of them is made of: Total per customer, or per unit. [Activity.Parts] builds parts
// from purchases; the host may build others.
type Part struct {
	Key       string          `json:"key"`       // name of the group, the same before and after
	Customers int             `json:"customers"` // customers of the group in the period
	Total     decimal.Decimal `json:"total"`     // total of the group, such as revenue

	// Units are what Total is divided by if not by customers: purchases, for an average
	// check. 0 = Customers.
	Units int `json:"units,omitempty"`

	// UnitSquares and UnitTotals are sums over customers: of the customer's units squared,
	// and of the customer's units times the customer's total. Shares of units have an
	// interval by them. A UnitSquares of 0 = not known.
	UnitSquares int             `json:"unitSquares,omitempty"`
	UnitTotals  decimal.Decimal `json:"unitTotals,omitzero"`

	OneTime int `json:"oneTime"` // customers of the group who bought once

	// StdErr is the standard error of Total per unit; 0 = not known.
	StdErr float64 `json:"stdErr,omitempty"`
}

// maxTotalDigits bounds totals, which may be sums of many amounts, so that what is made
// from totals is finite.
const maxTotalDigits = 300

// The faults of a part.
var (
	errTotal          = rule.Want(rule.Range, "less than 10^%d", maxTotalDigits)
	errCount          = rule.Want(rule.Negative, "a number from 0 up")
	errOfNobody       = rule.Because(rule.Range, "nobody has a total or units", "the customers to whom they belong")
	errManyOneTime    = rule.Because(rule.Range, "more than Customers", "those of Customers who bought once")
	errFewSquares     = rule.Because(rule.Range, "too few for Units of Customers", "at least Units squared over Customers; 0 = not known")
	errNoUnits        = rule.Because(rule.Range, "without Units", "0, or Units above 0")
	errNoSquares      = rule.Because(rule.Range, "without UnitSquares", "0, or UnitSquares above 0")
	errStdErr         = rule.Want(rule.NotFinite, "a standard error from 0 up; 0 = not known")
	errNegativeStdErr = rule.Want(rule.Negative, "a standard error from 0 up; 0 = not known")
	errManyUnits      = rule.Because(rule.Range, "too many with the parts before", "less than 2^63 in all")
	errKeyTwice       = rule.Because(rule.Duplicate, "key given twice", "one part a key in each period")
)

// check returns the part's first fault.
func (p *Part) check() error {
	bad := func(field string, value any, err error) error { return fault.Of("", field, value, err) }
	if err := checkTotal(p.Total); err != nil {
		return bad("Total", p.Total, err)
	}
	if err := checkTotal(p.UnitTotals); err != nil {
		return bad("UnitTotals", p.UnitTotals, err)
	}
	switch {
	case p.Customers < 0:
		return bad("Customers", p.Customers, errCount)
	case p.Units < 0:
		return bad("Units", p.Units, errCount)
	case p.Customers == 0 && (p.Units > 0 || !p.Total.IsZero()):
		return bad("Customers", p.Customers, errOfNobody)
	case p.UnitSquares < 0:
		return bad("UnitSquares", p.UnitSquares, errCount)
	case p.UnitSquares > 0 && p.Units == 0:
		return bad("UnitSquares", p.UnitSquares, errNoUnits)
	case p.UnitSquares > 0 && p.hasFewSquares():
		return bad("UnitSquares", p.UnitSquares, errFewSquares)
	case p.UnitSquares == 0 && !p.UnitTotals.IsZero():
		return bad("UnitTotals", p.UnitTotals, errNoSquares)
	case p.OneTime < 0:
		return bad("OneTime", p.OneTime, errCount)
	case p.OneTime > p.Customers:
		return bad("OneTime", p.OneTime, errManyOneTime)
	case !rule.IsFinite(p.StdErr):
		return bad("StdErr", p.StdErr, errStdErr)
	case p.StdErr < 0:
		return bad("StdErr", p.StdErr, errNegativeStdErr)
	}
	return nil
}

// checkTotal refuses a total that is too large, or written with too many digits.
func checkTotal(total decimal.Decimal) error {
	if err := rule.Amount(total); err != nil {
		return err
	}
	if rule.Digits(total) > maxTotalDigits {
		return errTotal
	}
	return nil
}

// hasFewSquares reports whether Σ u² is below (Σ u)²/n, which cannot be.
func (p *Part) hasFewSquares() bool {
	units := big.NewInt(int64(p.Units))
	least := units.Mul(units, units)
	return big.NewRat(int64(p.UnitSquares), 1).Cmp(new(big.Rat).SetFrac(least, big.NewInt(int64(p.Customers)))) < 0
}

// units are what the total is divided by.
func (p *Part) units() int64 {
	if p.Units > 0 {
		return int64(p.Units)
	}
	return int64(p.Customers)
}
