package basket

import (
	"iter"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Follows hold when each customer first bought the items that are asked about, and show
// who buys one after another: [Follows.Report]. [Baskets] show what is bought together. In
// any order of arrival, and merged from any shards, the result is the same. Create them
// with [NewFollows]. The zero Follows have no configuration: they take that of the first
// ones merged into them.
//
// A receipt counts by its moment, whatever deal it is of. Refunds and void receipts are
// left out: fold refunds into the receipts they name with [clientele.Net] first. An item
// is a line that was chosen and named, as in Baskets.
//
// Memory is the roster and 8 bytes a customer and item asked about, however much is bought.
//
// Follows may be read by many goroutines at once, but not while one changes them.
type Follows[K clientele.ID] struct {
	cfg    FollowsConfig
	roster *clientele.Roster[K] // nil = not configured
	items  []string             // asked about, ascending
	firsts []int64              // by slot, then item: when it was first bought
	later  int64                // receipts after AsOf
}

var _ clientele.ReceiptAccumulator[int64] = (*Follows[int64])(nil)

// never is the moment of what was not bought, after all moments of receipts.
const never = math.MaxInt64

// NewFollows returns empty follows whose customers are numbered by roster, which may be
// shared with other accumulators; nil = a roster of their own. Faults of cfg are
// reported together.
func NewFollows[K clientele.ID](roster *clientele.Roster[K], cfg FollowsConfig) (*Follows[K], error) {
	if err := cfg.validate("basket.NewFollows"); err != nil {
		return nil, err
	}
	if roster == nil {
		roster = new(clientele.Roster[K])
	}
	cfg.AsOf = rule.Moment(cfg.AsOf.UnixNano())
	cfg.Sequences = slices.Clone(cfg.Sequences)
	return &Follows[K]{cfg: cfg, roster: roster, items: cfg.items()}, nil
}

// configured reports whether the follows have a configuration.
func (f *Follows[K]) configured() bool { return f != nil && f.roster != nil }

// Config returns the configuration.
func (f *Follows[K]) Config() FollowsConfig {
	if f == nil {
		return FollowsConfig{}
	}
	return f.cfg
}

// Roster returns the roster that numbers the customers.
func (f *Follows[K]) Roster() *clientele.Roster[K] {
	if f == nil {
		return nil
	}
	return f.roster
}

// Later is how many receipts came after AsOf and were not added.
func (f *Follows[K]) Later() int {
	if f == nil {
		return 0
	}
	return int(f.later)
}

// AddReceipt adds a receipt, which must be valid: AddReceipt does not check it.
// [clientele.FeedReceipts] does, by [clientele.Receipt.Validate], before it calls
// AddReceipt. AddReceipt neither keeps nor changes r.
func (f *Follows[K]) AddReceipt(r *clientele.Receipt[K]) error {
	if !f.configured() {
		return fault.Unconfigured("basket.Follows.AddReceipt")
	}
	at := r.At.UnixNano()
	switch {
	case r.IsRefund(), r.Void:
		return nil
	case at > f.cfg.AsOf.UnixNano():
		f.later++
		return nil
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		if item, asked := slices.BinarySearch(f.items, f.cfg.By.name(l)); asked && l.IsChosen() {
			slot := f.roster.Slot(r.Customer)
			f.grow()
			f.notice(slot, item, at)
		}
	}
	return nil
}

// grow lengthens the list of first moments to all customers of the roster.
func (f *Follows[K]) grow() {
	for n := f.roster.Len() * len(f.items); len(f.firsts) < n; {
		f.firsts = append(f.firsts, never)
	}
}

// notice keeps the earliest moment of an item.
func (f *Follows[K]) notice(slot int32, item int, at int64) {
	first := &f.firsts[int(slot)*len(f.items)+item]
	*first = min(*first, at)
}

// Merge adds the receipts of o. The rosters may be the same or different; o is only read,
// unless it is f itself. Merge returns [clientele.ErrMismatch] if the configurations
// differ, and changes nothing then.
func (f *Follows[K]) Merge(o *Follows[K]) error {
	const op = "basket.Follows.Merge"
	if o == nil {
		return fault.Of(op, "follows", nil, rule.Want(rule.Missing, "follows to add"))
	}
	if !o.configured() {
		return nil
	}
	if !f.configured() {
		*f = Follows[K]{cfg: o.cfg, roster: new(clientele.Roster[K]), items: o.items}
	}
	if field, own, other := f.cfg.difference(o.cfg); field != "" {
		return fault.Differs(op, field, own, other)
	}
	f.later += o.later
	slots := f.roster.Join(o.roster, 0)
	f.grow()
	for i, at := range o.firsts {
		f.notice(slots[i/len(f.items)], i%len(f.items), at)
	}
	return nil
}

// Reset forgets all receipts and keeps the configuration, the roster and the memory.
func (f *Follows[K]) Reset() { f.firsts, f.later = f.firsts[:0], 0 }

// Clone returns follows with the same facts, configuration and roster.
func (f *Follows[K]) Clone() *Follows[K] {
	if f == nil {
		return nil
	}
	c := *f
	c.firsts = slices.Clone(f.firsts)
	return &c
}

// customers yields, for a sequence, when each customer who bought First did so first, and
// when Then, which may be never; customers in the order of the roster.
func (f *Follows[K]) customers(s Sequence) iter.Seq2[K, [2]int64] {
	first, _ := slices.BinarySearch(f.items, s.First)
	then, _ := slices.BinarySearch(f.items, s.Then)
	return func(yield func(K, [2]int64) bool) {
		for i := 0; i < len(f.firsts); i += len(f.items) {
			if at := [2]int64{f.firsts[i+first], f.firsts[i+then]}; at[0] != never && !yield(f.roster.ID(int32(i/len(f.items))), at) {
				return
			}
		}
	}
}

// MarshalJSON refuses: follows are shown by what their methods return.
func (f Follows[K]) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("basket.Follows.MarshalJSON", "Report, which shows follows")
}

// UnmarshalJSON refuses, as MarshalJSON does.
func (f *Follows[K]) UnmarshalJSON([]byte) error {
	return fault.NoJSON("basket.Follows.UnmarshalJSON", "NewFollows and the receipts")
}
