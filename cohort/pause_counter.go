package cohort

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/exact"
)

// pauseCounter counts the pauses of some sections, see [Activity.ChurnEvents].
type pauseCounter struct {
	*pauseFinder
	book   *book
	strata *pauseStrata
	met    *statements

	base  pauseTally
	kinds []pauseTally
	wide  exact.Wide
	own   []ownPauses     // of one customer; used again
	all   []stratumPauses // of the customer, in ascending order; used again

	soon, open, before, after, outside, neverBought, later int // see ChurnEventReport
}

// ownPauses are the pauses of one customer in a stratum in which a kind of event happened.
type ownPauses struct {
	kind    uint32
	stratum int
	events  int
	last    int // number of the latest such pause, from 1
	trials
}

// visit counts one customer.
func (c *pauseCounter) visit(who customer) {
	own, later := upTo(who.own, c.asOf)
	c.later += later
	met := c.met.of(who.slot)
	c.met.bought[who.slot] = nextPurchase(who.own, 0) < len(who.own)
	for len(met) > 0 && met[len(met)-1].at > c.asOf {
		c.after++
		met = met[:len(met)-1]
	}
	first := nextPurchase(own, 0)
	for len(met) > 0 && (first == len(own) || met[0].at < own[first].at) {
		c.before++
		met = met[1:]
	}
	if first == len(own) {
		if len(own) > 0 {
			c.neverBought++
		}
		return
	}
	c.own, c.all = c.own[:0], c.all[:0]
	c.pauses(who.slot, own, met)
	if len(c.all) > 0 {
		c.settle(own)
	}
}

// pauses counts the pauses of a customer and the events in them.
func (c *pauseCounter) pauses(slot int32, own []payment, met []statement) {
	n := 0
	for s := range c.patience.silences(own) {
		for len(met) > 0 && met[0].at < s.from {
			c.outside++
			met = met[1:]
		}
		switch c.state(s) {
		case pauseSoon:
			c.soon++
			continue
		case pauseOpen:
			c.open++
			continue
		}
		one := trials{n: 1}
		if _, gone := s.lapse(c.asOf); gone {
			one.k = 1
		}
		n++
		stratum := c.strata.of(slot, s.interval)
		c.in(stratum).all.add(one)
		for len(met) > 0 && uint64(met[0].at)-uint64(s.from) <= c.within {
			c.happened(met[0].kind, stratum, n, one)
			met = met[1:]
		}
	}
	c.outside += len(met)
}

// in are the pauses of the present customer in a stratum.
func (c *pauseCounter) in(stratum int) *stratumPauses {
	i, found := slices.BinarySearchFunc(c.all, stratum, func(p stratumPauses, stratum int) int { return cmp.Compare(p.stratum, stratum) })
	if !found {
		c.all = slices.Insert(c.all, i, stratumPauses{stratum: stratum})
	}
	return &c.all[i]
}

// happened counts an event in a pause of the present customer.
func (c *pauseCounter) happened(kind uint32, stratum, pause int, one trials) {
	i := slices.IndexFunc(c.own, func(o ownPauses) bool { return o.kind == kind && o.stratum == stratum })
	if i < 0 {
		i = len(c.own)
		c.own = append(c.own, ownPauses{kind: kind, stratum: stratum})
	}
	o := &c.own[i]
	o.events++
	if o.last != pause {
		o.last = pause
		o.add(one)
	}
}

// settle adds the present customer, who has pauses, to the tallies.
func (c *pauseCounter) settle(own []payment) {
	c.of(func(p *stratumPauses) { p.of = p.all })
	c.base.add(c.all)
	if len(c.own) == 0 {
		return
	}
	var revenue exact.Sum
	c.book.addAmounts(&c.wide, &revenue, own)
	slices.SortFunc(c.own, func(o, p ownPauses) int { return cmp.Compare(o.kind, p.kind) })
	for i := 0; i < len(c.own); {
		kind := c.own[i].kind
		t := &c.kinds[kind]
		c.of(func(p *stratumPauses) { p.of = trials{} })
		for ; i < len(c.own) && c.own[i].kind == kind; i++ {
			c.in(c.own[i].stratum).of = c.own[i].trials
			t.events += c.own[i].events
		}
		t.add(c.all)
		c.wide.Join(&t.revenue, &c.wide, revenue)
	}
	c.wide.Drop(&revenue)
}

// of changes the present customer's pauses in all strata.
func (c *pauseCounter) of(change func(*stratumPauses)) {
	for i := range c.all {
		change(&c.all[i])
	}
}

// join adds what another counter has counted.
func (c *pauseCounter) join(o *pauseCounter) {
	c.base.join(&c.wide, &o.base, &o.wide)
	for i := range c.kinds {
		c.kinds[i].join(&c.wide, &o.kinds[i], &o.wide)
	}
	c.soon, c.open = c.soon+o.soon, c.open+o.open
	c.before, c.after, c.outside = c.before+o.before, c.after+o.after, c.outside+o.outside
	c.neverBought, c.later = c.neverBought+o.neverBought, c.later+o.later
}

// compare orders kinds: most pauses first, then by name.
func (c *pauseCounter) compare(x, y int) int {
	return cmp.Or(cmp.Compare(c.kinds[y].all.n, c.kinds[x].all.n), strings.Compare(c.met.name(x), c.met.name(y)))
}
