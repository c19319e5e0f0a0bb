package account

import (
	"iter"
	"maps"
	"slices"

	"github.com/shopspring/decimal"
)

// Len is the number of customers of whom anything is known: a receipt, a refund or
// a cost of acquisition.
func (a *Accounts[K]) Len() int {
	n := 0
	for range a.slots() {
		n++
	}
	return n
}

// Buyers is the number of customers with at least one deal.
func (a *Accounts[K]) Buyers() int {
	n := 0
	for slot := range a.slots() {
		if a.cols.tabs.At(slot).deals > 0 {
			n++
		}
	}
	return n
}

// Later is how many receipts came after AsOf and were not added.
func (a *Accounts[K]) Later() int { return int(a.cols.later) }

// Currency is the one that receipts stated; "" if none did.
func (a *Accounts[K]) Currency() string { return a.cols.currency }

// Of returns the account of a customer; ok is false for one of whom nothing is
// known.
func (a *Accounts[K]) Of(customer K) (account Account, ok bool) {
	slot, ok := a.find(customer)
	if !ok {
		return Account{}, false
	}
	return a.account(slot), true
}

// All yields the customers and their accounts in order of first appearance in the
// roster.
func (a *Accounts[K]) All() iter.Seq2[K, Account] {
	return func(yield func(K, Account) bool) {
		for slot := range a.slots() {
			if !yield(a.roster.ID(slot), a.account(slot)) {
				return
			}
		}
	}
}

// Total is the account of all customers together.
func (a *Accounts[K]) Total() Account {
	var s tabSum
	for slot := range a.slots() {
		s.add(&a.cols, slot)
	}
	return s.account(a.cols.asOf)
}

func (a *Accounts[K]) account(slot int32) Account {
	return a.cols.tabs.At(slot).account(&a.cols.wide, a.cols.asOf)
}

func (a *Accounts[K]) find(customer K) (slot int32, ok bool) {
	if a.roster == nil {
		return 0, false
	}
	slot, ok = a.roster.Find(customer)
	return slot, ok && a.cols.present(slot)
}

// slots yields the slots of whom anything is known.
func (a *Accounts[K]) slots() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for i := range a.cols.tabs.Len() {
			if slot := int32(i); a.cols.present(slot) && !yield(slot) {
				return
			}
		}
	}
}

// sorted yields the same slots in the order of ids, so that sums of float64 do not
// depend on the order of arrival.
func (a *Accounts[K]) sorted() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		if a.roster == nil {
			return
		}
		for _, slot := range a.roster.Sorted() {
			if a.cols.present(slot) && !yield(slot) {
				return
			}
		}
	}
}

// CategorySales is what a category of goods has brought. The cost to serve and
// the cost of acquisition belong to no category.
type CategorySales struct {
	Category  string          `json:"category"`
	Positions int             `json:"positions"` // chosen
	Units     decimal.Decimal `json:"units"`     // chosen
	Revenue   decimal.Decimal `json:"revenue"`
	GoodsCost decimal.Decimal `json:"goodsCost"`
}

// Margin is the revenue less the cost of goods, exact.
func (c CategorySales) Margin() decimal.Decimal { return c.Revenue.Sub(c.GoodsCost) }

// Categories returns what each category has brought, in ascending order of names.
// Margins add up to that of [Accounts.Total].
func (a *Accounts[K]) Categories() []CategorySales {
	w := &a.cols.wide
	var all []CategorySales
	for _, name := range slices.Sorted(maps.Keys(a.cols.categories)) {
		t := a.cols.categories[name]
		all = append(all, CategorySales{
			Category: name, Positions: int(t.lines), Units: w.Decimal(t.units),
			Revenue: w.Decimal(t.revenue), GoodsCost: w.Decimal(t.goods),
		})
	}
	return all
}
