package cohort

import (
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
)

// churnCounter counts the customers of some sections for [Activity.Churn].
type churnCounter struct {
	book     *book
	patience *patience
	asOf     int64

	keys []churnTally // by number of the label
	wide exact.Wide
	flow churnFlow

	neverBought, later int // see ChurnReport
}

// churnTally counts the customers of a key.
type churnTally struct {
	customers, young, lost, ever, lapses, returns int64
	stayedRevenue, lostRevenue                    exact.Sum
}

// visit counts one customer.
func (c *churnCounter) visit(who customer) {
	own, later := upTo(who.own, c.asOf)
	c.later += later
	first, label, ok := c.book.origin(customer{who.slot, own})
	if !ok {
		if len(own) > 0 {
			c.neverBought++
		}
		return
	}
	t := &c.keys[label]
	t.customers++
	if c.patience.isYoung(first, c.asOf) {
		t.young++
	}
	revenue := &t.stayedRevenue
	if c.follow(t, own) {
		t.lost++
		revenue = &t.lostRevenue
	}
	c.book.addAmounts(&c.wide, revenue, own)
}

// follow counts how often the customer was lost and returned, and reports whether the
// customer is lost in the end.
func (c *churnCounter) follow(t *churnTally, own []payment) (lost bool) {
	began := -1 // index of the period in which the present time as a customer began
	lapses := int64(0)
	for s := range c.patience.silences(own) {
		if began < 0 {
			began = c.flow.period(s.from)
			c.flow.counts[began].came++
		}
		at, gone := s.lapse(c.asOf)
		if !gone {
			continue
		}
		lapses++
		ended := c.flow.period(at)
		n := &c.flow.counts[ended]
		n.lapses++
		if began < ended {
			n.lost++
		}
		if s.until == forever {
			lost = true
			break
		}
		n.back++
		began = c.flow.period(s.until)
		c.flow.counts[began].returns++
		t.returns++
	}
	t.lapses += lapses
	if lapses > 0 {
		t.ever++
	}
	return lost
}

// labels are the numbers of the labels that are keys of customers.
func (c *churnCounter) labels() []int {
	var labels []int
	for label := range c.keys {
		if c.keys[label].customers > 0 {
			labels = append(labels, label)
		}
	}
	return labels
}

// join adds what another counter has counted.
func (c *churnCounter) join(o *churnCounter) {
	c.neverBought, c.later = c.neverBought+o.neverBought, c.later+o.later
	for i := range c.keys {
		c.keys[i].join(&c.wide, &o.keys[i], &o.wide)
	}
	c.flow.join(&o.flow)
}

// join adds a tally of from, whose sums become those of w.
func (t *churnTally) join(w *exact.Wide, o *churnTally, from *exact.Wide) {
	t.customers += o.customers
	t.young += o.young
	t.lost += o.lost
	t.ever += o.ever
	t.lapses += o.lapses
	t.returns += o.returns
	w.Join(&t.stayedRevenue, from, o.stayedRevenue)
	w.Join(&t.lostRevenue, from, o.lostRevenue)
}

// group is the tally as it is reported.
func (t *churnTally) group(w *exact.Wide, level float64) ChurnGroup {
	g := ChurnGroup{
		Customers: int(t.customers), Young: int(t.young), Lost: int(t.lost), AtRisk: int(t.customers - t.lost),
		Ever: int(t.ever), Lapses: int(t.lapses), Returns: int(t.returns), LostRevenue: w.Decimal(t.lostRevenue),
	}
	g.Revenue = w.Decimal(t.stayedRevenue).Add(g.LostRevenue)
	if old := t.customers - t.young; old > 0 {
		g.Rate = interval.Wilson(t.lost, old, level)
	}
	return g
}

// churnFlow counts who came and went by periods.
type churnFlow struct {
	table  *periodTable
	first  int // number of the first period
	counts []flowCount
}

type flowCount struct{ came, returns, lapses, lost, back int }

// period is the index of the period of a moment from the first purchase to AsOf. Where
// clocks go back over midnight, a day may have a number after that of AsOf: it counts as
// the day of AsOf.
func (f *churnFlow) period(at int64) int {
	return min(max(f.table.index(at)-f.first, 0), len(f.counts)-1)
}

func (f *churnFlow) join(o *churnFlow) {
	for i, n := range o.counts {
		t := &f.counts[i]
		t.came += n.came
		t.returns += n.returns
		t.lapses += n.lapses
		t.lost += n.lost
		t.back += n.back
	}
}
