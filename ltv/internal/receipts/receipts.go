// Package receipts checks receipts and deals for what adds up their money: amounts whose
// quotients are finite, in one currency.
package receipts

import (
	"fmt"
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Validate refuses a receipt with money that cannot be computed with, or so large that a
// quotient might not be finite.
func Validate[K clientele.ID](op string, r *clientele.Receipt[K]) error {
	if err := rule.Money(r.ServeCost); err != nil {
		return fault.Of(op, "ServeCost", r.ServeCost, err)
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		if !rule.InAmount(l.Quantity) || !rule.InAmount(l.Price) || !rule.InAmount(l.ListPrice) || !rule.InAmount(l.Cost) {
			return fault.Within(fmt.Sprintf("Lines[%d].", i), tooWild(op, l))
		}
		unit := max(rule.Digits(l.Price), rule.Digits(l.ListPrice), rule.Digits(l.Cost), 0)
		if unit+rule.Digits(l.Quantity) > rule.MaxDigits {
			return fault.Within(fmt.Sprintf("Lines[%d].", i), tooLarge(op, l))
		}
	}
	return nil
}

// tooWild names the first number of a line whose exponent nobody uses.
func tooWild(op string, l *clientele.Line) error {
	field, value := "Quantity", l.Quantity
	switch {
	case !rule.InAmount(l.Quantity):
	case !rule.InAmount(l.Price):
		field, value = "Price", l.Price
	case !rule.InAmount(l.ListPrice):
		field, value = "ListPrice", l.ListPrice
	default:
		field, value = "Cost", l.Cost
	}
	return fault.Of(op, field, value, rule.Amount(value))
}

// tooLarge names the largest money of a line.
func tooLarge(op string, l *clientele.Line) error {
	field, value := "Price", l.Price
	if l.ListPrice.GreaterThan(value) {
		field, value = "ListPrice", l.ListPrice
	}
	if l.Cost.GreaterThan(value) {
		field, value = "Cost", l.Cost
	}
	return fault.Of(op, field, value, errLineSize)
}

var errLineSize = rule.Because(rule.Range, "too large for the quantity", "less than 10^200 for the whole line")

// ValidateDeal refuses a deal that is unusable or has such money.
func ValidateDeal[K clientele.ID](op string, d *clientele.Deal[K]) error {
	if err := d.Validate(); err != nil {
		return fault.Renamed(op, err)
	}
	for i := range d.Receipts {
		if err := Validate(op, &d.Receipts[i]); err != nil {
			return fault.Within(fmt.Sprintf("Receipts[%d].", i), err)
		}
	}
	return nil
}

// Agree notes the currency that a receipt states, and refuses one that differs from
// what is known.
func Agree(op string, known *string, stated string) error {
	if err := rule.Currency(known, stated); err != nil {
		return fault.Of(op, "Currency", stated, err)
	}
	return nil
}

// AgreeDeal notes the currency that a deal which [clientele.Deal.Validate] has passed
// states.
func AgreeDeal[K clientele.ID](op string, known *string, d *clientele.Deal[K]) error {
	for i := range d.Receipts {
		if err := Agree(op, known, d.Receipts[i].Currency); err != nil {
			return fault.Within(fmt.Sprintf("Receipts[%d].", i), err)
		}
	}
	return nil
}

// AddDeals calls add for each deal of a source up to the first error, which it places at
// the deal's index.
func AddDeals[K clientele.ID](op string, src iter.Seq2[clientele.Deal[K], error], add func(clientele.Deal[K]) error) error {
	if src == nil {
		return fault.Of(op, "src", nil, ErrNoDeals)
	}
	for _, err := range fault.Checked(op, src, add) {
		if err != nil {
			return err
		}
	}
	return nil
}

// ErrNoDeals is the fault of a source of deals that is nil.
var ErrNoDeals = rule.Want(rule.Missing, "a source of deals, such as clientele.Deals")
