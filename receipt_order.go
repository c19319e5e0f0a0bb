package clientele

import (
	"cmp"
	"slices"

	"github.com/clientele-go/clientele/internal/boolean"
	"github.com/clientele-go/clientele/internal/key"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// sortByTime sorts positions of receipts by the receipts' time, then number, then whatever
// else the receipts hold, so that the order in which they came decides nothing: receipts
// that compare equal are the same.
func sortByTime[K ID](positions []int, all []Receipt[K]) {
	slices.SortStableFunc(positions, func(i, j int) int { return compareReceipts(&all[i], &all[j]) })
}

func compareReceipts[K ID](a, b *Receipt[K]) int {
	if c := cmp.Or(a.At.Compare(b.At), cmp.Compare(a.No, b.No)); c != 0 {
		return c
	}
	return cmp.Or(
		cmp.Compare(a.Need, b.Need), cmp.Compare(a.RefundOf, b.RefundOf), cmp.Compare(a.Channel, b.Channel),
		cmp.Compare(a.Staff, b.Staff), cmp.Compare(a.Offer, b.Offer), cmp.Compare(a.Currency, b.Currency),
		compareNumbers(a.ServeCost, b.ServeCost), slices.CompareFunc(a.Lines, b.Lines, compareLines),
		compareReferrers(a.ReferredBy, b.ReferredBy), cmp.Compare(a.At.String(), b.At.String()),
	)
}

func compareLines(a, b Line) int {
	return cmp.Or(
		cmp.Compare(a.Product, b.Product), cmp.Compare(a.Category, b.Category), cmp.Compare(a.Role, b.Role),
		compareNumbers(a.Quantity, b.Quantity), compareNumbers(a.Price, b.Price),
		compareNumbers(a.ListPrice, b.ListPrice), compareNumbers(a.Cost, b.Cost), boolean.Compare(a.Kept, b.Kept),
	)
}

// compareNumbers tells equal numbers that are written otherwise, as 1.0 and 1.00, apart.
func compareNumbers(a, b decimal.Decimal) int {
	return cmp.Or(rule.Compare(a, b), cmp.Compare(a.Exponent(), b.Exponent()))
}

func compareReferrers[K ID](a, b *K) int {
	if a == nil || b == nil {
		return boolean.Compare(a != nil, b != nil)
	}
	return key.Compare(*a, *b)
}
