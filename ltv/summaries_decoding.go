package ltv

import (
	"encoding/binary"
	"math"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/codec"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/wire"
)

// The least bytes of records, and what bounds those that a form may count, so
// that the sums of many forms stay far from overflow.
const (
	leastCustomer = 6
	leastRefund   = 4
)

// UnmarshalBinary replaces the summaries with decoded ones, which get a roster of their
// own. Anything but a whole, valid form returns [clientele.ErrEncoding], with
// [clientele.ErrUnknown] where the time zone database lacks the zone, and leaves s as it
// was. Memory is bounded by some fifty times len(data) and, unless s has the calendar
// already, some kilobytes for it.
func (s *Summaries[K]) UnmarshalBinary(data []byte) error {
	const op = "ltv.Summaries.UnmarshalBinary"
	r := wire.NewReader(data)
	r.Expect(summariesMagic)
	c, err := readHeader(r, s.cols.periods)
	if err != nil {
		return fault.Encoding(op, err)
	}
	used := make([]bool, len(c.groups.Names()))
	roster, ok := codec.Customers[K](r, leastCustomer, func(slot int32) bool {
		c.grow(int(slot) + 1)
		c.readRecord(r, slot, used)
		return r.Ok() && !c.empty(slot)
	})
	if !ok {
		return fault.Encoding(op, nil)
	}
	if !r.Done() || slices.Contains(used, false) {
		return fault.Encoding(op, nil)
	}
	c.cfg.Workers = s.cols.cfg.Workers
	*s = Summaries[K]{roster: roster, cols: c}
	return nil
}

// UnmarshalBinary replaces the history with a decoded one. Anything but a whole, valid
// form returns [clientele.ErrEncoding], with [clientele.ErrUnknown] where the time zone
// database lacks the zone, and leaves h as it was.
func (h *History) UnmarshalBinary(data []byte) error {
	const op = "ltv.History.UnmarshalBinary"
	r := wire.NewReader(data)
	r.Expect(historyMagic)
	c, err := readHeader(r, h.cols.periods)
	if err != nil {
		return fault.Encoding(op, err)
	}
	used := make([]bool, len(c.groups.Names()))
	c.grow(1)
	c.readRecord(r, 0, used)
	if !r.Done() || slices.Contains(used, false) {
		return fault.Encoding(op, nil)
	}
	c.cfg.Workers = h.cols.cfg.Workers
	*h = History{cols: c}
	return nil
}

// readHeader returns empty columns with the configuration and the labels read. It
// takes known for the calendar's periods if they are.
func readHeader(r *wire.Reader, known *clientele.Periods) (columns, error) {
	asOf := r.IntWithin(rule.FirstNanos(), rule.LastNanos())
	length := r.UintMax(uint64(rule.LastNanos()) - uint64(asOf))
	cfg := SummaryConfig{AsOf: rule.Moment(asOf)}
	if length > 0 {
		cfg.Until = rule.Moment(asOf + int64(length))
	}
	cfg.Calendar = clientele.Calendar{
		Unit:      clientele.Unit(r.UintMax(math.MaxUint8)),
		Zone:      r.Text(),
		WeekStart: time.Weekday(r.UintMax(uint64(time.Saturday))),
	}
	cfg.Hours = int(r.UintMax(mostHours))
	if per := r.Bytes(8); r.Ok() {
		cfg.Per = math.Float64frombits(binary.LittleEndian.Uint64(per))
	}
	cfg.IncludeFirst, cfg.Gross = r.Bool(), r.Bool()
	later := r.IntWithin(0, codec.MaxPurchases)
	groups, ok := codec.Labels(r)
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

// readRecord reads a slot, failing r on anything that appendRecord cannot write,
// and notes its label in used.
func (c *columns) readRecord(r *wire.Reader, slot int32, used []bool) {
	l := c.lives.At(slot)
	earliest, before := c.periodOf(rule.Moment(rule.FirstNanos()))-codec.Drift, c.end+codec.Drift+1
	c.readPeriods(r, l.periods(), earliest, before-1)
	if l.n > 0 {
		before = l.first()
		l.at = c.asOf - int64(r.UintMax(uint64(c.asOf)-uint64(rule.FirstNanos())))
		l.group = readPlace(r, used)
		l.opening, l.rest = c.readSum(r), c.readSum(r)
	}
	c.readEarly(r, &l.early, earliest, before)
	if c.cfg.holdsOut() {
		h := c.held.At(slot)
		c.readPeriods(r, h.periods(), c.end-codec.Drift, c.heldEnd+codec.Drift)
		h.money = c.readSum(r)
	}
	if r.Ok() && !c.plausible(slot) {
		r.Fail()
	}
}

// readPeriods reads periods from lo to hi in ascending order.
func (c *columns) readPeriods(r *wire.Reader, set periodSet, lo, hi period) {
	n := r.Count(1)
	if n == 0 {
		return
	}
	u := periodOf(int(r.IntWithin(int64(lo.index()), int64(hi.index()))))
	for i := range n {
		if i > 0 {
			gap := r.UintMax(uint64(hi.after(u)))
			if gap == 0 {
				r.Fail()
			}
			u += period(gap)
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

// readEarly reads refunds of periods from lo up to, but not including, hi.
func (c *columns) readEarly(r *wire.Reader, head *int32, lo, hi period) {
	for range r.Count(leastRefund) {
		u := periodOf(int(r.IntWithin(int64(lo.index()), int64(hi.index())-1)))
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
func (c *columns) readSum(r *wire.Reader) exact.Sum { return codec.Total(r, &c.wide) }

// plausible reports whether what was read of a slot agrees with itself: the
// earliest purchase is in the first period, refunds only lower money, and there are
// none where they are left out.
func (c *columns) plausible(slot int32) bool {
	l := c.lives.At(slot)
	if l.n > 0 {
		off := c.periodOf(rule.Moment(l.at)).after(l.first())
		if off < -codec.Drift || off > codec.Drift {
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
