package rfm

import (
	"cmp"
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/codec"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/key"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/wire"
	"github.com/shopspring/decimal"
)

// The binary forms. Varints are in their shortest form; "int" is zig-zag, "uint"
// is not; times are Unix nanoseconds; "money" is the form of internal/exact, the
// shortest exact decimal. Equal facts have equal bytes, in whatever order and
// from whatever shards they were gathered.
//
//	base     "rfmB" 1 config int(later) uint(customers) customer…
//	history  "rfmH" 1 config int(later) record
//	config   int(asOf) uint(window days) uint(recent) uint(1 if amounts + 2 if rolling)
//	customer id record, in ascending order of ids
//	record   uint(n) [int(first) uint(last-first) if n > 0] money(total)
//	         [uint(n) money, of the window, if the config has one that does not roll]
//	         [uint(n) and uint(asOf-at) money for each of n purchases and refunds in the window,
//	          newest first, if it rolls]
//	         [uint(last-at) money for each of the last min(n, recent) purchases, newest first]
//	         [uint(last-at) money for each of the n purchases, newest first, if the config keeps amounts]
//
// Purchases of one moment are written in descending order of money.
const (
	baseMagic    = "rfmB\x01"
	historyMagic = "rfmH\x01"

	leastCustomer = 3 // bytes
	leastAmount   = 2 // bytes
)

// AppendBinary appends the binary form, which is versioned. It holds the customers of this
// base, and no others of its roster.
func (b *Base[K]) AppendBinary(dst []byte) ([]byte, error) {
	if !b.configured() {
		return dst, fault.Unconfigured("rfm.Base.AppendBinary")
	}
	c := &b.cols
	dst = c.appendHeader(append(dst, baseMagic...))
	var slots []int32
	for _, slot := range b.roster.Sorted() {
		if !c.empty(slot) {
			slots = append(slots, slot)
		}
	}
	dst = wire.AppendUint(dst, uint64(len(slots)))
	for _, slot := range slots {
		dst = key.Append(dst, b.roster.ID(slot))
		dst = c.appendRecord(dst, slot)
	}
	return dst, nil
}

// MarshalBinary returns the binary form.
func (b *Base[K]) MarshalBinary() ([]byte, error) { return b.AppendBinary(nil) }

// UnmarshalBinary replaces the base with a decoded one, which gets a roster of its own.
// Anything but a whole, valid form is refused with [clientele.ErrEncoding] and leaves b as
// it was. Memory is at most about fifty times len(data); it is that much where customers
// have a single purchase.
func (b *Base[K]) UnmarshalBinary(data []byte) error {
	const op = "rfm.Base.UnmarshalBinary"
	if b == nil {
		return fault.Unconfigured(op)
	}
	r := wire.NewReader(data)
	r.Expect(baseMagic)
	c, ok := readHeader(r)
	if !ok {
		return fault.Of(op, "", nil, errNoBaseForm)
	}
	roster, ok := codec.Customers[K](r, leastCustomer, func(slot int32) bool {
		c.grow(int(slot) + 1)
		c.readRecord(r, slot)
		return r.Ok() && !c.empty(slot)
	})
	if !ok || !r.Done() {
		return fault.Of(op, "", nil, errNoBaseForm)
	}
	c.cfg.Workers = b.cols.cfg.Workers
	*b = Base[K]{roster: roster, cols: c}
	return nil
}

// AppendBinary appends the binary form, which is versioned.
func (h *History) AppendBinary(dst []byte) ([]byte, error) {
	if !h.configured() {
		return dst, fault.Unconfigured("rfm.History.AppendBinary")
	}
	return h.cols.appendRecord(h.cols.appendHeader(append(dst, historyMagic...)), 0), nil
}

// MarshalBinary returns the binary form.
func (h *History) MarshalBinary() ([]byte, error) { return h.AppendBinary(nil) }

// UnmarshalBinary replaces the history with a decoded one. Anything but a whole, valid form
// is refused with [clientele.ErrEncoding] and leaves h as it was.
func (h *History) UnmarshalBinary(data []byte) error {
	const op = "rfm.History.UnmarshalBinary"
	if h == nil {
		return fault.Unconfigured(op)
	}
	r := wire.NewReader(data)
	r.Expect(historyMagic)
	c, ok := readHeader(r)
	if ok {
		c.grow(1)
		c.readRecord(r, 0)
	}
	if !r.Done() {
		return fault.Of(op, "", nil, errNoHistoryForm)
	}
	*h = History{c}
	return nil
}

// What to decode instead of bytes that are no binary form.
var (
	errNoBaseForm    = rule.Because(clientele.ErrEncoding, "no binary form of a base", "all bytes of a Base.MarshalBinary of this version, for the same type of id")
	errNoHistoryForm = rule.Because(clientele.ErrEncoding, "no binary form of a history", "all bytes of a History.MarshalBinary of this version")
)

