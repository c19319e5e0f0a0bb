// Package quotient divides what may be nothing: a quotient comes with ok = false where
// there is nothing to divide by or it is no float64.
package quotient

import (
	"math"

	"github.com/shopspring/decimal"
)

// Of is a/b.
func Of(a, b float64) (q float64, ok bool) {
	q = a / b
	if !(math.Abs(q) <= math.MaxFloat64) {
		return 0, false
	}
	return q, true
}

// OfMoney is the quotient of two amounts.
func OfMoney(a, b decimal.Decimal) (q float64, ok bool) {
	return Of(a.InexactFloat64(), b.InexactFloat64())
}

// Growth is by what share after is more than before; it is not ok where before is
// nothing or a loss.
func Growth(before, after decimal.Decimal) (share float64, ok bool) {
	if before.Sign() <= 0 {
		return 0, false
	}
	return OfMoney(after.Sub(before), before)
}
