package cohort

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/internal/interval"
)

// report is what was counted.
func (c *pauseCounter) report(cfg ChurnEventConfig) (*ChurnEventReport, error) {
	base := &c.base
	r := &ChurnEventReport{
		Config: cfg, Pauses: int(base.all.n), Lost: int(base.all.k), Customers: int(base.customers), Rate: base.rate(cfg.Level),
		Soon: c.soon, Open: c.open, Before: c.before, After: c.after, OutsidePauses: c.outside, NeverBought: c.neverBought, Later: c.later,
		Kinds: make([]ChurnEventGroup, 0, len(c.kinds)),
	}
	c.describe(r)
	whole := base.whole()
	for _, kind := range c.met.numbers() {
		r.Kinds = append(r.Kinds, c.group(kind, whole, cfg.Level))
	}
	if c.met.rest != nil {
		r.Other = new(c.group(len(c.met.rest), whole, cfg.Level))
	}
	slices.SortFunc(r.Kinds, func(e, f ChurnEventGroup) int {
		return cmp.Or(cmp.Compare(f.Lift.Lo, e.Lift.Lo), cmp.Compare(f.Lift.Value, e.Lift.Value), strings.Compare(e.Kind, f.Kind))
	})
	return r, r.adjust()
}

// describe says which strata there are.
func (c *pauseCounter) describe(r *ChurnEventReport) {
	if without := c.base.strata[unplaced]; without != nil {
		r.WithoutInterval = int(without.n)
	}
	if c.strata.none() {
		return
	}
	for _, i := range c.base.placedIn() {
		s, d := c.base.strata[i], c.strata.described(i)
		d.Pauses, d.Lost, d.Rate = int(s.n), int(s.k), interval.Wilson(s.k, s.n, r.Config.Level)
		r.Strata = append(r.Strata, d)
	}
}

// group is the tally of a kind as it is reported.
func (c *pauseCounter) group(kind int, whole *pauseTally, level float64) ChurnEventGroup {
	t := &c.kinds[kind]
	lift := t.lift(&c.base, level)
	crude := lift
	if !c.strata.none() {
		crude = t.whole().lift(whole, level)
	}
	return ChurnEventGroup{
		Kind: c.met.name(kind), Events: t.events, Pauses: int(t.all.n), Lost: int(t.all.k),
		Customers: int(t.customers), Revenue: c.wide.Decimal(t.revenue),
		Rate: t.rate(level), Lift: lift.Estimate, P: lift.p, Compared: int(lift.compared),
		Crude: crude.Estimate,
	}
}

// adjust raises the p-values of all lifts for their number.
func (r *ChurnEventReport) adjust() error {
	var tested []*ChurnEventGroup
	var p []float64
	for _, g := range r.groups() {
		g.Adjusted = g.P
		if g.Lift.Level > 0 {
			tested, p = append(tested, g), append(p, g.P)
		}
	}
	adjusted, err := r.Config.Adjust.Adjust(p)
	for i := range adjusted {
		tested[i].Adjusted = adjusted[i]
	}
	return err
}
