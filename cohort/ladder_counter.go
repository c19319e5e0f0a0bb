package cohort

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/exact"
)

// ladderDeal is a deal of a customer. Its sums belong to the counter that it is given
// to, which drops them.
type ladderDeal struct {
	mark            int64
	revenue, profit exact.Sum
	costed          bool // whether any cost is stated
}

// ladderCounter counts who made which deal.
type ladderCounter struct {
	cfg    *LadderConfig
	ruler  *ruler
	priced bool // whether deals have a profit

	rungs []rungTally
	wide  exact.Wide

	beyond, unsold, refunded exact.Sum

	deals, beyondDeals, unsoldDeals, refunds, sameDay, neverBought, later int
}

// rungTally counts the n-th deals.
type rungTally struct {
	next                  trials // of customers who are eligible, those who went on
	waits                 waits  // to the next deal
	check, change, profit moneySample
	uncosted              int
}

// climb counts all deals of a customer, which are in order of time.
func (c *ladderCounter) climb(deals []ladderDeal) {
	if c.ruler.byDay {
		n := len(deals)
		deals = c.joinDays(deals)
		c.sameDay += n - len(deals)
	}
	if len(deals) == 0 {
		c.neverBought++
	}
	c.deals += len(deals)
	for i := range deals {
		if i < c.cfg.MaxRungs {
			c.step(deals, i)
			continue
		}
		c.beyondDeals++
		c.wide.Join(&c.beyond, &c.wide, deals[i].revenue)
	}
	for i := range deals {
		c.wide.Drop(&deals[i].revenue)
		c.wide.Drop(&deals[i].profit)
	}
}

// joinDays joins the deals of each day, in order of days.
func (c *ladderCounter) joinDays(deals []ladderDeal) []ladderDeal {
	slices.SortStableFunc(deals, func(a, b ladderDeal) int { return cmp.Compare(a.mark, b.mark) })
	joined := deals[:0]
	for _, d := range deals {
		last := len(joined) - 1
		if last < 0 || joined[last].mark != d.mark {
			joined = append(joined, d)
			continue
		}
		day := &joined[last]
		c.wide.Join(&day.revenue, &c.wide, d.revenue)
		c.wide.Join(&day.profit, &c.wide, d.profit)
		c.wide.Drop(&d.revenue)
		c.wide.Drop(&d.profit)
		day.costed = day.costed || d.costed
	}
	return joined
}

// step counts a deal and whether the next one follows.
func (c *ladderCounter) step(deals []ladderDeal, i int) {
	if i == len(c.rungs) {
		c.rungs = append(c.rungs, rungTally{})
	}
	r, d := &c.rungs[i], &deals[i]
	r.check.add(&c.wide, d.revenue)
	if i > 0 {
		change := c.wide.Copy(&c.wide, d.revenue)
		c.wide.Deduct(&change, &c.wide, deals[i-1].revenue)
		r.change.add(&c.wide, change)
		c.wide.Drop(&change)
	}
	if c.priced {
		r.profit.add(&c.wide, d.profit)
		if !d.costed {
			r.uncosted++
		}
	}
	within := c.cfg.Within
	known := within == 0 || c.ruler.ended(d.mark, within)
	if known {
		r.next.n++
	}
	if i+1 == len(deals) {
		r.waits.add(c.ruler.waiting(d.mark))
		return
	}
	next := deals[i+1].mark
	r.waits.add(c.ruler.reached(d.mark, next))
	if known && (within == 0 || c.ruler.within(d.mark, next, within)) {
		r.next.k++
	}
}

// join adds what another counter has counted of purchases.
func (c *ladderCounter) join(o *ladderCounter) {
	if missing := len(o.rungs) - len(c.rungs); missing > 0 {
		c.rungs = append(c.rungs, make([]rungTally, missing)...)
	}
	for i := range o.rungs {
		c.rungs[i].join(&c.wide, &o.rungs[i], &o.wide)
	}
	c.wide.Join(&c.beyond, &o.wide, o.beyond)
	c.wide.Join(&c.refunded, &o.wide, o.refunded)
	c.deals += o.deals
	c.beyondDeals += o.beyondDeals
	c.refunds += o.refunds
	c.sameDay += o.sameDay
	c.neverBought += o.neverBought
	c.later += o.later
}

// join adds a tally of from, whose sums become those of w.
func (r *rungTally) join(w *exact.Wide, o *rungTally, from *exact.Wide) {
	r.next.add(o.next)
	r.waits.join(&o.waits)
	r.check.join(w, &o.check, from)
	r.change.join(w, &o.change, from)
	r.profit.join(w, &o.profit, from)
	r.uncosted += o.uncosted
}

// ladder is what was counted; there is at least one rung.
func (c *ladderCounter) ladder() *Ladder {
	l := &Ladder{
		Config: *c.cfg, Customers: int(c.rungs[0].check.n), Deals: c.deals,
		BeyondDeals: c.beyondDeals, BeyondRevenue: c.wide.Decimal(c.beyond),
		Unsold: c.unsoldDeals, UnsoldRevenue: c.wide.Decimal(c.unsold),
		Refunds: c.refunds, Refunded: c.wide.Decimal(c.refunded).Neg(),
		SameDay: c.sameDay, NeverBought: c.neverBought, Later: c.later,
	}
	for i := range c.rungs {
		rung := c.rung(&c.rungs[i])
		rung.Deal = i + 1
		l.Rungs = append(l.Rungs, rung)
	}
	return l
}

// rung is a tally as it is reported.
func (c *ladderCounter) rung(t *rungTally) Rung {
	level := c.cfg.Level
	r := Rung{
		Made: int(t.check.n), Eligible: int(t.next.n), Next: int(t.next.k), Conversion: t.next.share(level),
		Days:         t.waits.describe(),
		Median:       t.waits.curve(survival.Config{Level: level}).Median(),
		Revenue:      c.wide.Decimal(t.check.sum),
		AverageCheck: t.check.mean(&c.wide).estimate(level),
		Change:       t.change.mean(&c.wide).estimate(level),
	}
	if c.priced {
		r.Profit = &RungProfit{
			Total: c.wide.Decimal(t.profit.sum), PerDeal: t.profit.mean(&c.wide).estimate(level),
			Uncosted: t.uncosted,
		}
	}
	return r
}

// moneySample is a number of amounts, with their sum and that of their squares.
type moneySample struct {
	n            int64
	sum, squares exact.Sum
}

// add adds an amount; all sums belong to w.
func (s *moneySample) add(w *exact.Wide, amount exact.Sum) {
	s.n++
	w.Join(&s.sum, w, amount)
	w.AddSquare(&s.squares, amount)
}

// join adds a sample of from, whose sums become those of w.
func (s *moneySample) join(w *exact.Wide, o *moneySample, from *exact.Wide) {
	s.n += o.n
	w.Join(&s.sum, from, o.sum)
	w.Join(&s.squares, from, o.squares)
}

// mean is the mean amount.
func (s *moneySample) mean(w *exact.Wide) exactMean {
	n, sum := new(big.Rat).SetInt64(s.n), w.Decimal(s.sum).Rat()
	return linearised(s.n, sum, n, w.Decimal(s.squares).Rat(), sum, n)
}
