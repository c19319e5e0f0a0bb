package account

import (
	"sort"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/table"
	"github.com/shopspring/decimal"
)

// columns are the accounts by slot.
type columns struct {
	cfg      Config // filled
	ranks    clientele.PriceRanks
	asOf     int64  // Config.AsOf in Unix nanoseconds
	currency string // that some receipt stated

	tabs        table.Table[tab]
	instalments table.Table[[]instalment] // empty without Config.Payback
	categories  map[string]*categoryTab
	wide        exact.Wide // of all sums
	later       int64      // receipts after AsOf
	unfinished  int64      // deals of which something was added and something is after AsOf
}

func newColumns(cfg Config) columns {
	c := columns{cfg: cfg, ranks: cfg.Book.Ranks(), categories: make(map[string]*categoryTab)}
	c.setMoment(cfg.AsOf)
	return c
}

// setMoment sets the end of the accounts.
func (c *columns) setMoment(asOf time.Time) {
	c.asOf = asOf.UnixNano()
	c.cfg.AsOf = rule.Moment(c.asOf)
}

// instalment is what a receipt contributed at a moment: its margin less the cost to serve.
type instalment struct {
	at           int64
	contribution exact.Sum
}

// grow makes the columns hold slots below n.
func (c *columns) grow(n int) {
	c.tabs.Grow(n)
	if c.cfg.Payback {
		c.instalments.Grow(n)
	}
}

// ringUp adds a receipt's money to a tab and to the categories, and reports whether there
// is an item below its list price.
func (c *columns) ringUp(t *tab, serve decimal.Decimal, lines []clientele.Line) (onDiscount bool) {
	return t.ringUp(&c.wide, serve, lines, &c.ranks, c)
}

// deal makes the tab, whose lines have been rung up, a deal of a moment.
func (t *tab) deal(at int64, onDiscount bool, c *columns) {
	t.deals = 1
	t.first, t.last = at, at
	t.firstCheck, t.lastCheck = c.wide.Copy(&c.wide, t.revenue), c.wide.Copy(&c.wide, t.revenue)
	if onDiscount {
		t.onDiscount = 1
	}
	if c.inCampaign(at) {
		t.inCampaigns = 1
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

// keep keeps what a receipt contributed, with Config.Payback. A void one that cost
// nothing is as if it had not been.
func (c *columns) keep(slot int32, at int64, void bool, t *tab) {
	if !c.cfg.Payback {
		return
	}
	s := instalment{at: at}
	t.contribution(&c.wide, &s.contribution)
	if void && c.wide.Sign(s.contribution) == 0 {
		return
	}
	all := c.instalments.At(slot)
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
