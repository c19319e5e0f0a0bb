package basket

import (
	"slices"

	"github.com/clientele-go/clientele/internal/codec"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/wire"
)

// The binary form, in the words of that of summaries:
//
//	baskets "ltvB" 1 uint(by) text(currency) five uint(skipped)
//	        uint(items) text… uint(segments) segment…
//	segment text(label) uint(baskets) basket…
//	basket  uint(items) uint(place) uint(gap)…
//
// Items and segments are in order of names, and are all in use; baskets are in order of
// their items' places among the items, which ascend: each is the one before, plus one,
// plus its gap.
const basketsMagic = "ltvB\x01"

// AppendBinary appends the binary form, which is versioned and does not hold the
// segment function.
func (b *Baskets[K]) AppendBinary(dst []byte) ([]byte, error) {
	if !b.configured() {
		return dst, fault.Unconfigured("basket.Baskets.AppendBinary")
	}
	c := &b.facts
	dst = wire.AppendUint(append(dst, basketsMagic...), uint64(c.cfg.By))
	dst = wire.AppendText(dst, c.currency)
	for _, n := range c.skipped.counts() {
		dst = wire.AppendUint(dst, uint64(*n))
	}
	byName := c.items.Sorted()
	places := make([]int32, len(byName))
	dst = wire.AppendUint(dst, uint64(len(byName)))
	for place, id := range byName {
		places[id] = int32(place)
		dst = wire.AppendText(dst, c.items.Names()[id])
	}
	dst = wire.AppendUint(dst, uint64(len(c.sheaves)))
	for _, id := range c.segments.Sorted() {
		dst = wire.AppendText(dst, c.segments.Names()[id])
		dst = c.sheaves[id].append(dst, places)
	}
	return dst, nil
}

// MarshalBinary returns the binary form.
func (b *Baskets[K]) MarshalBinary() ([]byte, error) { return b.AppendBinary(nil) }

// MarshalJSON refuses: baskets are stored in their binary form, and shown by what their
// methods return.
func (b Baskets[K]) MarshalJSON() ([]byte, error) {
	return nil, fault.NoJSON("basket.Baskets.MarshalJSON", "MarshalBinary to store baskets, Affinity or Pair to show them")
}

// UnmarshalJSON refuses, as MarshalJSON does.
func (b *Baskets[K]) UnmarshalJSON([]byte) error {
	return fault.NoJSON("basket.Baskets.UnmarshalJSON", "UnmarshalBinary, which reads stored baskets")
}

// counts lists the numbers in the order of the binary form.
func (s *Skipped) counts() [5]*int64 {
	return [...]*int64{&s.Refunds, &s.Void, &s.Empty, &s.NotChosen, &s.Unnamed}
}

// append appends the baskets, whose items have the given places.
func (s *sheaf) append(dst []byte, places []int32) []byte {
	runs, flat := make([][]int32, 0, s.n), make([]int32, 0, len(s.runs)-s.n)
	for run := range s.all {
		begin := len(flat)
		for _, id := range run {
			flat = append(flat, places[id])
		}
		slices.Sort(flat[begin:])
		runs = append(runs, flat[begin:])
	}
	slices.SortFunc(runs, slices.Compare)
	dst = wire.AppendUint(dst, uint64(len(runs)))
	for _, run := range runs {
		dst = wire.AppendUint(dst, uint64(len(run)))
		before := int32(-1)
		for _, place := range run {
			dst = wire.AppendUint(dst, uint64(place-before-1))
			before = place
		}
	}
	return dst
}

// The least bytes of a segment and of a basket in a form.
const (
	leastSheaf  = 4
	leastBasket = 2
)

// UnmarshalBinary replaces the baskets with decoded ones and keeps the segment function of
// b. If b has none, as the zero Baskets, AddReceipt fails until [Baskets.Merge] brings one
// from other baskets. UnmarshalBinary returns [clientele.ErrEncoding] for anything but a
// whole, valid form, and leaves b as it was.
// Memory is bounded by some hundred times len(data).
func (b *Baskets[K]) UnmarshalBinary(data []byte) error {
	r := wire.NewReader(data)
	r.Expect(basketsMagic)
	c := basketFacts{made: true}
	c.cfg.By = ItemKind(r.UintMax(uint64(len(itemKindNames) - 1)))
	c.currency = r.Text()
	for _, n := range c.skipped.counts() {
		*n = int64(r.UintMax(codec.MaxPurchases))
	}
	if c.skipped.Empty > c.skipped.NotChosen+c.skipped.Unnamed {
		r.Fail() // each has a line that is no item
	}
	if items, ok := codec.Labels(r); ok {
		c.items = items
	}
	used := make([]bool, len(c.items.Names()))
	for range r.Count(leastSheaf) {
		if !c.readSheaf(r, used) {
			break
		}
	}
	if !r.Done() || slices.Contains(used, false) || slices.Contains(c.items.Names(), "") {
		return fault.Encoding("basket.Baskets.UnmarshalBinary", nil)
	}
	b.facts = c
	return nil
}

// readSheaf reads a segment and notes its items in used.
func (c *basketFacts) readSheaf(r *wire.Reader, used []bool) bool {
	label := r.Text()
	if n := len(c.segments.Names()); n > 0 && label <= c.segments.Names()[n-1] {
		r.Fail()
	}
	n := r.Count(leastBasket)
	if n == 0 || !r.Ok() {
		r.Fail()
		return false
	}
	s := c.sheaf(label)
	var before []int32
	for range n {
		run := readRun(r, used)
		if slices.Compare(before, run) > 0 {
			r.Fail()
		}
		if !r.Ok() {
			return false
		}
		s.bind(func(to []int32) []int32 { return append(to, run...) })
		before = run
	}
	return true
}

// readRun reads a basket.
func readRun(r *wire.Reader, used []bool) []int32 {
	n := r.Count(1)
	if n == 0 {
		r.Fail()
	}
	run := make([]int32, 0, n)
	next := 0
	for range n {
		gap := r.UintMax(uint64(len(used)))
		place := next + int(gap)
		if place >= len(used) {
			r.Fail()
			return nil
		}
		used[place] = true
		run = append(run, int32(place))
		next = place + 1
	}
	return run
}
