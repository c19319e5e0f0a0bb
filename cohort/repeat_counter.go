package cohort

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/internal/double"
	"github.com/clientele-go/clientele/internal/exact"
)

// repeatCounter counts the customers of some sections for [Activity.Repeat].
type repeatCounter struct {
	book  *book
	ruler *ruler
	early []clientele.Days

	keys              map[uint32]*repeatTally // by number of the label
	perCustomer       map[int]int
	toSecond, between []float64
	wide              exact.Wide
	outside           exact.Sum

	sameDay, neverBought, later int // see Repeat

	marks []int64 // of the present customer
}

// repeatTally counts the customers of a key.
type repeatTally struct {
	customers, purchases, repeaters int
	revenue                         exact.Sum
	early                           []trials // by the days of RepeatConfig.Early
}

// tally of a key.
func (c *repeatCounter) tally(key uint32) *repeatTally {
	t := c.keys[key]
	if t == nil {
		t = &repeatTally{early: make([]trials, len(c.early))}
		c.keys[key] = t
	}
	return t
}

// visit counts one customer.
func (c *repeatCounter) visit(who customer) {
	own, later := upTo(who.own, c.ruler.asOf)
	c.later += later
	if len(own) == 0 {
		return
	}
	_, key, ok := c.book.origin(customer{who.slot, own})
	if !ok {
		c.neverBought++
		c.book.addAmounts(&c.wide, &c.outside, own)
		return
	}
	marks, purchases := c.ruler.marks(c.marks, own)
	c.marks = marks
	c.sameDay += purchases - len(marks)
	c.perCustomer[len(marks)]++
	c.follow(marks)
	t := c.tally(key)
	c.book.addAmounts(&c.wide, &t.revenue, own)
	t.count(c, marks)
}

// follow notes the days from each purchase to the next.
func (c *repeatCounter) follow(marks []int64) {
	for i := range marks[1:] {
		days := c.ruler.days(marks[i], marks[i+1])
		if i == 0 {
			c.toSecond = append(double.Grow(c.toSecond), days)
		}
		c.between = append(double.Grow(c.between), days)
	}
}

// count counts a customer with these purchases.
func (t *repeatTally) count(c *repeatCounter, marks []int64) {
	t.customers++
	t.purchases += len(marks)
	if len(marks) > 1 {
		t.repeaters++
	}
	for i, days := range c.early {
		if !c.ruler.ended(marks[0], days) {
			break
		}
		t.early[i].n++
		if len(marks) > 1 && c.ruler.within(marks[0], marks[1], days) {
			t.early[i].k++
		}
	}
}

// join adds what another counter has counted.
func (c *repeatCounter) join(o *repeatCounter) {
	for key, t := range o.keys {
		c.tally(key).join(&c.wide, t, &o.wide)
	}
	for n, customers := range o.perCustomer {
		c.perCustomer[n] += customers
	}
	c.toSecond = append(c.toSecond, o.toSecond...)
	c.between = append(c.between, o.between...)
	c.wide.Join(&c.outside, &o.wide, o.outside)
	c.sameDay, c.neverBought, c.later = c.sameDay+o.sameDay, c.neverBought+o.neverBought, c.later+o.later
}

// join adds a tally of from, whose sums become those of w.
func (t *repeatTally) join(w *exact.Wide, o *repeatTally, from *exact.Wide) {
	t.customers += o.customers
	t.purchases += o.purchases
	t.repeaters += o.repeaters
	w.Join(&t.revenue, from, o.revenue)
	for i := range t.early {
		t.early[i].add(o.early[i])
	}
}

// report is what was counted.
func (c *repeatCounter) report(cfg RepeatConfig) *Repeat {
	r := &Repeat{
		Config: cfg, OutsideRevenue: c.wide.Decimal(c.outside), SameDay: c.sameDay, NeverBought: c.neverBought, Later: c.later,
		ToSecond: describe(c.toSecond), Between: describe(c.between),
	}
	names := c.book.labels.Names()
	top, rest := topOf(slices.Collect(maps.Keys(c.keys)), cfg.Top, func(x, y uint32) int {
		return cmp.Or(cmp.Compare(c.keys[y].customers, c.keys[x].customers), strings.Compare(names[x], names[y]))
	})
	total, other := repeatTally{early: make([]trials, len(c.early))}, repeatTally{early: make([]trials, len(c.early))}
	for _, key := range top {
		total.join(&c.wide, c.keys[key], &c.wide)
		r.Keys = append(r.Keys, c.keys[key].group(c, names[key], cfg.Level))
	}
	for _, key := range rest {
		other.join(&c.wide, c.keys[key], &c.wide)
	}
	if len(rest) > 0 {
		total.join(&c.wide, &other, &c.wide)
		r.Other = new(other.group(c, "", cfg.Level))
	}
	slices.SortFunc(r.Keys, func(g, h RepeatGroup) int { return strings.Compare(g.Key, h.Key) })
	r.Total = total.group(c, "", cfg.Level)
	for _, n := range slices.Sorted(maps.Keys(c.perCustomer)) {
		r.PerCustomer = append(r.PerCustomer, PurchaseCount{Purchases: n, Customers: c.perCustomer[n]})
	}
	return r
}

// group is a tally as it is reported.
func (t *repeatTally) group(c *repeatCounter, key string, level float64) RepeatGroup {
	oneTime := t.customers - t.repeaters
	g := RepeatGroup{
		Key: key, Customers: t.customers, Purchases: t.purchases, Revenue: c.wide.Decimal(t.revenue),
		Repeaters: t.repeaters, Rate: trials{int64(t.repeaters), int64(t.customers)}.share(level),
		OneTime: oneTime, OneTimeShare: trials{int64(oneTime), int64(t.customers)}.share(level),
	}
	for i, days := range c.early {
		e := t.early[i]
		g.Early = append(g.Early, EarlyRepeat{Within: days, Eligible: int(e.n), Repeaters: int(e.k), Rate: e.share(level)})
	}
	return g
}
