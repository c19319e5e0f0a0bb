package rfm

import (
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Advance moves the base to a later moment, as every night does with the base stored the
// night before. Then feed all purchases and refunds after the old AsOf: those that the base
// was given before and counted as [Base.Later] were not kept, and Later is 0 again. A base
// that was advanced and fed equals one made anew as of the new moment, down to the bytes of
// its binary form.
//
// The same moment changes nothing. Advance returns [clientele.ErrRange] if the moment is
// earlier, and [clientele.ErrMismatch] if the base has a window and no Config.Rolling, so
// that it does not know what leaves the window. A moment that is refused changes nothing.
// It takes O(customers) time with a window, and no time without.
func (b *Base[K]) Advance(asOf time.Time) error {
	const op = "rfm.Base.Advance"
	if !b.configured() {
		return fault.Unconfigured(op)
	}
	return b.cols.advance(op, asOf)
}

// Advance moves the history to a later moment, as [Base.Advance] does.
func (h *History) Advance(asOf time.Time) error {
	const op = "rfm.History.Advance"
	if !h.configured() {
		return fault.Unconfigured(op)
	}
	return h.cols.advance(op, asOf)
}

// advance moves the moment, and what has left the window out of it.
func (c *columns) advance(op string, asOf time.Time) error {
	ahead, err := fault.Ahead(op, asOf, c.cfg.AsOf)
	switch {
	case err != nil || !ahead:
		return err
	case c.cfg.Window > 0 && !c.cfg.Rolling:
		return fault.Of(op, "Config.Rolling", false, errNotRolling)
	}
	c.setMoment(asOf)
	c.later = 0
	if c.cfg.Rolling {
		for slot := range c.inside.Len() {
			c.expire(int32(slot))
		}
	}
	return nil
}

var errNotRolling = rule.Because(clientele.ErrMismatch, "which purchases leave the window is not kept",
	"true from the start, or a base made anew as of the later moment")

// expire takes out of the window what is no longer inside.
func (c *columns) expire(slot int32) {
	left := func(p stamped) bool { return p.at <= c.from }
	all, w := c.inside.At(slot), c.window.At(slot)
	if !slices.ContainsFunc(*all, left) {
		return
	}
	var stay []stamped // apart, since a clone may share the list
	for _, p := range *all {
		if !left(p) {
			stay = append(stay, p)
			continue
		}
		if p.amount.Sign() >= 0 {
			w.n--
		}
		c.wide.Sub(&w.sum, p.amount)
	}
	*all = stay
}
