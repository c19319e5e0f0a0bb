package cohort

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

// maxDigits bounds amounts, so that means of them are finite.
const maxDigits = 200

var errSize = fmt.Errorf("%w: 10^200 or more", clientele.ErrRange)

// checkAmount refuses an amount whose quotients might not be finite.
func checkAmount(op string, index int, amount decimal.Decimal) error {
	if amount.NumDigits()+int(amount.Exponent()) > maxDigits {
		return &clientele.InputError{Op: op, Index: index, Field: "Amount", Value: amount, Err: errSize}
	}
	return nil
}

func missing(op, field string) error {
	return &clientele.InputError{Op: op, Index: -1, Field: field, Err: clientele.ErrMissing}
}

// renamed gives an InputError the name of the function that the host called.
func renamed(op string, err error) error {
	if in, ok := err.(*clientele.InputError); ok {
		named := *in
		named.Op = op
		return &named
	}
	return err
}
