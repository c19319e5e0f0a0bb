package ltv

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
)

// Equity is what a base will bring: the sum of its customers' values.
type Equity struct {
	Total  GroupEquity   `json:"total"`  // all customers
	Groups []GroupEquity `json:"groups"` // the groups, in ascending order of labels

	// Warnings do not stop the computation, each a [Warning]: of kind
	// [SpendNotPositive] about customers without a value.
	Warnings []error `json:"warnings,omitempty"`
}

// GroupEquity is what a group of customers will bring, or all of them.
type GroupEquity struct {
	Group     string             `json:"group"`              // label of the group; "" of all customers
	Customers int                `json:"customers"`          // number of customers in the group
	Unvalued  int                `json:"unvalued,omitempty"` // number of customers without a value, see [Forecast]
	Alive     float64            `json:"alive"`              // expected number of customers who have not dropped out
	Purchases clientele.Estimate `json:"purchases"`          // expected purchases in the horizon; 0 for a horizon without end
	Value     clientele.Estimate `json:"value"`              // discounted profit in the horizon
	Share     float64            `json:"share"`              // share of the total value, from 0 to 1; 0 where the total is 0
}

// NewEquity adds up the forecasts of a base, in all and by group: a segment, a channel or
// a cohort, as group says, such as [Summaries.Group]; nil = all customers are one group.
// The summaries are in the unit of time of the models. NewEquity takes O(groups) memory.
//
// Intervals, where the forecaster makes any, are those of the normal distribution.
// Their variance is the sum of two: that of the customers' futures, which are
// independent of each other, and that of the parameters, which all customers share.
// Both are estimated from all distinct summaries of a group, or if there are more than
// 2,048 from as many customers, spread evenly over up to 8,192 of the summaries, and
// scaled up. The order of customers changes nothing, to the last bit.
//
// Customers without a value, since their mean spend is negative, count as customers with
// their purchases, and add nothing to the value: Equity.Warnings says how many they are and
// names the first few in order of ids. ForecastConfig.Strict refuses them.
//
// NewEquity stops at the first customer who cannot be forecast, with a
// [clientele.InputError] that has the customer's position. It returns [clientele.ErrEmpty]
// for a base without customers.
func NewEquity[K clientele.ID](f *Forecaster, base iter.Seq2[K, Summary], group func(K) string) (Equity, error) {
	switch {
	case !f.configured():
		return Equity{}, fault.Of(opEquity, "forecaster", nil, errNoForecaster)
	case base == nil:
		return Equity{}, fault.Of(opEquity, "base", nil, errNoBase)
	case group == nil:
		group = func(K) string { return "" }
	}
	sum := newBaseSum(f)
	var without unvalued[K]
	for id, s := range base {
		if !f.now.values(s) {
			without.add(id, s.Monetary)
		}
		if err := sum.add(group(id), s); err != nil {
			return Equity{}, err
		}
	}
	if err := sum.flush(); err != nil {
		return Equity{}, err
	}
	if len(sum.groups) == 0 {
		return Equity{}, fault.Of(opEquity, "base", nil, errNoCustomers)
	}
	out, err := sum.equity()
	if err != nil {
		return Equity{}, err
	}
	out.Warnings = without.warnings(out.Total.Customers)
	return out, nil
}

const (
	opEquity = "ltv.NewEquity"

	// equityBatch is how many customers are forecast at once.
	equityBatch = 1 << 15
)

// baseSum adds up the forecasts of a base.
type baseSum struct {
	f         *Forecaster
	quick     *Forecaster // the same without intervals
	groups    map[string]*groupSum
	batch     []Summary
	labels    []string
	forecasts []Forecast
	done      int // customers before the batch
}

func newBaseSum(f *Forecaster) *baseSum {
	return &baseSum{f: f, quick: f.Quick(), groups: make(map[string]*groupSum), forecasts: make([]Forecast, equityBatch)}
}

func (b *baseSum) add(label string, s Summary) error {
	b.batch, b.labels = append(b.batch, s), append(b.labels, label)
	if len(b.batch) < equityBatch {
		return nil
	}
	return b.flush()
}

// flush forecasts the batch and adds it to the groups.
func (b *baseSum) flush() error {
	if err := b.quick.Batch(b.batch, b.forecasts[:len(b.batch)]); err != nil {
		if in, ok := err.(*clientele.InputError); ok {
			return indexed(b.done+in.Index, fault.Renamed(opEquity, err))
		}
		return err
	}
	for i, label := range b.labels {
		g := b.groups[label]
		if g == nil {
			label = strings.Clone(label) // it may be a piece of something large
			g = &groupSum{share: GroupEquity{Group: label}}
			b.groups[label] = g
		}
		g.add(&b.forecasts[i])
		if b.f.cfg.Intervals {
			g.sketch.add(b.batch[i])
		}
	}
	b.done += len(b.batch)
	b.batch, b.labels = b.batch[:0], b.labels[:0]
	return nil
}

// equity is the result.
func (b *baseSum) equity() (Equity, error) {
	var total groupSum
	var out Equity
	for _, label := range slices.Sorted(maps.Keys(b.groups)) {
		g := b.groups[label]
		g.total()
		if b.f.cfg.Intervals {
			if err := g.vary(b.f); err != nil {
				return Equity{}, fault.Renamed(opEquity, err)
			}
		}
		total.join(g)
		if err := g.limits(b.f.cfg.Level); err != nil {
			return Equity{}, err
		}
		out.Groups = append(out.Groups, g.share)
	}
	total.total()
	if err := total.limits(b.f.cfg.Level); err != nil {
		return Equity{}, err
	}
	out.Total = total.share
	out.Total.Share = 1
	if all := out.Total.Value.Value; all > 0 {
		for i := range out.Groups {
			out.Groups[i].Share = out.Groups[i].Value.Value / all
		}
	} else {
		out.Total.Share = 0
	}
	return out, nil
}

// groupSum adds up a group.
type groupSum struct {
	share GroupEquity

	alive, bought, worth exact.FloatSum // of [GroupEquity.Alive], Purchases and Value

	sketch           sketch // these only with intervals
	purchases, value spread
}

// add adds a customer.
func (g *groupSum) add(f *Forecast) {
	g.share.Customers++
	if f.Unvalued {
		g.share.Unvalued++
	}
	g.alive.Add(f.Alive)
	g.bought.Add(f.Purchases.Value)
	g.worth.Add(f.Value.Value)
}

// total rounds the sums.
func (g *groupSum) total() {
	g.share.Alive = g.alive.Value()
	g.share.Purchases = interval.Bare(g.bought.Value())
	g.share.Value = interval.Bare(g.worth.Value())
}

// join adds another group to a total.
func (g *groupSum) join(o *groupSum) {
	g.share.Customers += o.share.Customers
	g.share.Unvalued += o.share.Unvalued
	g.alive.Join(&o.alive)
	g.bought.Join(&o.bought)
	g.worth.Join(&o.worth)
	g.purchases.join(&o.purchases)
	g.value.join(&o.value)
}
