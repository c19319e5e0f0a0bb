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
