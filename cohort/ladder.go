package cohort

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/shopspring/decimal"
)

// LadderConfig says how [Activity.Ladder] and [DealLadder] count.
type LadderConfig struct {
	// AsOf is the end of the observation, itself included; required. Later deals are
	// counted and left out.
	AsOf time.Time `json:"asOf"`

	MaxRungs int `json:"maxRungs,omitempty"` // rungs at the most; 0 = 10. Further deals are told together

	// Within is how long after a deal the next one may follow to be a conversion, the
	// last moment included; 0 = no limit. With a limit everybody has had the same time:
	// whose deal was less than Within before AsOf is not eligible.
	Within clientele.Days `json:"within,omitempty"`

	// ByDay counts all deals of a customer on one local day as one, whose money is that
	// of all, and time in whole local days; the observation then ends with the last day
	// that has ended by AsOf. Otherwise every deal counts, and time is in days of 24
	// hours.
	ByDay bool `json:"byDay,omitempty"`

	// Calendar says whose days count under ByDay: its zone does, its unit is Day.
	Calendar clientele.Calendar `json:"calendar"`

	Level float64 `json:"level,omitempty"` // of the intervals; 0 = 0.95

	// Workers is the number of goroutines of [Activity.Ladder]; 0 = GOMAXPROCS. No
	// result depends on it.
	Workers int `json:"-"`
}

const defaultSteps = 10

// fill returns the configuration with defaults, or all its faults.
func (c LadderConfig) fill(op string) (LadderConfig, *ruler, error) {
	faults := clientele.ConfigError{Op: op}
	pace := newRuler(&faults, c.AsOf, c.ByDay, c.Calendar)
	switch {
	case c.MaxRungs < 0:
		faults.Add("MaxRungs", c.MaxRungs, clientele.ErrNegative)
	case c.MaxRungs == 0:
		c.MaxRungs = defaultSteps
	}
	if err := rule.Days(c.Within); err != nil {
		faults.Add("Within", c.Within, err)
	}
	c.Level = fault.AddLevel(&faults, c.Level)
	return c, pace, faults.Err()
}

// Ladder tells, rung by rung, who went on from one deal to the next, how soon, and
// what deals brought.
type Ladder struct {
	Config    LadderConfig `json:"config"`
	Customers int          `json:"customers"` // who made a deal
	Deals     int          `json:"deals"`     // that count, of all numbers
	Rungs     []Rung       `json:"rungs"`     // deal 1, 2, 3, … as far as anybody got, Config.Steps at the most

	// All money of the observation is in exactly one of these: that of the rungs plus
	// BeyondRevenue plus UnsoldRevenue less Refunded is the sum of all amounts.
	BeyondDeals   int             `json:"beyondDeals,omitempty"` // deals after the last rung
	BeyondRevenue decimal.Decimal `json:"beyondRevenue"`         // of these
	Unsold        int             `json:"unsold,omitempty"`      // deals that sold nothing: leads and gifts
	UnsoldRevenue decimal.Decimal `json:"unsoldRevenue"`         // of these
	Refunds       int             `json:"refunds,omitempty"`     // that belong to no known deal
	Refunded      decimal.Decimal `json:"refunded"`              // by these; not below zero

	SameDay     int `json:"sameDay,omitempty"`     // deals that were joined to another of their day, under ByDay
	NeverBought int `json:"neverBought,omitempty"` // customers without any deal that sold something: refunds, leads and gifts alone
	Later       int `json:"later,omitempty"`       // deals and refunds after the observation
}

// Rung is the n-th deal of customers. An estimate of nothing is zero; one without a
// doubt that could be measured, as of a single customer, has level 0.
type Rung struct {
	Deal int `json:"deal"` // n
	Made int `json:"made"` // customers who made it

	Eligible   int                `json:"eligible"`   // of them those of whom it is known whether they went on
	Next       int                `json:"next"`       // of these, customers who made deal n+1, within Config.Within if that is set
	Conversion clientele.Estimate `json:"conversion"` // Next of Eligible, with Wilson's interval

	// Days are those from this deal to the next, of all who made both. Median is that
	// of all who made this one, estimated from those who wait too: the days by which
	// half of them have made the next. See [Curve.Median].
	Days   Distribution      `json:"days"`
	Median survival.Quantile `json:"median"`

	Revenue      decimal.Decimal    `json:"revenue"`      // of the deals of this number
	AverageCheck clientele.Estimate `json:"averageCheck"` // revenue a deal, with the interval of Student's t

	// Change is by how much the check differs from that of the same customers' deal
	// before: the mean of their differences. Unlike Check, it does not grow merely
	// because those who spend little are gone. Zero at the first deal.
	Change clientele.Estimate `json:"change"`

	Profit *RungProfit `json:"profit,omitempty"` // nil where costs are not known, as of purchases
}

// RungProfit is what the n-th deals earned.
type RungProfit struct {
	Total   decimal.Decimal    `json:"total"`   // revenue less the cost of goods and to serve
	PerDeal clientele.Estimate `json:"perDeal"` // with the interval of Student's t

	// Uncosted are the deals in which no cost at all is stated. Their profit is their
	// revenue.
	Uncosted int `json:"uncosted,omitempty"`
}

// Ladder tells how customers climb from purchase to purchase, each counting as a
// deal; for deals of several receipts and their profit use [DealLadder]. Without any
// customer who bought it is [clientele.ErrEmpty].
//
// The money of a deal is the amount of the purchase itself. A refund does not say
// which purchase it takes back, so that refunds are told beside, in Refunded: fold
// them with [clientele.Net] before to have them where they belong.
func (a *Activity[K]) Ladder(cfg LadderConfig) (*Ladder, error) {
	const op = "cohort.Activity.Ladder"
	cfg, pace, err := cfg.fill(op)
	if err != nil {
		return nil, err
	}
	pace.over(a.book.from, a.book.to, a.book.n)
	newWalk := func() *purchaseLadder {
		return &purchaseLadder{book: &a.book, ladderCount: ladderCount{cfg: &cfg, ruler: pace}}
	}
	parts := gather(&a.book, cfg.Workers, newWalk, (*purchaseLadder).visit)
	all := &parts[0].ladderCount
	for _, part := range parts[1:] {
		all.join(&part.ladderCount)
	}
	return all.publish(op)
}

// purchaseLadder counts the customers of some sections.
type purchaseLadder struct {
	ladderCount
	book  *book
	deals []ladderDeal // of the present customer
}

// visit counts one customer.
func (w *purchaseLadder) visit(c customer) {
	seen, later := upTo(c.own, w.ruler.asOf)
	w.later += later
	w.deals = w.deals[:0]
	for i := range seen {
		e := &seen[i]
		if e.refund {
			w.refunds++
			w.book.addAmount(&w.wide, &w.refunded, e)
			continue
		}
		d := ladderDeal{mark: w.ruler.mark(e.at)}
		w.book.addAmount(&w.wide, &d.revenue, e)
		w.deals = append(w.deals, d)
	}
	if len(seen) > 0 {
		w.climb(w.deals)
	}
}
