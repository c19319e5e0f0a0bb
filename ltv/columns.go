package ltv

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/labelset"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/table"
	"github.com/shopspring/decimal"
)

// columns hold the facts of many customers, by slot. [Summaries] puts a roster
// before them; [History] is one slot of them. All of it adds up in any order.
type columns struct {
	cfg     SummaryConfig
	periods *clientele.Periods
	asOf    int64  // SummaryConfig.AsOf in Unix nanoseconds
	until   int64  // Until, or AsOf without a holdout
	end     period // of AsOf
	heldEnd period // of Until

	lives  table.Table[life]
	held   table.Table[held] // empty without a holdout
	blocks periodBlocks
	early  earlyRefunds
	groups labelset.Set
	wide   exact.Wide // of all sums
	later  int64      // records after until

	touched int64 // see touch
}

// life is a customer's purchases up to asOf. It is 128 bytes, so that a purchase
// touches one page and, mostly, two neighbouring cache lines.
type life struct {
	opening exact.Sum  // money dated in the first period
	rest    exact.Sum  // money dated after it
	at      int64      // of the earliest purchase, in Unix nanoseconds
	group   int32      // its label
	early   int32      // list of refunds before the first period
	own     [13]period // see periods
	n       int32      // 0 = no purchase
	chain   periodChain
}

// held is a customer's purchases after asOf, in one cache line.
type held struct {
	money exact.Sum
	own   [7]period // see periods
	n     int32
	chain periodChain
}

func (l *life) periods() periodSet { return periodSet{l.own[:], &l.n, &l.chain} }

func (h *held) periods() periodSet { return periodSet{h.own[:], &h.n, &h.chain} }

// first is the first period with a purchase; 0 = none.
func (l *life) first() period { return l.own[0] }

func newColumns(op string, cfg SummaryConfig, known *clientele.Periods) (columns, error) {
	cfg, periods, err := cfg.fill(op, known)
	if err != nil {
		return columns{}, err
	}
	c := columns{cfg: cfg, periods: periods, blocks: newPeriodBlocks()}
	c.setMoment(cfg.AsOf)
	if cfg.holdsOut() {
		c.until, c.heldEnd = cfg.Until.UnixNano(), c.periodOf(cfg.Until)
	}
	return c, nil
}

// setMoment sets the end of the observation, for columns without a holdout.
func (c *columns) setMoment(asOf time.Time) {
	c.asOf = asOf.UnixNano()
	c.cfg.AsOf = rule.Moment(c.asOf)
	c.end = c.periodOf(asOf)
	c.until, c.heldEnd = c.asOf, c.end
}

// configured reports whether the columns have a configuration.
func (c *columns) configured() bool { return c.periods != nil }

func (c *columns) periodOf(at time.Time) period { return periodOf(c.cfg.index(c.periods, at)) }

// grow lengthens the columns to n slots.
func (c *columns) grow(n int) {
	c.lives.Grow(n)
	if c.cfg.holdsOut() {
		c.held.Grow(n)
	}
}

// add adds purchases that Purchase.Validate and checkAmounts have passed; slots
// are below the length that grow gave.
func add[K clientele.ID](c *columns, slots []int32, batch []clientele.Purchase[K]) {
	c.touched += c.touch(slots)
	for i := range batch {
		p := &batch[i]
		at := p.At.UnixNano()
		switch refund := p.Amount.Sign() < 0; {
		case at > c.until:
			c.later++
		case refund && c.cfg.Gross:
		case at > c.asOf:
			c.addHeld(slots[i], c.periodOf(p.At), p.Amount, refund)
		case refund:
			l := c.lives.At(slots[i])
			c.wide.Add(c.money(l, c.periodOf(p.At)), p.Amount)
		default:
			c.bought(c.lives.At(slots[i]), c.periodOf(p.At), at, p.Amount, p.Group)
		}
	}
}

// touch loads what is known of some slots; the sum means nothing, see
// [table.Table.Touch].
func (c *columns) touch(slots []int32) int64 {
	sum := c.lives.Touch(slots, func(l *life) int64 { return int64(l.group + l.n) })
	sum += c.lives.Touch(slots, func(l *life) int64 { return int64(c.blocks.at(l.chain.tail).n) })
	if c.cfg.holdsOut() {
		sum += c.held.Touch(slots, func(h *held) int64 { return int64(h.n) })
	}
	return sum
}

// bought adds a purchase up to asOf.
func (c *columns) bought(l *life, u period, at int64, amount decimal.Decimal, group string) {
	c.originate(l, at, group)
	if l.n == 0 || u < l.first() {
		c.begin(l, u)
	}
	if u == l.first() {
		c.wide.Add(&l.opening, amount)
		return
	}
	c.blocks.add(l.periods(), u)
	c.wide.Add(&l.rest, amount)
}

// originate notes the moment and the label of a purchase that is the earliest, or
// was made at that moment under a lesser label.
func (c *columns) originate(l *life, at int64, group string) {
	if l.n > 0 {
		label := c.groups.Names()[l.group]
		if at > l.at || at == l.at && group >= label {
			return
		}
		if group == label { // as a rule; it need not be looked up
			l.at = at
			return
		}
	}
	l.at, l.group = at, c.groups.ID(group)
}

// begin makes u, which is before all others, the first period with a purchase.
func (c *columns) begin(l *life, u period) {
	c.wide.Join(&l.rest, &c.wide, l.opening)
	c.wide.Drop(&l.opening)
	c.blocks.add(l.periods(), u)
	for {
		r, ok := c.early.cut(&l.early, u)
		if !ok {
			return
		}
		c.wide.Join(c.money(l, r.period), &c.wide, r.sum)
		c.wide.Drop(&r.sum)
	}
}

// money returns the sum to which money dated in a period belongs.
func (c *columns) money(l *life, u period) *exact.Sum {
	switch {
	case l.n == 0 || u < l.first():
		return c.early.at(&l.early, u)
	case u == l.first():
		return &l.opening
	}
	return &l.rest
}

// addHeld adds a purchase or refund of the holdout.
func (c *columns) addHeld(slot int32, u period, amount decimal.Decimal, refund bool) {
	h := c.held.At(slot)
	if !refund {
		c.blocks.add(h.periods(), u)
	}
	c.wide.Add(&h.money, amount)
}

// present reports whether a slot has a purchase up to asOf, and so is in the base.
func (c *columns) present(slot int32) bool {
	return int(slot) < c.lives.Len() && c.lives.At(slot).n > 0
}

// empty reports whether nothing was recorded for a slot.
func (c *columns) empty(slot int32) bool {
	if int(slot) >= c.lives.Len() {
		return true
	}
	if l := c.lives.At(slot); l.n > 0 || l.early != 0 {
		return false
	}
	if !c.cfg.holdsOut() {
		return true
	}
	h := c.held.At(slot)
	return h.n == 0 && c.wide.Sign(h.money) == 0
}

// reset empties the columns.
func (c *columns) reset() {
	c.lives.Reset()
	c.held.Reset()
	c.blocks.reset()
	c.early.reset()
	c.groups.Reset()
	c.wide.Reset()
	c.later = 0
}

// clone copies the columns.
func (c *columns) clone() columns {
	d := *c
	d.lives, d.held, d.blocks = c.lives.Clone(), c.held.Clone(), c.blocks.clone()
	d.early, d.groups = c.early.clone(), c.groups.Clone()
	d.wide = c.wide.Clone()
	return d
}
