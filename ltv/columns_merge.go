package ltv

import (
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/table"
)

// adopt takes o's configuration if c has none; another one is ErrMismatch.
func (c *columns) adopt(op string, o *columns) error {
	if !c.configured() {
		*c = columns{
			cfg: o.cfg, periods: o.periods, blocks: newPeriodBlocks(),
			asOf: o.asOf, until: o.until, end: o.end, heldEnd: o.heldEnd,
		}
	}
	field, own, other := c.cfg.difference(o.cfg)
	switch {
	case field == "AsOf" && !c.cfg.holdsOut() && !o.cfg.holdsOut():
		return fault.OtherMoment(op, c.cfg.AsOf, o.cfg.AsOf)
	case field != "":
		return fault.Differs(op, field, own, other)
	}
	return nil
}

// merge adds o's columns to c's: o's slot i to slots[i]. o is only read, or it is c
// itself, whose periods then stay and whose money and counts double.
func (c *columns) merge(slots []int32, o *columns) {
	slots = slots[:min(len(slots), o.lives.Len())]
	for lo := 0; lo < len(slots); lo += table.Ahead {
		ahead := slots[lo:min(lo+table.Ahead, len(slots))]
		c.touched += c.touch(ahead)
		for i, slot := range ahead {
			c.mergeSlot(slot, o, int32(lo+i))
		}
	}
	c.later += o.later
}

// mergeSlot adds one slot of o to a slot of c.
func (c *columns) mergeSlot(slot int32, o *columns, from int32) {
	l, m := c.lives.At(slot), o.lives.At(from)
	if m.n > 0 {
		c.originate(l, m.at, o.groups.Names()[m.group])
		if l.n == 0 || m.first() < l.first() {
			c.begin(l, m.first())
		}
		c.blocks.join(l.periods(), &o.blocks, m.periods())
		c.wide.Join(c.money(l, m.first()), &o.wide, m.opening)
		c.wide.Join(&l.rest, &o.wide, m.rest)
	}
	for r := range o.early.all(m.early) {
		c.wide.Join(c.money(l, r.period), &o.wide, r.sum)
	}
	if c.cfg.holdsOut() {
		h, g := c.held.At(slot), o.held.At(from)
		c.blocks.join(h.periods(), &o.blocks, g.periods())
		c.wide.Join(&h.money, &o.wide, g.money)
	}
}
