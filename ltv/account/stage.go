package account

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
	"github.com/shopspring/decimal"
)

// Stage describes the deals that customers made in a stage of their time with the shop.
// Intervals are Student's t over customers; an estimate without data is the zero Estimate,
// and one of a single customer, or of customers who are all alike, has no interval (level
// 0). Means of money that is skewed, most deals small and a few large, are held more seldom
// than the level says, of 30 customers in about nine of ten samples: no interval mends that
// (Bahadur & Savage, Annals of Mathematical Statistics 27, 1956).
type Stage struct {
	Customers int `json:"customers"` // number of customers with a deal of the stage
	Deals     int `json:"deals"`     // number of deals of the stage

	// Compared is the number of deals of the stage in periods in which two or more
	// first-stage deals were made, so that StageTrait.SamePeriod can compare; for the others
	// the effect of the calendar cannot be removed. It is 0 in the first stage.
	Compared int `json:"compared"`

	Revenue           decimal.Decimal `json:"revenue"`           // money paid less money refunded
	DiscountedRevenue decimal.Decimal `json:"discountedRevenue"` // revenue of items below their list price
	ServeCost         decimal.Decimal `json:"serveCost"`         // cost to serve

	Check                StageTrait `json:"check"`                // revenue per deal
	OnDiscount           StageTrait `json:"onDiscount"`           // share of deals with an item below its list price
	AddOns               StageTrait `json:"addOns"`               // share of deals with an add-on
	ServeCostPerDeal     StageTrait `json:"serveCostPerDeal"`     // cost to serve a deal
	ServeCostPerPosition StageTrait `json:"serveCostPerPosition"` // cost to serve a deal, per chosen line of the deal

	// Referrals is the number of newcomers whom customers referred while they were in
	// this stage, dated by the newcomer's first receipt that names a referrer.
	Referrals int `json:"referrals"`

	// CustomerDays is how long customers were in the stage, up to AsOf, in days of 24 hours
	// summed over customers. A stage by number lasts from its first deal to that of the
	// next stage.
	CustomerDays float64 `json:"customerDays"`

	// ReferralsPerYear are referrals per customer and year of 365.2425 days. On each side
	// the interval is the wider of two, since a handful rarely has the few customers who make
	// most of the referrals: that of the score test of a Poisson rate whose variance is as many
	// times as large as customers show (McCullagh & Nelder, Generalized Linear Models, 2nd ed.
	// 1989, section 6.2), with Student's t, and the exact one of a Poisson rate (Garwood,
	// Biometrika 28, 1936), which is the only one without any referral: none in 80 customer-days
	// is less than 16.8 a year.
	ReferralsPerYear clientele.Estimate `json:"referralsPerYear"`
}

// StageTrait is a number that describes the deals of a stage, in the unit of the field that has
// it. Each of the three comparisons with the first stage leaves another false cause open: an
// effect of the stage shows in both Adjusted and SamePeriod, on the same side of 0. A comparison
// has an interval if there are ten customers or more on each of its sides; with fewer its level
// is 0, since they have often not made the rare large deal, and an interval would claim too much.
type StageTrait struct {
	Mean clientele.Estimate `json:"mean"` // mean over the deals of the stage

	// Change is by how much the customers of this stage differ from themselves in the
	// first one: the mean of their differences. Unlike Mean, it does not depend on what
	// kind of customers reach the stage. It is no proof that customers change: Change also
	// includes what changes with the calendar for everybody, such as a service that becomes
	// cheaper, and the regression to the mean of those who come back because of an unusual
	// first deal. It is the zero Estimate in the first stage.
	Change clientele.Estimate `json:"change"`

	// SamePeriod is by how much the deals of this stage differ from those that all
	// customers made in their first stage in the same period of the calendar: the mean of
	// the differences over Stage.Compared deals. It includes neither the effect of
	// the calendar nor a regression to the mean, but depends on what kind of customers
	// reach the stage. SamePeriod is the zero Estimate in the first stage and where nothing
	// can be compared; its error is over customers, with Student's t.
	SamePeriod clientele.Estimate `json:"samePeriod"`

	// Adjusted is Change without the effect of the calendar: each deal counts by what it
	// differs from the deals that other customers made in their first stage in the same
	// period. Like Change it does not depend on what kind of customers reach the stage, and
	// includes the regression to the mean. It covers the customers who have deals of both
	// stages in such periods. It is the zero Estimate in the first stage and where there are
	// no such customers.
	Adjusted clientele.Estimate `json:"adjusted"`
}

// StageCounts are numbers of records that belong to no stage.
type StageCounts struct {
	Later   int `json:"later,omitempty"`   // number of deals sold after AsOf
	Unsold  int `json:"unsold,omitempty"`  // number of deals that sold nothing: leads and gifts
	Refunds int `json:"refunds,omitempty"` // number of refunds that belong to no known deal

	// EarlyReferrals is how many newcomers were referred by someone who had made no deal
	// by then, or is not among the customers.
	EarlyReferrals int `json:"earlyReferrals,omitempty"`
}

// maxStages bounds what is counted of each customer.
const maxStages = 100

// stageConfig is what stages by number and by tenure share.
type stageConfig struct {
	staging
	asOf     time.Time
	calendar *clientele.Periods
	level    float64
}

// compare adds what the comparisons need, and notes all its faults.
func (c *stageConfig) compare(faults *clientele.ConfigError, calendar clientele.Calendar, level float64) {
	if len(c.starts) > maxStages {
		faults.Add("Starts", len(c.starts), rule.Want(rule.Range, "at most %d stages", maxStages))
	}
	c.level = fault.AddLevel(faults, level)
	var err error
	c.calendar, err = calendar.Open()
	fault.AddPart(faults, "Calendar.", err)
}

// countStages reads deals into the stages.
func countStages[K clientele.ID](op string, deals iter.Seq2[clientele.Deal[K], error], cfg stageConfig) ([]Stage, StageCounts, error) {
	if deals == nil {
		return nil, StageCounts{}, fault.Of(op, "deals", nil, receipts.ErrNoDeals)
	}
	f := stageFacts[K]{asOf: cfg.asOf.UnixNano()}
	currency := ""
	check := func(d clientele.Deal[K]) error {
		if err := receipts.ValidateDeal(op, &d); err != nil {
			return err
		}
		return receipts.AgreeDeal(op, &currency, &d)
	}
	for d, err := range fault.Checked(op, deals, check) {
		if err != nil {
			return nil, StageCounts{}, err
		}
		f.add(&d)
	}
	f.credit()
	tallies := make([]stageTally, len(cfg.starts))
	for _, slot := range f.roster.Sorted() {
		f.follow(slot, cfg.staging, tallies)
	}
	comparison := f.comparePeriods(cfg.calendar, cfg.staging)
	stages := make([]Stage, len(tallies))
	for i := range tallies {
		stages[i] = tallies[i].stage(cfg.level, i == 0)
		comparison.fill(i, &stages[i], cfg.level)
	}
	return stages, f.StageCounts, nil
}
