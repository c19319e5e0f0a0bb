package clientele

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Purchase is what a customer paid at one moment. It has no identity: two equal
// purchases are two purchases, so remove duplicates before you feed them.
//
// A negative amount is a refund: it lowers money and never counts as a
// purchase. An amount of zero (all paid by points, say) is a purchase.
// All amounts of one data set are in one currency.
type Purchase[K ID] struct {
	Customer K               `json:"customer"` // who paid
	At       time.Time       `json:"at"`       // when; from 1678 to 2261
	Amount   decimal.Decimal `json:"amount"`   // money paid, in units of the currency (52.00, not 5200 cents) or any other unit you use throughout; negative = given back

	// Group is a label of the host's own: a channel, a campaign, the first product. A
	// customer's group is that of the earliest purchase; of several at one moment, the
	// first label in alphabetical order.
	Group string `json:"group,omitempty"`
}

// Validate returns an [InputError] without Op and Index for the first field
// that no accumulator can use, or nil. [Feed] calls it for every purchase.
func (p Purchase[K]) Validate() error {
	if err := rule.Time(p.At); err != nil {
		return &InputError{Index: -1, Field: "At", Value: p.At, Err: err}
	}
	if err := rule.Amount(p.Amount); err != nil {
		return &InputError{Index: -1, Field: "Amount", Value: p.Amount, Err: err}
	}
	return nil
}

// Purchaser is anything that reduces to a purchase: [Receipt] and [Deal].
type Purchaser[K ID] interface {
	// Validate reports the first field that is unusable as an [InputError].
	Validate() error

	// Purchase reduces the value; ok is false when it is no purchase: a void
	// receipt, a deal that sold nothing.
	Purchase() (p Purchase[K], ok bool)
}

// Purchases reduces receipts or deals to purchases. A source's error and the
// first unusable record end the sequence with an [InputError] that has the
// record's index.
func Purchases[K ID, T Purchaser[K]](src iter.Seq2[T, error]) iter.Seq2[Purchase[K], error] {
	return func(yield func(Purchase[K], error) bool) {
		for r, err := range checked("clientele.Purchases", src, T.Validate) {
			if err != nil {
				yield(Purchase[K]{}, err)
				return
			}
			if p, ok := r.Purchase(); ok && !yield(p, nil) {
				return
			}
		}
	}
}