func (c *columns) appendHeader(dst []byte) []byte {
	dst = wire.AppendInt(dst, c.asOf)
	dst = wire.AppendUint(dst, uint64(c.cfg.Window))
	dst = wire.AppendUint(dst, uint64(c.cfg.Recent))
	dst = wire.AppendUint(dst, c.cfg.kept())
	return wire.AppendInt(dst, c.later)
}

// What a configuration keeps of every purchase, in the binary form.
const (
	keptAmounts = 1 << iota
	keptInside
)

func (c Config) kept() uint64 {
	kept := uint64(0)
	if c.Amounts {
		kept |= keptAmounts
	}
	if c.Rolling {
		kept |= keptInside
	}
	return kept
}

// readHeader returns empty columns with the configuration read.
func readHeader(r *wire.Reader) (c columns, ok bool) {
	cfg := Config{
		AsOf:   rule.Moment(r.Int()),
		Window: clientele.Days(r.UintMax(math.MaxInt32)),
		Recent: int(r.UintMax(maxRecent)),
	}
	kept := r.UintMax(keptAmounts | keptInside)
	cfg.Amounts, cfg.Rolling = kept&keptAmounts != 0, kept&keptInside != 0
	later := r.IntWithin(0, codec.MaxPurchases)
	c, err := newColumns("", cfg)
	if !r.Ok() || cfg.Recent == 0 || err != nil {
		r.Fail()
		return columns{}, false
	}
	c.later = later
	return c, true
}

func (c *columns) appendRecord(dst []byte, slot int32) []byte {
	l := c.life.At(slot)
	dst = wire.AppendUint(dst, uint64(l.n))
	if l.n > 0 {
		dst = wire.AppendInt(dst, l.first)
		dst = wire.AppendUint(dst, uint64(l.last)-uint64(l.first))
	}
	dst = c.wide.Append(dst, l.total)
	switch {
	case c.cfg.Rolling:
		dst = wire.AppendUint(dst, uint64(len(*c.inside.At(slot))))
		dst = appendAmounts(dst, c.asOf, *c.inside.At(slot))
	case c.cfg.Window > 0:
		dst = wire.AppendUint(dst, uint64(c.window.At(slot).n))
		dst = c.wide.Append(dst, c.window.At(slot).sum)
	}
	for _, e := range slices.Backward(l.recent[:c.recent.keep]) {
		if e.stamp == 0 {
			break
		}
		var wide exact.Wide
		sum := c.recent.sum(&wide, e)
		dst = wire.AppendUint(dst, uint64(l.last)-uint64(e.at()))
		dst = wide.Append(dst, sum)
	}
	if c.cfg.Amounts {
		dst = appendAmounts(dst, l.last, *c.amounts.At(slot))
	}
	return dst
}

// appendAmounts writes amounts up to a moment, the newest and then the largest first.
func appendAmounts(dst []byte, until int64, all []stamped) []byte {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b stamped) int {
		return cmp.Or(cmp.Compare(b.at, a.at), b.amount.Cmp(a.amount))
	})
	for _, p := range all {
		var wide exact.Wide
		var sum exact.Sum
		wide.Add(&sum, p.amount)
		dst = wire.AppendUint(dst, uint64(until)-uint64(p.at))
		dst = wide.Append(dst, sum)
	}
	return dst
}

// readRecord reads a slot, failing r on anything that appendRecord cannot write.
func (c *columns) readRecord(r *wire.Reader, slot int32) {
	l := c.life.At(slot)
	l.n = int64(r.UintMax(codec.MaxPurchases))
	if l.n > 0 {
		l.first = r.IntWithin(rule.FirstNanos(), c.asOf)
		l.last = l.first + int64(r.UintMax(uint64(c.asOf)-uint64(l.first)))
	}
	l.total = c.readSum(r)
	if l.n == 0 && c.wide.Sign(l.total) > 0 || l.n == 1 && l.first != l.last {
		r.Fail()
	}
	switch {
	case c.cfg.Rolling:
		c.readInside(r, slot)
	case c.cfg.Window > 0:
		*c.window.At(slot) = windowed{int64(r.UintMax(uint64(l.n))), c.readSum(r)}
	}
	told := readPurchases(r, l, min(l.n, int64(c.recent.keep)))
	for _, p := range told {
		c.recent.add(&l.recent, p.at, p.amount)
	}
	if c.cfg.Amounts && r.Ok() {
		all := readPurchases(r, l, l.n)
		if r.Ok() && !slices.EqualFunc(told, all[:len(told)], sameStamped) {
			r.Fail()
		}
		*c.amounts.At(slot), told = all, all
	}
	if c.cfg.Window > 0 && !c.windowFits(slot, told) || !c.sumsFit(slot, told) || !c.insideFits(slot, told) {
		r.Fail()
	}
}

