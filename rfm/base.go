package rfm

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// Base gathers the facts of a customer base as of one moment, in one pass over the
// purchases and O(customers) memory. Create it with [New]. The zero Base has no
// configuration: it takes that of the first base merged into it, or decodes one.
//
// A Base may be read by many goroutines at once, but not while one changes it.
type Base[K clientele.ID] struct {
	roster *clientele.Roster[K]
	cols   columns
}

var _ clientele.Accumulator[int64] = (*Base[int64])(nil)

// New returns an empty base whose customers are numbered by roster, which it may share
// with other accumulators; nil makes a roster of its own. Faults of cfg are reported
// together.
func New[K clientele.ID](roster *clientele.Roster[K], cfg Config) (*Base[K], error) {
	cols, err := newColumns("rfm.New", cfg)
	if err != nil {
		return nil, err
	}
	if roster == nil {
		roster = new(clientele.Roster[K])
	}
	return &Base[K]{roster: roster, cols: cols}, nil
}

// configured reports whether the base has a configuration and a roster.
func (b *Base[K]) configured() bool { return b != nil && b.roster != nil }

// Config returns the configuration, with defaults filled in.
func (b *Base[K]) Config() Config {
	if b == nil {
		return Config{}
	}
	return b.cols.cfg
}

// Roster returns the roster that numbers the customers; nil for a base that has none.
func (b *Base[K]) Roster() *clientele.Roster[K] {
	if b == nil {
		return nil
	}
	return b.roster
}

// Add adds one purchase or refund. One that cannot be used, such as one with an amount of
// 10^200 or more, or of -10^200 or less, changes nothing and is reported as a
// [clientele.InputError].
func (b *Base[K]) Add(p clientele.Purchase[K]) error {
	const op = "rfm.Base.Add"
	if !b.configured() {
		return fault.Unconfigured(op)
	}
	if err := validate(op, &p); err != nil {
		return err
	}
	return b.AddSlots([]int32{b.roster.Slot(p.Customer)}, []clientele.Purchase[K]{p})
}

// AddSlots adds a batch whose customers the roster has numbered, as
// [clientele.Accumulator] says; [clientele.Feed] calls it. The error of an amount of 10^200
// or more is [clientele.ErrRange].
func (b *Base[K]) AddSlots(slots []int32, batch []clientele.Purchase[K]) error {
	const op = "rfm.Base.AddSlots"
	if !b.configured() {
		return fault.Unconfigured(op)
	}
	b.cols.grow(b.roster.Len())
	for i := range batch {
		if err := rule.Size(batch[i].Amount); err != nil {
			add(&b.cols, slots[:i], batch[:i])
			return &clientele.InputError{Op: op, Index: i, Field: "Amount", Value: batch[i].Amount, Err: err}
		}
	}
	add(&b.cols, slots, batch)
	return nil
}

// validate refuses a purchase that cannot be used, or whose amount is too large for
// averages.
func validate[K clientele.ID](op string, p *clientele.Purchase[K]) error {
	if err := p.Validate(); err != nil {
		return fault.Renamed(op, err)
	}
	if err := rule.Size(p.Amount); err != nil {
		return fault.Of(op, "Amount", p.Amount, err)
	}
	return nil
}

// AddHistory adds what a data-processing engine that groups by customer has gathered about
// one customer. It returns [clientele.ErrMismatch] if the history has another
// configuration.
func (b *Base[K]) AddHistory(customer K, h *History) error {
	const op = "rfm.Base.AddHistory"
	if !b.configured() {
		return fault.Unconfigured(op)
	}
	if !h.configured() {
		return fault.Of(op, "history", nil, errNoHistory)
	}
	if err := b.cols.adopt(op, &h.cols); err != nil {
		return err
	}
	slot := b.roster.Slot(customer)
	b.cols.grow(b.roster.Len())
	b.cols.merge([]int32{slot}, &h.cols)
	return nil
}

// Merge adds the purchases of another base, which is only read. It returns
// [clientele.ErrMismatch] if the configurations differ; the rosters may.
// Merging the shards of a stream, in any order, gives what one pass over the stream would
// have given, except for the order of first appearance.
func (b *Base[K]) Merge(o *Base[K]) error {
	const op = "rfm.Base.Merge"
	switch {
	case b == nil:
		return fault.Unconfigured(op)
	case o == nil:
		return fault.Of(op, "base", nil, errNoBase)
	case !o.configured():
		return nil
	case b == o:
		o = o.Clone()
	}
	if err := b.cols.adopt(op, &o.cols); err != nil {
		return err
	}
	if b.roster == nil {
		b.roster = new(clientele.Roster[K])
	}
	slots := b.roster.Join(o.roster, b.cols.cfg.Workers)
	b.cols.grow(b.roster.Len())
	b.cols.merge(slots, &o.cols)
	return nil
}

// What is missing where a base or a history is needed.
var (
	errNoBase    = rule.Want(clientele.ErrMissing, "a base made by New or decoded")
	errNoHistory = rule.Want(clientele.ErrMissing, "a history made by NewHistory or decoded")
)

// Reset forgets all purchases and keeps the configuration, the roster and the memory.
func (b *Base[K]) Reset() {
	if b != nil {
		b.cols.reset()
	}
}

// Clone returns a base with the same facts, configuration and roster.
func (b *Base[K]) Clone() *Base[K] {
	if b == nil {
		return nil
	}
	return &Base[K]{roster: b.roster, cols: b.cols.clone()}
}

// Len returns the number of customers in the base: those with a purchase up to AsOf. It
// takes O(customers) time.
func (b *Base[K]) Len() int {
	n := 0
	for range b.slots() {
		n++
	}
	return n
}

// Later returns how many purchases and refunds came after AsOf and were not counted.
func (b *Base[K]) Later() int {
	if b == nil {
		return 0
	}
	return int(b.cols.later)
}

// RefundsOnly returns the number of customers who have refunds but no purchase up to AsOf,
// and the money they took back, a negative amount. They are not in the base, and this
// amount is not in the base's money.
func (b *Base[K]) RefundsOnly() (customers int, money decimal.Decimal) {
	if b == nil {
		return 0, decimal.Decimal{}
	}
	for i := range b.cols.life.Len() {
		if l := b.cols.life.At(int32(i)); l.n == 0 && b.cols.wide.Sign(l.total) != 0 {
			customers++
			money = money.Add(b.cols.wide.Decimal(l.total))
		}
	}
	return customers, money
}

// Of returns a customer's facts; ok is false for one who is not in the base.
func (b *Base[K]) Of(customer K) (f Facts, ok bool) {
	if !b.configured() {
		return Facts{}, false
	}
	slot, ok := b.roster.Find(customer)
	if !ok || !b.cols.present(slot) {
		return Facts{}, false
	}
	return b.cols.customer(slot), true
}

// All yields the customers of the base and their facts, in order of first appearance in
// the roster.
func (b *Base[K]) All() iter.Seq2[K, Facts] {
	return func(yield func(K, Facts) bool) {
		for slot := range b.slots() {
			if !yield(b.roster.ID(slot), b.cols.customer(slot)) {
				return
			}
		}
	}
}

// slots yields the slots of the customers in the base.
func (b *Base[K]) slots() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		if b == nil {
			return
		}
		for i := range b.cols.life.Len() {
			if slot := int32(i); b.cols.present(slot) && !yield(slot) {
				return
			}
		}
	}
}
