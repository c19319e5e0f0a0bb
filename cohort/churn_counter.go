package cohort

import (
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
)

// churnCount counts the customers of some sections.
type churnCount struct {
	book     *book
	patience *patience
	asOf     int64

	keys []churnTally // by number of the label
	wide exact.Wide
	flow churnFlow

	never, later int // see ChurnReport
}

// churnTally counts the customers of a key.
type churnTally struct {
	customers, young, lost, ever, lapses, returns int64
	revenue, lostRevenue                          exact.Sum
}

// visit counts one customer.
func (c *churnCount) visit(who customer) {
	own, later := upTo(who.own, c.asOf)
	c.later += later
	first, label, ok := c.book.origin(customer{who.slot, own})
	if !ok {
		if len(own) > 0 {
			c.never++
		}
		return
	}
	t := &c.keys[label]
	t.customers++
	if uint64(c.asOf)-uint64(first) <= min(c.patience.silent, c.patience.least) {
		t.young++
	}
	money := &t.revenue
	if c.follow(t, own) {
		t.lost++
		money = &t.lostRevenue
	}
	for i := range own {
		c.book.addAmount(&c.wide, money, &own[i])
	}
}

// follow counts how often the customer was lost and returned, and reports whether the
// customer is lost in the end.
func (c *churnCount) follow(t *churnTally, own []payment) (lost bool) {
	began := -1 // place of the period with which the present time as a customer began
	lapses := int64(0)
	for s := range c.patience.silences(own) {
		if began < 0 {
			began = c.flow.place(s.at)
			c.flow.counts[began].came++
		}
		at, gone := s.lapse(c.asOf)
		if !gone {
			continue
		}
		lapses++
		n := &c.flow.counts[c.flow.place(at)]
		n.lapses++
		if at := c.flow.place(at); began < at {
			n.lost++
		}
		if s.next == forever {
			lost = true
			break
		}
		n.back++
		began = c.flow.place(s.next)
		c.flow.counts[began].returns++
		t.returns++
	}
	t.lapses += lapses
	if lapses > 0 {
		t.ever++
	}
	return lost
}

func (c *churnCount) join(o *churnCount) {
	c.never, c.later = c.never+o.never, c.later+o.later
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
	w.Join(&t.revenue, from, o.revenue)
	w.Join(&t.lostRevenue, from, o.lostRevenue)
}

// group is the tally as it is told; revenue is that of the customers who stayed.
func (t *churnTally) group(w *exact.Wide, level float64) ChurnGroup {
	g := ChurnGroup{
		Customers: int(t.customers), Young: int(t.young), Lost: int(t.lost), AtRisk: int(t.customers - t.lost),
		Ever: int(t.ever), Lapses: int(t.lapses), Returns: int(t.returns), LostRevenue: w.Decimal(t.lostRevenue),
	}
	g.Revenue = w.Decimal(t.revenue).Add(g.LostRevenue)
	if old := t.customers - t.young; old > 0 {
		g.Rate = interval.Wilson(t.lost, old, level)
	}
	return g
}

// churnFlow counts who came and went by periods.
type churnFlow struct {
	calendar *periodTable
	first    int // number of the first period
	counts   []flowCount
}

type flowCount struct{ came, returns, lapses, lost, back int }

func newChurnFlow(c *periodTable, from, asOf int64) churnFlow {
	f := churnFlow{calendar: c, first: c.index(from)}
	f.counts = make([]flowCount, max(c.index(asOf)-f.first+1, 0))
	return f
}

// place is the place of the period of a moment from the first purchase to AsOf. Where
// clocks go back over midnight a day may be numbered after that of AsOf: it is its.
func (f *churnFlow) place(at int64) int {
	return min(max(f.calendar.index(at)-f.first, 0), len(f.counts)-1)
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
