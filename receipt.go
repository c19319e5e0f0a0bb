package clientele

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Line is one item line of a receipt.
type Line struct {
	Product  string          `json:"product,omitempty"`  // name or number of the product
	Category string          `json:"category,omitempty"` // kind of product, within which prices are compared
	Quantity decimal.Decimal `json:"quantity"`           // units, fractions such as 1.5 kg allowed; negative on a refund, never zero

	Price     decimal.Decimal `json:"price"`              // money paid per unit
	ListPrice decimal.Decimal `json:"listPrice,omitzero"` // price per unit before discount; zero = same as Price
	Cost      decimal.Decimal `json:"cost,omitzero"`      // what a unit cost the shop

	Role Role `json:"role,omitzero"` // what the line is to the shop; zero = Core

	// Kept is set by [Net] on money that the shop kept for units that came back. The
	// Quantity is 1, but no unit was bought.
	Kept bool `json:"kept,omitempty"`
}

// Amount is what was paid for the line: Quantity × Price, exact. Check lines of unknown
// origin first, with [Receipt.Validate]: it refuses numbers that cannot be multiplied.
func (l Line) Amount() decimal.Decimal { return l.Quantity.Mul(l.Price) }

// Listed is the price per unit before discount: ListPrice, or Price where there is
// none. A ListPrice below Price is a surcharge.
func (l Line) Listed() decimal.Decimal {
	if l.ListPrice.IsZero() {
		return l.Price
	}
	return l.ListPrice
}

// IsChosen reports whether the line is an item that the customer picked and paid
// for: not a gift, not a lead magnet, not money kept for a returned item.
func (l Line) IsChosen() bool { return (l.Role == Core || l.Role == AddOn) && !l.Kept }

// Receipt is one slip: what a customer bought, or gave back, at one moment. All
// money of one data set is in one currency.
type Receipt[K ID] struct {
	No       string    `json:"no,omitempty"` // number of the receipt or order, unique; "" if no refund refers to it
	Customer K         `json:"customer"`     // who bought
	At       time.Time `json:"at"`           // when; from 1678 to 2261

	// Need names what the customer came for, such as "new heating for the office". It is
	// this one need and not a kind of need: shopping for groceries every week is a new need
	// each time. "" = unknown.
	Need string `json:"need,omitempty"`

	Channel    string `json:"channel,omitempty"`    // where the customer bought: a store, the web, an agent
	Staff      string `json:"staff,omitempty"`      // who served the customer
	ReferredBy *K     `json:"referredBy,omitempty"` // customer who recommended the shop; nil = nobody
	Offer      string `json:"offer,omitempty"`      // campaign or promo code

	// Currency is that of all money of the receipt; "" = that of the data set. Receipts
	// that state different ones are refused, never converted.
	Currency string `json:"currency,omitempty"`

	ServeCost decimal.Decimal `json:"serveCost,omitzero"` // what serving this receipt cost the shop besides the goods

	// RefundOf makes the receipt a refund: it is the number (No) of the receipt that is taken
	// back, and all quantities are negative. If the original is not known, set it to a text
	// that is not the number of a receipt, such as "unknown"; such a refund lowers money and
	// does nothing else.
	RefundOf string `json:"refundOf,omitempty"`

	Lines []Line `json:"lines,omitempty"` // what was bought; at least one line, unless the receipt is void

	// Void is set by [Net] on a receipt of which everything was given back: it has no
	// lines and is no purchase.
	Void bool `json:"void,omitempty"`
}

// Amount is the sum of the lines, exact; at most zero for a refund. Check a receipt of unknown
// origin first, with [Receipt.Validate].
func (r Receipt[K]) Amount() decimal.Decimal {
	var sum decimal.Decimal
	for _, l := range r.Lines {
		sum = sum.Add(l.Amount())
	}
	return sum
}

// IsRefund reports whether the receipt takes something back.
func (r Receipt[K]) IsRefund() bool { return r.RefundOf != "" }

// Purchase reduces the receipt to its money, with the channel as group. ok is false for a
// void receipt and for a refund of no money, neither of which is a purchase or holds money.
func (r Receipt[K]) Purchase() (p Purchase[K], ok bool) {
	amount := r.Amount()
	if r.Void || r.IsRefund() && amount.IsZero() {
		return Purchase[K]{}, false
	}
	return Purchase[K]{Customer: r.Customer, At: r.At, Amount: amount, Group: r.Channel}, true
}

