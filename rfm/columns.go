package rfm

import (
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/table"
	"github.com/shopspring/decimal"
)

// columns hold the facts of many customers, by slot. A [Base] has them behind a roster, a
// [History] has one slot. Every purchase touches the column life; the others are in use
// where the configuration asks for them.
type columns struct {
	cfg  Config
	asOf int64 // Config.AsOf in Unix nanoseconds
	from int64 // the window is (from, asOf]

	life    table.Table[life]
	window  table.Table[windowed]  // empty without Config.Window
	inside  table.Table[[]stamped] // what is in the window, refunds too; empty without Config.Rolling
	recent  recents                // what the lists in life do not hold themselves
	amounts table.Table[[]stamped] // empty without Config.Amounts
	wide    exact.Wide             // what the sums in life and window do not hold themselves
	later   int64                  // purchases and refunds after asOf

	touched int64 // see touch
}

// life is a customer's whole history up to asOf. It is 128 bytes, so that a
// purchase touches one page and, mostly, two neighbouring cache lines.
type life struct {
	first, last int64 // times of the first and the last purchase
	n           int64 // number of purchases
	total       exact.Sum
	recent      recentList // the first Config.Recent are in use
}

// windowed is what falls into the window.
type windowed struct {
	n   int64
	sum exact.Sum
}

// stamped is an amount with its moment.
type stamped struct {
	at     int64
	amount decimal.Decimal
}

func newColumns(op string, cfg Config) (columns, error) {
	cfg, err := cfg.fill(op)
	if err != nil {
		return columns{}, err
	}
	c := columns{cfg: cfg}
	c.setMoment(cfg.AsOf)
	c.recent.keep = cfg.Recent
	return c, nil
}

// setMoment sets the moment, and the window up to it.
func (c *columns) setMoment(asOf time.Time) {
	c.asOf = asOf.UnixNano()
	c.cfg.AsOf = rule.Moment(c.asOf)
	c.from = c.cfg.beginning()
}

// configured reports whether the columns have a configuration.
func (c *columns) configured() bool { return c.cfg.Recent > 0 }

// adopt takes o's configuration if c has none; another one is ErrMismatch.
func (c *columns) adopt(op string, o *columns) error {
	if !c.configured() {
		*c = columns{cfg: o.cfg, asOf: o.asOf, from: o.from}
		c.recent.keep = o.recent.keep
	}
	switch field, own, other := c.cfg.difference(o.cfg); field {
	case "":
		return nil
	case "AsOf":
		return fault.OtherMoment(op, c.cfg.AsOf, o.cfg.AsOf)
	default:
		return fault.Differs(op, field, own, other)
	}
}

// grow makes the columns hold slots below n.
func (c *columns) grow(n int) {
	c.life.Grow(n)
	if c.cfg.Window > 0 {
		c.window.Grow(n)
	}
	if c.cfg.Rolling {
		c.inside.Grow(n)
	}
	if c.cfg.Amounts {
		c.amounts.Grow(n)
	}
}

// add adds purchases that Purchase.Validate has passed, one column after the other; the
// columns have been grown to hold the slots.
func add[K clientele.ID](c *columns, slots []int32, batch []clientele.Purchase[K]) {
	c.touched += c.touch(slots)
	for i := range batch {
		p, l := &batch[i], c.life.At(slots[i])
		at := p.At.UnixNano()
		if at > c.asOf {
			c.later++
			continue
		}
		if p.Amount.Sign() >= 0 {
			l.bought(at)
			c.recent.add(&l.recent, at, p.Amount)
		}
		c.wide.Add(&l.total, p.Amount)
	}
	if c.cfg.Window > 0 {
		addWindow(c, slots, batch)
	}
	if c.cfg.Amounts {
		addAmounts(c, slots, batch)
	}
}

// touch loads the lives of some slots; the sum means nothing, see [table.Table.Touch].
func (c *columns) touch(slots []int32) int64 {
	return c.life.Touch(slots, func(l *life) int64 { return l.n + l.recent[1].amount })
}

func addWindow[K clientele.ID](c *columns, slots []int32, batch []clientele.Purchase[K]) {
	for i := range batch {
		p := &batch[i]
		if at := p.At.UnixNano(); at <= c.from || at > c.asOf {
			continue
		}
		w := c.window.At(slots[i])
		if p.Amount.Sign() >= 0 {
			w.n++
		}
		c.wide.Add(&w.sum, p.Amount)
		if c.cfg.Rolling {
			inside := c.inside.At(slots[i])
			*inside = append(*inside, stamped{p.At.UnixNano(), p.Amount})
		}
	}
}

func addAmounts[K clientele.ID](c *columns, slots []int32, batch []clientele.Purchase[K]) {
	for i, p := range batch {
		if at := p.At.UnixNano(); at <= c.asOf && p.Amount.Sign() >= 0 {
			a := c.amounts.At(slots[i])
			*a = append(*a, stamped{at, p.Amount})
		}
	}
}

// bought counts a purchase.
func (l *life) bought(at int64) {
	if l.n == 0 {
		l.first, l.last = at, at
	}
	l.n++
	l.first, l.last = min(l.first, at), max(l.last, at)
}

// facts returns what is known of a slot; its sums belong to c.wide.
func (c *columns) facts(slot int32) facts {
	l := c.life.At(slot)
	f := facts{
		asOf: c.asOf, from: c.from, first: l.first, last: l.last,
		n: l.n, inWindow: l.n, total: l.total, windowed: l.total,
	}
	if c.cfg.Window > 0 {
		w := c.window.At(slot)
		f.inWindow, f.windowed = w.n, w.sum
	}
	return f
}

func (c *columns) amountsOf(slot int32) []stamped {
	if !c.cfg.Amounts {
		return nil
	}
	return slices.Clip(*c.amounts.At(slot))
}

// empty reports whether nothing was recorded for a slot.
func (c *columns) empty(slot int32) bool {
	return int(slot) >= c.life.Len() || c.life.At(slot).n == 0 && c.wide.Sign(c.life.At(slot).total) == 0
}

// present reports whether a slot has a purchase, and so is in the base.
func (c *columns) present(slot int32) bool { return int(slot) < c.life.Len() && c.life.At(slot).n > 0 }

// reset empties the columns.
func (c *columns) reset() {
	c.life.Reset()
	c.window.Reset()
	c.inside.Reset()
	c.amounts.Reset()
	c.recent.reset()
	c.wide.Reset()
	c.later = 0
}

// clone copies the columns.
func (c *columns) clone() columns {
	d := *c
	d.life, d.window, d.amounts = c.life.Clone(), c.window.Clone(), table.CloneLists(&c.amounts)
	d.inside = table.CloneLists(&c.inside)
	d.recent = c.recent.clone()
	d.wide = c.wide.Clone()
	return d
}
