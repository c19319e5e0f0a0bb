package ltv

import (
	"encoding/binary"
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/key"
	"github.com/clientele-go/clientele/internal/wire"
)

// The binary forms. Varints are in their shortest form; "int" is zig-zag, "uint"
// is not; "float" is eight bytes, least significant first; "text" is a length and
// bytes; times are Unix nanoseconds; "money" is the form of internal/exact, the
// shortest exact decimal. Equal facts have equal bytes, in whatever order and from
// whatever shards they were gathered.
//
//	summaries "ltvS" 2 config int(later) groups uint(customers) customer…
//	history   "ltvH" 2 config int(later) groups record
//	config    int(asOf) uint(until-asOf, 0 without a holdout)
//	          uint(unit) text(zone) uint(weekStart) uint(hours)
//	          float(per) bool(includeFirst) bool(gross)
//	groups    uint(n) text…, the labels that customers have, ascending
//	customer  id record, in ascending order of ids
//	record    periods [uint(asOf-at) uint(group) money money, if there are any]
//	          uint(n) [int(period) money]…
//	          [periods money, if the config has a holdout]
//	periods   uint(n) [int(period) uint(gap)…, if n > 0]
//
// A record has the periods with purchases of the calibration; the earliest purchase,
// its label's place in groups, the money of the first period and of those after it;
// refunds dated before the first period, by period; the periods with purchases of the
// holdout and its money.
const (
	summariesMagic = "ltvS\x02"
	historyMagic   = "ltvH\x02"
)

// AppendBinary appends the binary form, which is versioned. Of the roster it holds the
// customers of this base alone.
func (s *Summaries[K]) AppendBinary(dst []byte) ([]byte, error) {
	if s.Roster() == nil {
		return dst, fault.Unconfigured("ltv.Summaries.AppendBinary")
	}
	c := &s.cols
	var slots []int32
	for _, slot := range s.roster.Sorted() {
		if !c.empty(slot) {
			slots = append(slots, slot)
		}
	}
	dst, places := c.appendHeader(append(dst, summariesMagic...), slots)
	dst = wire.AppendUint(dst, uint64(len(slots)))
	for _, slot := range slots {
		dst = key.Append(dst, s.roster.ID(slot))
		dst = c.appendRecord(dst, slot, places)
	}
	return dst, nil
}

// MarshalBinary returns the binary form.
func (s *Summaries[K]) MarshalBinary() ([]byte, error) { return s.AppendBinary(nil) }

// AppendBinary appends the binary form, which is versioned.
func (h *History) AppendBinary(dst []byte) ([]byte, error) {
	if !h.configured() {
		return dst, fault.Unconfigured("ltv.History.AppendBinary")
	}
	dst, places := h.cols.appendHeader(append(dst, historyMagic...), []int32{0})
	return h.cols.appendRecord(dst, 0, places), nil
}

// MarshalBinary returns the binary form.
func (h *History) MarshalBinary() ([]byte, error) { return h.AppendBinary(nil) }

// appendHeader appends what comes before the records of some slots, and returns
// the places of labels in the form.
func (c *columns) appendHeader(dst []byte, slots []int32) (form []byte, places []int) {
	dst = wire.AppendInt(dst, c.asOf)
	dst = wire.AppendUint(dst, uint64(c.until)-uint64(c.asOf))
	calendar := c.cfg.Calendar
	dst = wire.AppendUint(dst, uint64(calendar.Unit))
	dst = wire.AppendText(dst, calendar.Zone)
	dst = wire.AppendUint(dst, uint64(calendar.WeekStart))
	dst = wire.AppendUint(dst, uint64(c.cfg.Hours))
	dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(c.cfg.Per))
	dst = wire.AppendBool(dst, c.cfg.IncludeFirst)
	dst = wire.AppendBool(dst, c.cfg.Gross)
	dst = wire.AppendInt(dst, c.later)

	groups, places := c.usedGroups(slots)
	dst = wire.AppendUint(dst, uint64(len(groups)))
	for _, name := range groups {
		dst = wire.AppendText(dst, name)
	}
	return dst, places
}

// usedGroups returns the labels of some slots in ascending order, and for each
// number of a label its place among them.
func (c *columns) usedGroups(slots []int32) (groups []string, places []int) {
	places = make([]int, len(c.groups.Names()))
	for _, slot := range slots {
		if c.present(slot) {
			places[c.lives.At(slot).group] = 1
		}
	}
	for id, name := range c.groups.Names() {
		if places[id] == 1 {
			groups = append(groups, name)
		}
	}
	slices.Sort(groups)
	for id, name := range c.groups.Names() {
		places[id], _ = slices.BinarySearch(groups, name)
	}
	return groups, places
}

// appendRecord appends a slot.
func (c *columns) appendRecord(dst []byte, slot int32, places []int) []byte {
	l := c.lives.At(slot)
	dst = c.appendPeriods(dst, l.periods())
	if l.n > 0 {
		dst = wire.AppendUint(dst, uint64(c.asOf)-uint64(l.at))
		dst = wire.AppendUint(dst, uint64(places[l.group]))
		dst = c.wide.Append(dst, l.opening)
		dst = c.wide.Append(dst, l.rest)
	}
	dst = c.appendEarly(dst, l.early)
	if c.cfg.holdsOut() {
		h := c.held.At(slot)
		dst = c.appendPeriods(dst, h.periods())
		dst = c.wide.Append(dst, h.money)
	}
	return dst
}

func (c *columns) appendPeriods(dst []byte, set periodSet) []byte {
	dst = wire.AppendUint(dst, uint64(c.blocks.len(set)))
	before := period(0)
	for u := range c.blocks.all(set) {
		if before == 0 {
			dst = wire.AppendInt(dst, int64(u.index()))
		} else {
			dst = wire.AppendUint(dst, uint64(u.after(before)))
		}
		before = u
	}
	return dst
}

func (c *columns) appendEarly(dst []byte, head int32) []byte {
	all := slices.Collect(c.early.all(head))
	dst = wire.AppendUint(dst, uint64(len(all)))
	for _, e := range slices.Backward(all) {
		dst = wire.AppendInt(dst, int64(e.period.index()))
		dst = c.wide.Append(dst, e.sum)
	}
	return dst
}
