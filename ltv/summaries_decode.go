package ltv

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/internal/wire"
)

// The least bytes of records, and what bounds those that a form may count, so
// that the sums of many forms stay far from overflow.
const (
	leastCustomer = 6
	leastRefund   = 4
	maxPurchases  = 1 << 53
)

// drift is how far the number of a period may be from where its time puts it: one
// where the zone set its clocks back over midnight, and one where the form was
// written by another edition of the time zone database.
const drift = 2

// firstNanos and lastNanos are the first and the last moment that
// [clientele.CheckTime] accepts.
var (
	firstNanos = time.Date(1678, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano()
	lastNanos  = time.Date(2262, 1, 1, 0, 0, 0, 0, time.UTC).UnixNano() - 1
)

// UnmarshalBinary replaces the summaries with decoded ones, which get a roster of
// their own. Anything but a whole, valid form is [clientele.ErrEncoding], with
// [clientele.ErrUnknown] where the time zone database lacks the zone, and leaves s
// as it was. Memory is bounded by some fifty times len(data) and, unless s has the
// calendar already, some kilobytes for it.
func (s *Summaries[K]) UnmarshalBinary(data []byte) error {
	const op = "ltv.Summaries.UnmarshalBinary"
	r := wire.NewReader(data)
	r.Expect(summariesMagic)
	c, err := readHeader(r, s.cols.periods)
	if err != nil {
		return badEncoding(op, err)
	}
	roster := new(clientele.Roster[K])
	used := make([]bool, len(c.groups.Names()))
	for range r.Count(leastCustomer) {
		id, rest, err := clientele.CutID[K](r.Rest())
		r.Skip(rest, err == nil)
		if n := roster.Len(); n > 0 && clientele.CompareIDs(roster.ID(int32(n-1)), id) >= 0 {
			r.Fail()
		}
		slot := roster.Slot(id)
		c.grow(roster.Len())
		if c.readRecord(r, slot, used); !r.Ok() || c.empty(slot) {
			return badEncoding(op, nil)
		}
	}
	if !r.Done() || slices.Contains(used, false) {
		return badEncoding(op, nil)
	}
	c.cfg.Workers = s.cols.cfg.Workers
	*s = Summaries[K]{roster: roster, cols: c}
	return nil
}

// UnmarshalBinary replaces the history with a decoded one. Anything but a whole,
// valid form is [clientele.ErrEncoding], with [clientele.ErrUnknown] where the time
// zone database lacks the zone, and leaves h as it was.
func (h *History) UnmarshalBinary(data []byte) error {
	const op = "ltv.History.UnmarshalBinary"
	r := wire.NewReader(data)
	r.Expect(historyMagic)
	c, err := readHeader(r, h.cols.periods)
	if err != nil {
		return badEncoding(op, err)
	}
	used := make([]bool, len(c.groups.Names()))
	c.grow(1)
	c.readRecord(r, 0, used)
	if !r.Done() || slices.Contains(used, false) {
		return badEncoding(op, nil)
	}
	c.cfg.Workers = h.cols.cfg.Workers
	*h = History{c}
	return nil
}

// badEncoding is the error of a decoder, with what is wrong beyond the bytes.
func badEncoding(op string, cause error) error {
	err := clientele.ErrEncoding
	if cause != nil && cause != err {
		err = fmt.Errorf("%w: %w", err, cause)
	}
	return &clientele.InputError{Op: op, Index: -1, Err: err}
}

// readHeader returns empty columns with the configuration and the labels read. It
// takes known for the calendar's periods if they are.
func readHeader(r *wire.Reader, known *clientele.Periods) (columns, error) {
	asOf := r.IntWithin(firstNanos, lastNanos)
	length := r.UintMax(uint64(lastNanos) - uint64(asOf))
	cfg := SummaryConfig{AsOf: moment(asOf)}
	if length > 0 {
		cfg.Until = moment(asOf + int64(length))
	}
	cfg.Calendar = clientele.Calendar{
		Unit:      clientele.Unit(r.UintMax(math.MaxUint8)),
		Zone:      r.Text(),
		WeekStart: time.Weekday(r.UintMax(uint64(time.Saturday))),
	}
	if per := r.Bytes(8); r.Ok() {
		cfg.Per = math.Float64frombits(binary.LittleEndian.Uint64(per))
	}
	cfg.IncludeFirst, cfg.Gross = r.Bool(), r.Bool()
	later := r.IntWithin(0, maxPurchases)
	groups, ok := readGroups(r)
	if !ok || cfg.Per == 0 {
		return columns{}, clientele.ErrEncoding
	}
	c, err := newColumns("", cfg, known)
	if err != nil {
		return columns{}, err
	}
	c.later, c.groups = later, groups
	return c, nil
}

// readGroups reads the labels.
func readGroups(r *wire.Reader) (groups labelset.Set, ok bool) {
	for range r.Count(1) {
		name := r.Text()
		if n := len(groups.Names()); n > 0 && groups.Names()[n-1] >= name {
			r.Fail()
		}
		if !r.Ok() {
			return labelset.Set{}, false
		}
		groups.ID(name)
	}
	return groups, r.Ok()
}

// readRecord reads a slot, failing r on anything that appendRecord cannot write,
// and notes its label in used.
func (c *columns) readRecord(r *wire.Reader, slot int32, used []bool) {
	l := c.lives.At(slot)
	earliest, before := c.unitOf(moment(firstNanos))-drift, c.end+drift+1
	c.readUnits(r, l.units(), earliest, before-1)
	if l.n > 0 {
		before = l.first()
		l.at = c.asOf - int64(r.UintMax(uint64(c.asOf)-uint64(firstNanos)))
		l.group = readPlace(r, used)
		l.opening, l.rest = c.readSum(r), c.readSum(r)
	}
	c.readEarly(r, &l.early, earliest, before)
	if c.cfg.holdsOut() {
		h := c.held.At(slot)
		c.readUnits(r, h.units(), c.end-drift, c.heldEnd+drift)
		h.money = c.readSum(r)
	}
	if r.Ok() && !c.plausible(slot) {
		r.Fail()
	}
}

// readUnits reads units from lo to hi in ascending order.
func (c *columns) readUnits(r *wire.Reader, set units, lo, hi unit) {
	n := r.Count(1)
	if n == 0 {
		return
	}
	u := unitOf(int(r.IntWithin(int64(lo.period()), int64(hi.period()))))
	for i := range n {
		if i > 0 {
			gap := r.UintMax(uint64(hi.after(u)))
			if gap == 0 {
				r.Fail()
			}
			u += unit(gap)
		}
		if !r.Ok() {
			return
		}
		c.blocks.add(set, u)
	}
}

// readPlace reads the place of a label and notes it.
func readPlace(r *wire.Reader, used []bool) int32 {
	place := r.Uint()
	if place >= uint64(len(used)) {
		r.Fail()
		return 0
	}
	used[place] = true
	return int32(place)
}

// readEarly reads refunds of units from lo up to, but not including, hi.
func (c *columns) readEarly(r *wire.Reader, head *int32, lo, hi unit) {
	for range r.Count(leastRefund) {
		u := unitOf(int(r.IntWithin(int64(lo.period()), int64(hi.period())-1)))
		sum := c.readSum(r)
		if !r.Ok() || c.wide.Sign(sum) >= 0 {
			r.Fail()
			return
		}
		*c.early.at(head, u) = sum
		lo = u + 1
	}
}

// readSum reads money into c's sums.
func (c *columns) readSum(r *wire.Reader) exact.Sum { return readTotal(r, &c.wide) }

// readTotal reads money into the sums of w.
func readTotal(r *wire.Reader, w *exact.Wide) exact.Sum {
	sum, rest, ok := w.Cut(r.Rest())
	r.Skip(rest, ok && math.Abs(w.Float(sum)) <= maxTotal)
	return sum
}

// plausible reports whether what was read of a slot agrees with itself: the
// earliest purchase is in the first unit, refunds only lower money, and there are
// none where they are left out.
func (c *columns) plausible(slot int32) bool {
	l := c.lives.At(slot)
	if l.n > 0 {
		off := c.unitOf(moment(l.at)).after(l.first())
		if off < -drift || off > drift {
			return false
		}
	}
	if c.cfg.Gross && l.early != 0 || !c.earned(l.opening, l.n > 0) || !c.earned(l.rest, l.n > 1) {
		return false
	}
	if !c.cfg.holdsOut() {
		return true
	}
	h := c.held.At(slot)
	return c.earned(h.money, h.n > 0)
}

// earned reports whether purchases, or none, and refunds can have brought money.
func (c *columns) earned(s exact.Sum, purchases bool) bool {
	sign := c.wide.Sign(s)
	return (purchases || sign <= 0) && (!c.cfg.Gross || sign >= 0)
}
