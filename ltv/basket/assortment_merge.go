package basket

import (
	"maps"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
)

// Merge adds the sales of o, which has the same configuration and currency
// ([clientele.ErrMismatch] otherwise, and nothing is changed). An assortment without a
// segment function takes that of o. o is only read, unless it is a itself.
func (a *Assortment[K]) Merge(o *Assortment[K]) error {
	const op = "basket.Assortment.Merge"
	if o == nil {
		return fault.Missing(op, "assortment")
	}
	if o.facts.calendar == nil {
		return nil
	}
	if a.facts.calendar != nil && a.facts.cfg != o.facts.cfg {
		return &clientele.InputError{Op: op, Index: -1, Field: "Config", Value: o.facts.cfg, Err: clientele.ErrMismatch}
	}
	if err := receipts.Agree(op, &a.facts.currency, o.facts.currency); err != nil {
		return err
	}
	if a.facts.calendar == nil {
		a.facts = newAssortmentFacts(o.facts.calendar)
		a.facts.currency = o.facts.currency
	}
	if a.segment == nil {
		a.segment = o.segment
	}
	a.facts.merge(&o.facts)
	return nil
}

// merge adds o's columns to c's, which may be the same.
func (c *assortmentFacts) merge(o *assortmentFacts) {
	c.void += o.void
	for place, from := range o.sales {
		c.sale(place.period, c.number(o.articles[place.article])).join(&c.wide, &o.wide, *from)
	}
	for period, from := range o.periods {
		c.inPeriod(period).join(&c.wide, &o.wide, *from)
	}
	for label, from := range o.segments {
		to := c.segment(label)
		to.receipts += from.receipts
		for name, share := range from.categories {
			to.category(name).join(&c.wide, &o.wide, *share)
		}
	}
}

// join adds u, whose sums are from's, to t, whose sums are w's.
func (t *articleTab) join(w, from *exact.Wide, u articleTab) {
	w.Join(&t.units, from, u.units)
	w.Join(&t.revenue, from, u.revenue)
	t.receipts += u.receipts
}

// join adds u, whose sums are from's, to t, whose sums are w's.
func (t *periodTab) join(w, from *exact.Wide, u periodTab) {
	w.Join(&t.other, from, u.other)
	t.receipts += u.receipts
	t.refunds += u.refunds
	t.empty += u.empty
}

// join adds u, whose sums are from's, to t, whose sums are w's.
func (t *shareTab) join(w, from *exact.Wide, u shareTab) {
	w.Join(&t.revenue, from, u.revenue)
	t.receipts += u.receipts
}

// Reset forgets all receipts and keeps the configuration and the segment function.
func (a *Assortment[K]) Reset() {
	if a.facts.calendar != nil {
		a.facts = newAssortmentFacts(a.facts.calendar)
	}
}

// Clone returns an assortment with the same facts, configuration and segment function.
func (a *Assortment[K]) Clone() *Assortment[K] {
	c := a.facts
	c.wide = a.facts.wide.Clone()
	c.articles, c.numbers = slices.Clone(c.articles), maps.Clone(c.numbers)
	c.sales, c.periods = copied(c.sales), copied(c.periods)
	c.segments = copied(c.segments)
	for _, s := range c.segments {
		s.categories = copied(s.categories)
	}
	return &Assortment[K]{segment: a.segment, facts: c}
}

// copied returns a map to copies of the values.
func copied[K comparable, V any](m map[K]*V) map[K]*V {
	m = maps.Clone(m)
	for key, value := range m {
		m[key] = new(*value)
	}
	return m
}
