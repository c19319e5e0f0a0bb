package basket

import (
	"maps"
	"slices"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/table"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
)

// Merge adds the sales of o. An assortment without a segment function takes that of o. o is
// only read, unless it is a itself. Merge returns [clientele.ErrMismatch] if the
// configurations or the currencies differ, and changes nothing then.
func (a *Assortment[K]) Merge(o *Assortment[K]) error {
	const op = "basket.Assortment.Merge"
	if o == nil {
		return fault.Of(op, "assortment", nil, rule.Want(rule.Missing, "an assortment to add"))
	}
	if !o.configured() {
		return nil
	}
	if a.configured() {
		if field, own, other := a.facts.cfg.difference(o.facts.cfg); field != "" {
			return fault.Differs(op, field, own, other)
		}
	}
	if err := receipts.Agree(op, &a.facts.currency, o.facts.currency); err != nil {
		return err
	}
	if !a.configured() {
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
	for key, from := range o.sales {
		c.sale(key.period, c.number(o.articles[key.article])).join(&c.wide, &o.wide, *from)
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
	if a.configured() {
		a.facts = newAssortmentFacts(a.facts.calendar)
	}
}

// Clone returns an assortment with the same facts, configuration and segment function.
func (a *Assortment[K]) Clone() *Assortment[K] {
	if a == nil {
		return nil
	}
	c := a.facts
	c.wide = a.facts.wide.Clone()
	c.articles, c.numbers = slices.Clone(c.articles), maps.Clone(c.numbers)
	c.sales, c.periods = table.CloneMap(c.sales), table.CloneMap(c.periods)
	c.segments = table.CloneMap(c.segments)
	for _, s := range c.segments {
		s.categories = table.CloneMap(s.categories)
	}
	return &Assortment[K]{segment: a.segment, facts: c}
}
