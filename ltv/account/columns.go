package account

import (
	"sort"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
)

// categoryTab is what a category of goods has brought.
type categoryTab struct {
	lines                 int64 // chosen, less those taken back
	revenue, goods, units exact.Sum
}

// sums are all of them, in the order of the binary form.
func (t *categoryTab) sums() [3]*exact.Sum { return [...]*exact.Sum{&t.revenue, &t.goods, &t.units} }

// step is what a receipt contributed at a moment: its margin less the cost to serve.
type step struct {
	at           int64
	contribution exact.Sum
}

// grow makes room for slots below n.
func (c *columns) grow(n int) {
	c.tabs.Grow(n)
	if c.cfg.Payback {
		c.steps.Grow(n)
	}
}

// ringUp adds a receipt's money to a tab, and reports whether there is an item below
// its list price.
func ringUp[K clientele.ID](w *exact.Wide, t *tab, r *clientele.Receipt[K], ranks *clientele.PriceRanks) (onSale bool) {
	return t.ringAll(w, r.ServeCost, r.Lines, ranks, nil)
}

// ringUp adds a slip's money to a tab and to the categories, and reports whether there
// is an item below its list price.
func (c *columns) ringUp(t *tab, serve decimal.Decimal, lines []clientele.Line) (onSale bool) {
	return t.ringAll(&c.wide, serve, lines, &c.ranks, c)
}

// addLine adds a line to its category.
func (c *columns) addLine(l *clientele.Line, m *lineMoney) {
	to := c.category(l.Category)
	c.wide.Join(&to.revenue, &c.wide, m.revenue)
	c.wide.Join(&to.goods, &c.wide, m.goods)
	if l.IsChosen() {
		to.lines += int64(l.Quantity.Sign())
		c.wide.Add(&to.units, l.Quantity)
	}
}

func (c *columns) category(name string) *categoryTab {
	to := c.categories[name]
	if to == nil {
		to = new(categoryTab)
		c.categories[strings.Clone(name)] = to
	}
	return to
}

// deal makes the tab, whose lines have been rung up, a deal of a moment.
func (t *tab) deal(at int64, onSale bool, c *columns) {
	t.deals = 1
	t.first, t.last = at, at
	t.opening, t.latest = c.wide.Copy(&c.wide, t.revenue), c.wide.Copy(&c.wide, t.revenue)
	if onSale {
		t.onSale = 1
	}
	if c.inCampaign(at) {
		t.inSeason = 1
	}
}

// inCampaign reports whether a moment is within a campaign.
func (c *columns) inCampaign(at int64) bool {
	all := c.cfg.Campaigns
	i := sort.Search(len(all), func(i int) bool { return all[i].Until.UnixNano() > at })
	return i < len(all) && all[i].From.UnixNano() <= at
}

// post adds a tab of c's own sums to a slot.
func (c *columns) post(slot int32, t *tab) { c.tabs.At(slot).join(&c.wide, &c.wide, t) }

// step notes what a slip contributed, if anybody will ask. A void one that cost
// nothing is as if it had not been.
func (c *columns) step(slot int32, at int64, void bool, t *tab) {
	if !c.cfg.Payback {
		return
	}
	s := step{at: at}
	t.contribution(&c.wide, &s.contribution)
	if void && c.wide.Sign(s.contribution) == 0 {
		return
	}
	all := c.steps.At(slot)
	*all = append(*all, s)
}

// contribution adds the revenue less the costs of goods and service to sum.
func (t *tab) contribution(w *exact.Wide, sum *exact.Sum) {
	w.Join(sum, w, t.revenue)
	w.Deduct(sum, w, t.goods)
	w.Deduct(sum, w, t.serve)
}

// present reports whether anything is known of a slot.
func (c *columns) present(slot int32) bool {
	return int(slot) < c.tabs.Len() && c.tabs.At(slot).records > 0
}
