package basket

import (
	"slices"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
)

// Merge adds the baskets of o, which has the same configuration and currency
// ([clientele.ErrMismatch] otherwise, and nothing is changed). Baskets without a
// segment function take that of o. o is only read, unless it is b itself.
func (b *Baskets[K]) Merge(o *Baskets[K]) error {
	const op = "basket.Baskets.Merge"
	if o == nil {
		return fault.Of(op, "baskets", nil, rule.Want(rule.Missing, "baskets to add"))
	}
	if !o.configured() {
		return nil
	}
	c := &b.facts
	if c.made && c.cfg.By != o.facts.cfg.By {
		return fault.Differs(op, "By", c.cfg.By, o.facts.cfg.By)
	}
	if err := receipts.Agree(op, &c.currency, o.facts.currency); err != nil {
		return err
	}
	c.cfg, c.made = o.facts.cfg, true
	if b.segment == nil {
		b.segment = o.segment
	}
	c.skipped.add(o.facts.skipped)
	items := c.items.Join(&o.facts.items)
	for i, name := range slices.Clone(o.facts.segments.Names()) {
		from := o.facts.sheaves[i]
		to := c.sheaf(name)
		for run := range from.all {
			to.bind(func(to []int32) []int32 {
				for _, id := range run {
					to = append(to, items[id])
				}
				return to
			})
		}
	}
	return nil
}

func (s *Skipped) add(o Skipped) {
	from := o.counts()
	for i, n := range s.counts() {
		*n += *from[i]
	}
}

// Reset forgets all receipts and keeps the configuration and the segment function.
func (b *Baskets[K]) Reset() {
	b.facts = basketFacts{cfg: b.facts.cfg, made: b.facts.made}
}

// Clone returns baskets with the same facts, configuration and segment function.
func (b *Baskets[K]) Clone() *Baskets[K] {
	if b == nil {
		return nil
	}
	c := b.facts
	c.items, c.segments = c.items.Clone(), c.segments.Clone()
	c.sheaves = slices.Clone(c.sheaves)
	for i := range c.sheaves {
		c.sheaves[i].runs = slices.Clone(c.sheaves[i].runs)
	}
	return &Baskets[K]{segment: b.segment, facts: c}
}
