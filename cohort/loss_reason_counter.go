package cohort

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
)

// lossReasonCounter counts the customers of some sections for [Activity.LossReasons].
type lossReasonCounter struct {
	book     *book
	patience *patience
	asOf     int64
	said     *statements

	base  trials // customers who are not young, of whom k are lost
	kinds []lossReasonTally
	wide  exact.Wide

	stated, young, neverBought, later, notYet int // see LossReasonReport
}

// lossReasonTally counts the customers who gave a reason.
type lossReasonTally struct {
	trials  // customers who are not young, of whom k are lost
	revenue exact.Sum
}

// visit counts one customer.
func (c *lossReasonCounter) visit(who customer) {
	own, later := upTo(who.own, c.asOf)
	c.later += later
	said := c.said.of(who.slot)
	c.said.bought[who.slot] = nextPurchase(who.own, 0) < len(who.own)
	first := nextPurchase(own, 0)
	if first == len(own) {
		if len(own) > 0 {
			c.neverBought++
		}
		if len(said) > 0 {
			c.notYet++
		}
		return
	}
	if c.patience.isYoung(own[first].at, c.asOf) {
		c.young++
		return
	}
	one := trials{n: 1}
	if c.patience.lost(own, c.asOf) {
		one.k = 1
	}
	c.base.add(one)
	if len(said) == 0 {
		return
	}
	c.stated += int(one.k)
	var revenue exact.Sum
	c.book.addAmounts(&c.wide, &revenue, own)
	for i, reason := range said {
		if slices.ContainsFunc(said[:i], func(s statement) bool { return s.kind == reason.kind }) {
			continue
		}
		t := &c.kinds[reason.kind]
		t.add(one)
		c.wide.Join(&t.revenue, &c.wide, revenue)
	}
	c.wide.Drop(&revenue)
}

// join adds what another counter has counted.
func (c *lossReasonCounter) join(o *lossReasonCounter) {
	c.base.add(o.base)
	c.stated, c.young = c.stated+o.stated, c.young+o.young
	c.neverBought, c.later, c.notYet = c.neverBought+o.neverBought, c.later+o.later, c.notYet+o.notYet
	for i := range c.kinds {
		t, from := &c.kinds[i], &o.kinds[i]
		t.add(from.trials)
		c.wide.Join(&t.revenue, &o.wide, from.revenue)
	}
}

// report is what was counted.
func (c *lossReasonCounter) report(cfg ChurnConfig) *LossReasonReport {
	r := &LossReasonReport{
		Config: cfg, Customers: int(c.base.n), Lost: int(c.base.k), Rate: interval.Wilson(c.base.k, c.base.n, cfg.Level),
		WithReason: c.stated, WithoutReason: int(c.base.k) - c.stated,
		Young: c.young, NeverBought: c.neverBought, Later: c.later, NotYet: c.notYet,
		Reasons: make([]LossReasonGroup, 0, len(c.kinds)),
	}
	kinds := c.said.numbers()
	slices.SortFunc(kinds, c.compare)
	for _, kind := range kinds {
		r.Reasons = append(r.Reasons, c.group(kind, cfg.Level))
	}
	if c.said.rest != nil {
		r.Other = new(c.group(len(c.said.rest), cfg.Level))
	}
	return r
}

// compare orders reasons: most lost customers first, then by name.
func (c *lossReasonCounter) compare(x, y int) int {
	return cmp.Or(cmp.Compare(c.kinds[y].k, c.kinds[x].k), strings.Compare(c.said.name(x), c.said.name(y)))
}

// group is the tally of a reason as it is reported.
func (c *lossReasonCounter) group(kind int, level float64) LossReasonGroup {
	t := &c.kinds[kind]
	g := LossReasonGroup{
		Reason: c.said.name(kind), Customers: int(t.n), Lost: int(t.k), Revenue: c.wide.Decimal(t.revenue),
	}
	if c.stated > 0 {
		g.Share = interval.Wilson(t.k, int64(c.stated), level)
	}
	if t.n > 0 {
		g.Rate = interval.Wilson(t.k, t.n, level)
		if others := (trials{c.base.k - t.k, c.base.n - t.n}); others.k > 0 {
			g.Lift = interval.RiskRatio(t.k, t.n, others.k, others.n, level)
		}
	}
	return g
}