// windowFits reports whether the number of purchases in the window agrees with the last
// purchases, the newest first, and the time of the first.
func (c *columns) windowFits(slot int32, told []stamped) bool {
	l, n := c.life.At(slot), c.window.At(slot).n
	in := 0
	for in < len(told) && told[in].at > c.from {
		in++
	}
	switch {
	case in < len(told): // all others are older
		return n == int64(in)
	case int64(in) == l.n || l.first > c.from:
		return n == l.n
	}
	return int64(in) <= n && n < l.n
}

// sumsFit reports whether the money agrees with the last purchases. Refunds only lower it,
// so it is at most what all purchases brought, where all are told.
func (c *columns) sumsFit(slot int32, told []stamped) bool {
	var all, in exact.Sum
	for _, p := range told {
		c.wide.Add(&all, p.amount)
		if p.at > c.from {
			c.wide.Add(&in, p.amount)
		}
	}
	defer c.wide.Drop(&all)
	defer c.wide.Drop(&in)
	l := c.life.At(slot)
	if int64(len(told)) == l.n && c.wide.Compare(l.total, all) > 0 {
		return false
	}
	if c.cfg.Window == 0 {
		return true
	}
	w := c.window.At(slot)
	inTold := w.n == 0 || len(told) > 0 && told[len(told)-1].at <= c.from || int64(len(told)) == l.n
	return !inTold || c.wide.Compare(w.sum, in) <= 0
}

// readInside reads what is in a window that rolls, and what it adds up to.
func (c *columns) readInside(r *wire.Reader, slot int32) {
	l, w := c.life.At(slot), c.window.At(slot)
	var all []stamped
	for range r.Count(leastAmount) {
		p := stamped{at: c.asOf - int64(r.UintMax(uint64(c.asOf)-uint64(max(c.from, rule.FirstNanos()-1))-1)), amount: readAmount(r)}
		if len(all) > 0 && !follows(all[len(all)-1], p) {
			r.Fail()
		}
		if p.amount.Sign() >= 0 {
			w.n++
		}
		if !r.Ok() || w.n > l.n {
			r.Fail()
			return
		}
		c.wide.Add(&w.sum, p.amount)
		all = append(all, p)
	}
	*c.inside.At(slot) = all
}

// insideFits reports whether the purchases in a window that rolls are, as far as both are
// known, the last purchases, and all lie in the time of purchases.
func (c *columns) insideFits(slot int32, told []stamped) bool {
	if !c.cfg.Rolling {
		return true
	}
	l, i := c.life.At(slot), 0
	for _, p := range *c.inside.At(slot) {
		switch {
		case p.amount.Sign() < 0:
			continue
		case i < len(told) && !sameStamped(p, told[i]), p.at < l.first, p.at > l.last:
			return false
		}
		i++
	}
	return true
}

func sameStamped(a, b stamped) bool { return a.at == b.at && a.amount.Equal(b.amount) }

// readSum reads money into c's sums.
func (c *columns) readSum(r *wire.Reader) exact.Sum {
	sum, rest, ok := c.wide.Cut(r.Rest())
	r.Skip(rest, ok)
	return sum
}

// readPurchases reads n purchases, the newest first. Its time must be that of the last
// purchase and, where these are all, that of the oldest the time of the first.
func readPurchases(r *wire.Reader, l *life, n int64) []stamped {
	if n > int64(len(r.Rest())/leastAmount) {
		r.Fail()
		return nil
	}
	var all []stamped
	for i := range n {
		p := stamped{at: l.last - int64(r.UintMax(uint64(l.last)-uint64(l.first))), amount: readAmount(r)}
		if p.amount.Sign() < 0 || i == 0 && p.at != l.last || i > 0 && !follows(all[i-1], p) {
			r.Fail()
		}
		if !r.Ok() {
			return nil
		}
		all = append(all, p)
	}
	if n > 0 && n == l.n && all[n-1].at != l.first {
		r.Fail()
		return nil
	}
	return all
}

// follows reports whether q may be written after p.
func follows(p, q stamped) bool {
	return q.at < p.at || q.at == p.at && q.amount.Cmp(p.amount) <= 0
}

// readAmount reads the money of a purchase or a refund.
func readAmount(r *wire.Reader) decimal.Decimal {
	var wide exact.Wide
	sum, rest, ok := wide.Cut(r.Rest())
	d := wide.Decimal(sum)
	r.Skip(rest, ok && rule.Amount(d) == nil && rule.Size(d) == nil)
	return d
}
