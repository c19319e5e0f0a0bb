package cohort

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/exact"
)

// pauseCounter counts the pauses of some sections, see [Activity.ChurnEvents].
type pauseCounter struct {
	book     *book
	patience *patience
	asOf     int64
	within   uint64
	met      *statements

	base  pauseTally
	kinds []pauseTally
	wide  exact.Wide
	own   []ownPauses // of one customer, by kind; used again

	soon, open, before, after, outside, neverBought, later int // see ChurnEventReport
}

// ownPauses are the pauses of one customer in which a kind of event happened.
type ownPauses struct {
	kind   uint32
	events int
	last   int64 // number of the latest such pause, from 1
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
	c.own = c.own[:0]
	all := c.pauses(own, met)
	if all.n > 0 {
		c.settle(own, all)
	}
}

// pauses counts the pauses of a customer and the events in them.
func (c *pauseCounter) pauses(own []payment, met []statement) (all trials) {
	for s := range c.patience.silences(own) {
		for len(met) > 0 && met[0].at < s.from {
			c.outside++
			met = met[1:]
		}
		switch {
		case s.until != forever && uint64(s.until)-uint64(s.from) <= c.within:
			c.soon++
			continue
		case uint64(c.asOf)-uint64(s.from) <= s.allowed:
			c.open++
			continue
		}
		lost := int64(0)
		if _, gone := s.lapse(c.asOf); gone {
			lost = 1
		}
		all.add(trials{lost, 1})
		for len(met) > 0 && uint64(met[0].at)-uint64(s.from) <= c.within {
			c.happened(met[0].kind, all.n, lost)
			met = met[1:]
		}
	}
	c.outside += len(met)
	return all
}

// happened counts an event in a pause of the present customer.
func (c *pauseCounter) happened(kind uint32, pause, lost int64) {
	i := slices.IndexFunc(c.own, func(o ownPauses) bool { return o.kind == kind })
	if i < 0 {
		i = len(c.own)
		c.own = append(c.own, ownPauses{kind: kind})
	}
	o := &c.own[i]
	o.events++
	if o.last != pause {
		o.last = pause
		o.add(trials{lost, 1})
	}
}

// settle adds the present customer, who has pauses, to the tallies.
func (c *pauseCounter) settle(own []payment, all trials) {
	c.base.add(all, all)
	if len(c.own) == 0 {
		return
	}
	var revenue exact.Sum
	c.book.addAmounts(&c.wide, &revenue, own)
	for _, o := range c.own {
		t := &c.kinds[o.kind]
		t.add(o.trials, all)
		t.events += o.events
		c.wide.Join(&t.revenue, &c.wide, revenue)
	}
	c.wide.Drop(&revenue)
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

// report is what was counted.
func (c *pauseCounter) report(cfg ChurnEventConfig) *ChurnEventReport {
	base := &c.base
	r := &ChurnEventReport{
		Config: cfg, Pauses: int(base.all.n), Lost: int(base.all.k), Customers: int(base.customers), Rate: base.rate(cfg.Level),
		Soon: c.soon, Open: c.open, Before: c.before, After: c.after, OutsidePauses: c.outside, NeverBought: c.neverBought, Later: c.later,
		Kinds: make([]ChurnEventGroup, 0, len(c.kinds)),
	}
	for _, kind := range c.met.numbers() {
		r.Kinds = append(r.Kinds, c.group(kind, cfg.Level))
	}
	if c.met.rest != nil {
		r.Other = new(c.group(len(c.met.rest), cfg.Level))
	}
	slices.SortFunc(r.Kinds, func(e, f ChurnEventGroup) int {
		return cmp.Or(cmp.Compare(f.Lift.Lo, e.Lift.Lo), cmp.Compare(f.Lift.Value, e.Lift.Value), strings.Compare(e.Kind, f.Kind))
	})
	return r
}

// group is the tally of a kind as it is reported.
func (c *pauseCounter) group(kind int, level float64) ChurnEventGroup {
	t := &c.kinds[kind]
	return ChurnEventGroup{
		Kind: c.met.name(kind), Events: t.events, Pauses: int(t.all.n), Lost: int(t.all.k),
		Customers: int(t.customers), Revenue: c.wide.Decimal(t.revenue),
		Rate: t.rate(level), Lift: t.lift(&c.base, level),
	}
}

// compare orders kinds: most pauses first, then by name.
func (c *pauseCounter) compare(x, y int) int {
	return cmp.Or(cmp.Compare(c.kinds[y].all.n, c.kinds[x].all.n), strings.Compare(c.met.name(x), c.met.name(y)))
}
