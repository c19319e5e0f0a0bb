package cohort

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// LadderConfig says how [Activity.Ladder] and [DealLadder] count.
type LadderConfig struct {
	// AsOf is the end of the observation, itself included; required. Later deals are
	// counted and left out.
	AsOf time.Time `json:"asOf"`

	MaxRungs int `json:"maxRungs,omitempty"` // largest number of rungs; 0 = 10. Deals beyond are reported together

	// Within is how long after a deal the next one may follow to be a conversion, the
	// last moment included; 0 = no limit. With a limit all customers have had the same
	// time: those whose deal was less than Within before AsOf are not eligible.
	Within clientele.Days `json:"within,omitempty"`

	// ByDay counts all deals of a customer on one local day as one, with the money of
	// all, and measures time in whole local days; the observation then ends with the
	// last day that has ended by AsOf. Otherwise every deal counts, and time is in days
	// of 24 hours.
	ByDay bool `json:"byDay,omitempty"`

	// Calendar has the zone of the local days that ByDay counts. Its unit must be Day.
	Calendar clientele.Calendar `json:"calendar"`

	Level float64 `json:"level,omitempty"` // confidence level of the intervals; 0 = 0.95

	// Workers is the number of goroutines of [Activity.Ladder]; 0 = GOMAXPROCS. No
	// result depends on it.
	Workers int `json:"-"`
}

// UnmarshalJSON reads a configuration. An unknown key, a key given twice and a value of
// the wrong type return an InputError of [clientele.ErrEncoding] with the path, and leave
// the configuration as it was. The values are checked when the question is asked.
func (c *LadderConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("cohort.LadderConfig.UnmarshalJSON", data, c)
}

const defaultRungs = 10

var errRungs = rule.Want(rule.Negative, "the largest number of rungs; 0 = %d", defaultRungs)

// fill returns the configuration with its defaults and notes its faults.
func (c LadderConfig) fill(faults *clientele.ConfigError) (LadderConfig, *ruler) {
	ruler := newRuler(faults, c.AsOf, c.ByDay, c.Calendar)
	switch {
	case c.MaxRungs < 0:
		faults.Add("MaxRungs", c.MaxRungs, errRungs)
	case c.MaxRungs == 0:
		c.MaxRungs = defaultRungs
	}
	if err := rule.Days(c.Within); err != nil {
		faults.Add("Within", c.Within, err)
	}
	c.Level = fault.AddLevel(faults, c.Level)
	return c, ruler
}

// Ladder shows, rung by rung, who went on from one deal to the next, how soon, and what
// revenue the deals made. In the answer of [Activity.Ladder] every purchase is a deal.
//
// All money of the observation counts once: the revenue of the rungs plus BeyondRevenue
// plus UnsoldRevenue less Refunded is the sum of all amounts.
type Ladder struct {
	Config    LadderConfig `json:"config"`    // the configuration, with defaults filled in
	Customers int          `json:"customers"` // customers who made a deal
	Deals     int          `json:"deals"`     // deals of all customers that count
	Rungs     []Rung       `json:"rungs"`     // deal 1, 2, 3, … as far as anybody got, Config.MaxRungs at most

	BeyondDeals   int             `json:"beyondDeals,omitempty"` // deals after the last rung
	BeyondRevenue decimal.Decimal `json:"beyondRevenue"`         // revenue of BeyondDeals
	Unsold        int             `json:"unsold,omitempty"`      // deals that sold nothing: leads and gifts
	UnsoldRevenue decimal.Decimal `json:"unsoldRevenue"`         // revenue of Unsold
	Refunds       int             `json:"refunds,omitempty"`     // refunds that belong to no known deal
	Refunded      decimal.Decimal `json:"refunded"`              // money given back by Refunds, 0 or more

	SameDay     int `json:"sameDay,omitempty"`     // under ByDay: deals that were joined to another of the same customer and day
	NeverBought int `json:"neverBought,omitempty"` // customers without any deal that sold something: with only refunds, leads or gifts
	Later       int `json:"later,omitempty"`       // deals and refunds after the observation
}

