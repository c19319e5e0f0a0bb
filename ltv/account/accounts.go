package account

import (
	"iter"

	"github.com/clientele-go/clientele"
)

// Accounts add up what customers have brought: revenue, cost of goods, cost to
// serve, cost of acquisition, discounts and what was chosen, from receipts with
// their lines, to the last cent. In any order of arrival, and merged from any
// shards, the result is the same. Create them with [New]. The zero Accounts
// have no configuration: they take that of the first ones merged into them, or
// decode one.
//
// Each receipt is one deal, unless the host groups receipts into deals first and adds
// these by [Accounts.AddDeal]. Fold refunds into the receipts they name with
// [clientele.Net] first: what was taken back is then no deal either.
//
// Memory is 340 bytes for each customer, the roster's index and some hundred
// bytes for each category, and with [Config].Payback 32 bytes more for each
// receipt.
//
// Accounts may be read by many goroutines at once, but not while one changes them.
type Accounts[K clientele.ID] struct {
	roster *clientele.Roster[K] // nil = not configured
	cols   columns
}

var _ clientele.ReceiptAccumulator[int64] = (*Accounts[int64])(nil)

// New returns empty accounts whose customers are numbered by roster, which may be
// shared with other accumulators; nil = a roster of their own. Faults of cfg are
// reported together.
func New[K clientele.ID](roster *clientele.Roster[K], cfg Config) (*Accounts[K], error) {
	faults := clientele.ConfigError{Op: "account.New"}
	cfg = cfg.fill(&faults)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if roster == nil {
		roster = new(clientele.Roster[K])
	}
	return &Accounts[K]{roster: roster, cols: newColumns(cfg)}, nil
}

// configured reports whether the accounts have a configuration.
func (a *Accounts[K]) configured() bool { return a != nil && a.roster != nil }

// Config returns the configuration.
func (a *Accounts[K]) Config() Config {
	if a == nil {
		return Config{}
	}
	return a.cols.cfg
}

// Roster returns the roster that numbers the customers.
func (a *Accounts[K]) Roster() *clientele.Roster[K] {
	if a == nil {
		return nil
	}
	return a.roster
}

// Currency returns the currency that receipts stated; "" if none did.
func (a *Accounts[K]) Currency() string {
	if a == nil {
		return ""
	}
	return a.cols.currency
}

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
func (a *Accounts[K]) Later() int {
	if a == nil {
		return 0
	}
	return int(a.cols.later)
}

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
	if a == nil {
		return Account{}
	}
	var s tabSum
	for slot := range a.slots() {
		s.add(&a.cols, slot)
	}
	return s.account(a.cols.asOf)
}

func (a *Accounts[K]) account(slot int32) Account {
	return a.cols.tabs.At(slot).account(&a.cols.wide, a.cols.asOf)
}

// find returns the slot of a customer of whom anything is known.
func (a *Accounts[K]) find(customer K) (slot int32, ok bool) {
	if !a.configured() {
		return 0, false
	}
	slot, ok = a.roster.Find(customer)
	return slot, ok && a.cols.present(slot)
}

// slots yields the slots of whom anything is known.
func (a *Accounts[K]) slots() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		if !a.configured() {
			return
		}
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
		if !a.configured() {
			return
		}
		for _, slot := range a.roster.Sorted() {
			if a.cols.present(slot) && !yield(slot) {
				return
			}
		}
	}
}
