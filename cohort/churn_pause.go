package cohort

import (
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
)

// pauseCount counts the pauses of some sections, see [Activity.ChurnEvents].
type pauseCount struct {
	book     *book
	patience *patience
	asOf     int64
	within   uint64
	met      *statements

	base  pauseTally
	kinds []pauseTally
	wide  exact.Wide
	own   []ownPauses // of one customer, by kind; used again

	soon, open, before, after, outside, never, later int // see ChurnEventReport
}

// ownPauses are the pauses of one customer in which a kind of event happened.
type ownPauses struct {
	kind   uint32
	events int
	last   int64 // number of the latest of them, from 1
	trials
}

// visit counts one customer.
func (c *pauseCount) visit(who customer) {
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
			c.never++
		}
		return
	}
	c.own = c.own[:0]
	all := c.pauses(own, met)
	if all.n > 0 {
		c.settle(own, all)
	}
}

// pauses counts the pauses of a customer and the events in them.
func (c *pauseCount) pauses(own []payment, met []statement) (all trials) {
	for s := range c.patience.silences(own) {
		for len(met) > 0 && met[0].at < s.at {
			c.outside++
			met = met[1:]
		}
		switch {
		case s.next != forever && uint64(s.next)-uint64(s.at) <= c.within:
			c.soon++
			continue
		case uint64(c.asOf)-uint64(s.at) <= s.allowed:
			c.open++
			continue
		}
		lost := int64(0)
		if _, gone := s.lapse(c.asOf); gone {
			lost = 1
		}
		all.n++
		all.k += lost
		for len(met) > 0 && uint64(met[0].at)-uint64(s.at) <= c.within {
			c.happened(met[0].kind, all.n, lost)
			met = met[1:]
		}
	}
	c.outside += len(met)
	return all
}

// happened counts an event in a pause of the present customer.
func (c *pauseCount) happened(kind uint32, pause, lost int64) {
	i := slices.IndexFunc(c.own, func(o ownPauses) bool { return o.kind == kind })
	if i < 0 {
		i = len(c.own)
		c.own = append(c.own, ownPauses{kind: kind})
	}
	o := &c.own[i]
	o.events++
	if o.last != pause {
		o.last = pause
		o.n++
		o.k += lost
	}
}

// settle adds the present customer, who has pauses, to the tallies.
func (c *pauseCount) settle(own []payment, all trials) {
	c.base.add(all, all)
	if len(c.own) == 0 {
		return
	}
	var money exact.Sum
	for i := range own {
		c.book.addAmount(&c.wide, &money, &own[i])
	}
	for _, o := range c.own {
		t := &c.kinds[o.kind]
		t.add(o.trials, all)
		t.events += o.events
		c.wide.Join(&t.revenue, &c.wide, money)
	}
	c.wide.Drop(&money)
}

func (c *pauseCount) join(o *pauseCount) {
	c.base.join(&o.base)
	for i := range c.kinds {
		t, from := &c.kinds[i], &o.kinds[i]
		t.join(from)
		t.events += from.events
		c.wide.Join(&t.revenue, &o.wide, from.revenue)
	}
	c.soon, c.open = c.soon+o.soon, c.open+o.open
	c.before, c.after, c.outside = c.before+o.before, c.after+o.after, c.outside+o.outside
	c.never, c.later = c.never+o.never, c.later+o.later
}