// Rung is the n-th deal of customers. An estimate without data is the zero Estimate; one
// whose uncertainty is not known, as with a single customer, has Level 0.
type Rung struct {
	Deal int `json:"deal"` // number of the deal, n
	Made int `json:"made"` // customers who made it

	Eligible   int                `json:"eligible"`   // of Made, the customers of whom it is known whether they went on
	Next       int                `json:"next"`       // how many of Eligible made deal n+1, within Config.Within if that is set
	Conversion clientele.Estimate `json:"conversion"` // share Next of Eligible, with Wilson's interval

	// Days describes the days from this deal to the next, of customers who made both. It
	// is biased towards customers who are quick; see Median.
	Days Distribution `json:"days"`

	// Median is the estimated days by which half of all who made deal n have made deal n+1.
	// It takes into account customers who have not made the next deal yet (Kaplan-Meier),
	// see [survival.Curve.Median].
	Median survival.Quantile `json:"median"`

	Revenue      decimal.Decimal    `json:"revenue"`      // revenue of the deals of this number
	AverageCheck clientele.Estimate `json:"averageCheck"` // revenue per deal, with the interval of Student's t

	// Change is the mean difference between this deal and the same customer's previous
	// deal, this − previous. Unlike AverageCheck it does not grow merely because customers
	// with small checks drop out. The zero Estimate at the first deal.
	Change clientele.Estimate `json:"change"`

	Profit *RungProfit `json:"profit,omitempty"` // nil where costs are not known, as of purchases
}

// RungProfit is what the n-th deals earned.
type RungProfit struct {
	Total   decimal.Decimal    `json:"total"`   // revenue less the cost of goods and the cost to serve
	PerDeal clientele.Estimate `json:"perDeal"` // profit per deal, with the interval of Student's t

	// Uncosted is the number of deals in which no cost at all is stated. Their profit is
	// their revenue.
	Uncosted int `json:"uncosted,omitempty"`
}

// Ladder shows how customers climb from purchase to purchase, each of which counts as
// a deal. For deals of several receipts, and for their profit, use [DealLadder].
// If nobody has bought, it returns [clientele.ErrEmpty].
//
// The money of a deal is the amount of the purchase itself. A refund does not say
// which purchase it takes back, so that refunds are reported apart, in Refunded. To have
// refunds where they belong, fold them into their purchases with [clientele.Net] first.
func (a *Activity[K]) Ladder(cfg LadderConfig) (*Ladder, error) {
	const op = "cohort.Activity.Ladder"
	faults := clientele.ConfigError{Op: op}
	cfg, ruler := cfg.fill(&faults)
	if err := a.ready(&faults); err != nil {
		return nil, err
	}
	b := &a.book
	ruler.over(b.from, b.to, b.n)
	newCounter := func() *purchaseLadder {
		return &purchaseLadder{book: b, ladderCounter: ladderCounter{cfg: &cfg, ruler: ruler}}
	}
	all := count(b, cfg.Workers, newCounter, (*purchaseLadder).visit)
	if len(all.rungs) == 0 {
		return nil, ruler.nobody(b, op, errOnlyRefunds)
	}
	return all.ladder(), nil
}

// purchaseLadder counts the purchases of the customers of some sections.
type purchaseLadder struct {
	ladderCounter
	book  *book
	deals []ladderDeal // of the present customer
}

// visit counts one customer.
func (l *purchaseLadder) visit(c customer) {
	seen, later := upTo(c.own, l.ruler.asOf)
	l.later += later
	l.deals = l.deals[:0]
	for i := range seen {
		p := &seen[i]
		if p.refund {
			l.refunds++
			l.book.addAmount(&l.wide, &l.refunded, p)
			continue
		}
		d := ladderDeal{mark: l.ruler.mark(p.at)}
		l.book.addAmount(&l.wide, &d.revenue, p)
		l.deals = append(l.deals, d)
	}
	if len(seen) > 0 {
		l.climb(l.deals)
	}
}

// join adds what another has counted.
func (l *purchaseLadder) join(o *purchaseLadder) { l.ladderCounter.join(&o.ladderCounter) }