// Validate returns an [InputError] without Op and Index for the first field
// that is unusable, or nil: a time that is zero ([ErrZeroTime]) or
// outside 1678-2261 ([ErrTimeRange]), an amount with an exponent beyond ±100
// ([ErrAmountRange]), no lines ([ErrMissing]; a void receipt must have none,
// [ErrRange]), a quantity of zero ([ErrRange]), one that is negative without
// RefundOf ([ErrNegative]) or positive with it ([ErrRange]), a negative price or
// cost ([ErrNegative]), a role that does not exist ([ErrUnknown]).
func (r Receipt[K]) Validate() error {
	if err := rule.Time(r.At); err != nil {
		return unusable("At", r.At, err)
	}
	if err := checkPrice(r.ServeCost); err != nil {
		return unusable("ServeCost", r.ServeCost, err)
	}
	switch {
	case r.Void && (len(r.Lines) > 0 || r.IsRefund()):
		return unusable("Void", r.Void, errVoid)
	case !r.Void && len(r.Lines) == 0:
		return unusable("Lines", nil, errNoLines)
	}
	for i := range r.Lines {
		if field, value, err := r.Lines[i].fault(r.IsRefund()); err != nil {
			return unusable(fmt.Sprintf("Lines[%d].%s", i, field), value, err)
		}
	}
	return nil
}

// fault finds the first unusable field of a line.
func (l *Line) fault(refund bool) (field string, value any, err error) {
	if err := l.checkQuantity(refund); err != nil {
		return "Quantity", l.Quantity, err
	}
	if err := checkPrice(l.Price); err != nil {
		return "Price", l.Price, err
	}
	if err := checkPrice(l.ListPrice); err != nil {
		return "ListPrice", l.ListPrice, err
	}
	if err := checkPrice(l.Cost); err != nil {
		return "Cost", l.Cost, err
	}
	if field, unit := l.tooFine(); field != "" {
		return field, l.Quantity.Mul(unit), errTooFine
	}
	if err := rule.Named(roleNames[:], l.Role); err != nil {
		return "Role", uint8(l.Role), err
	}
	return "", nil, nil
}

// tooFine names the money of the line whose exponent, that of the quantity plus
// that of the money per unit, is outside the limits of amounts; "" = none.
func (l *Line) tooFine() (field string, unit decimal.Decimal) {
	for i, name := range [...]string{"Amount", "ListPrice", "Cost"} {
		unit = [...]decimal.Decimal{l.Price, l.ListPrice, l.Cost}[i]
		if !rule.InExponent(l.Quantity.Exponent() + unit.Exponent()) {
			return name, unit
		}
	}
	return "", decimal.Decimal{}
}

// checkQuantity reports what is wrong with a line's quantity.
func (l *Line) checkQuantity(refund bool) error {
	if err := rule.Amount(l.Quantity); err != nil {
		return err
	}
	sign := l.Quantity.Sign()
	switch {
	case sign < 0 && !refund:
		return errReturned
	case sign > 0 && refund:
		return errSold
	case sign == 0:
		return errNoUnits
	case l.Kept && !l.Quantity.Equal(oneUnit):
		return errKept
	}
	return nil
}

// checkPrice reports what is wrong with money that is never below zero.
func checkPrice(d decimal.Decimal) error {
	if d.IsNegative() {
		return errNegativePrice
	}
	return rule.Amount(d)
}

// The faults of receipts.
var (
	errVoid          = rule.Because(rule.Range, "void, but not empty", "no Lines and no RefundOf on a void receipt, which Net makes")
	errNoLines       = rule.Want(rule.Missing, "at least one line")
	errReturned      = rule.Because(rule.Negative, "negative on a sale", "more than 0, or RefundOf for what came back")
	errSold          = rule.Because(rule.Range, "positive on a refund", "less than 0, or no RefundOf for what was sold")
	errNoUnits       = rule.Because(rule.Range, "zero", "more than 0 on a sale, less than 0 on a refund")
	errKept          = rule.Because(rule.Range, "not 1 on a line of kept money", "1, with the money as Price")
	errNegativePrice = rule.Want(rule.Negative, "0 or more")
	errTooFine       = rule.Because(rule.AmountRange, "exponent is outside -100 to 100 after multiplication by Quantity", "fewer digits in one of the two")
)

// unusable is the fault of a field of a single record, which has no place yet.
func unusable(field string, value any, err error) error {
	return &InputError{Index: -1, Field: field, Value: value, Err: err}
}
