package account

import (
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
	"github.com/shopspring/decimal"
)

// DealNumberConfig says how [ByDealNumber] counts.
type DealNumberConfig struct {
	// AsOf is the last moment that counts; required. Deals sold later are only counted,
	// in [DealNumberReport].Later. Receipts that name a referrer later are ignored.
	AsOf time.Time `json:"asOf"`

	// Starts are the numbers of the deals with which stages begin, ascending from 1;
	// empty = 1, 2, 3, 5, 9.
	Starts []int `json:"starts,omitempty"`

	// Calendar has the periods in which customers are compared with others, for
	// [StageTrait].SamePeriod; zero = days, in UTC. Months or quarters suit most shops.
	Calendar clientele.Calendar `json:"calendar,omitzero"`

	Level float64 `json:"level,omitempty"` // confidence level of the intervals, between 0 and 1; 0 = 0.95
}

// Validate reports all faults of the configuration at once in a
// [clientele.ConfigError], as [ByDealNumber] does.
func (c DealNumberConfig) Validate() error {
	_, _, err := c.fill("account.DealNumberConfig.Validate")
	return err
}

// UnmarshalJSON reads a configuration strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *DealNumberConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("account.DealNumberConfig.UnmarshalJSON", data, c)
}

// fill returns the configuration with defaults and its periods, or all its faults.
func (c DealNumberConfig) fill(op string) (DealNumberConfig, *clientele.Periods, error) {
	faults := clientele.ConfigError{Op: op}
	fault.AddAsOf(&faults, c.AsOf)
	if len(c.Starts) == 0 {
		c.Starts = []int{1, 2, 3, 5, 9}
	}
	for i, start := range c.Starts {
		switch {
		case i == 0 && start != 1:
			faults.Add(index("Starts", i), start, rule.Because(rule.Range, "the first stage does not begin with the first deal", "1"))
		case i > 0 && start <= c.Starts[i-1]:
			faults.Add(index("Starts", i), start, rule.Because(rule.Range, "not ascending", "more than %d, the start before", c.Starts[i-1]))
		}
	}
	c.Level = fault.AddLevel(&faults, c.Level)
	calendar, err := c.Calendar.Open()
	fault.AddPart(&faults, "Calendar.", err)
	return c, calendar, faults.Err()
}

// DealNumberReport says how customers differ with the number of deals they have made.
type DealNumberReport struct {
	AsOf   time.Time   `json:"asOf"`
	Stages []DealStage `json:"stages"` // from the first deals to the latest

	Later   int `json:"later,omitempty"`   // number of deals sold after AsOf
	Unsold  int `json:"unsold,omitempty"`  // number of deals that sold nothing: leads and gifts
	Refunds int `json:"refunds,omitempty"` // number of refunds that belong to no known deal

	// EarlyReferrals is how many newcomers were referred by someone who had made no deal
	// by then, or is not among the customers.
	EarlyReferrals int `json:"earlyReferrals,omitempty"`

	// Warnings are a [CalendarWarning] for each stage of which not all deals are compared
	// with first ones of the same period.
	Warnings []error `json:"warnings,omitempty"`
}

// DealStage describes the deals numbered From to To of all customers; the deals of
// each customer are numbered separately. Intervals are Student's t over customers; an
// estimate without data is the zero Estimate, and one of a single customer has no
// interval (level 0).
type DealStage struct {
	From int `json:"from"`         // number of the first deal of the stage, such as 3 = a customer's third deal
	To   int `json:"to,omitempty"` // number of the last deal of the stage; 0 = no end

	Customers int `json:"customers"` // number of customers with a deal of the stage
	Deals     int `json:"deals"`     // number of deals of the stage

	// Compared is the number of deals of the stage in periods in which somebody made a
	// first-stage deal, so that StageTrait.SamePeriod can compare; for the others the
	// effect of the calendar cannot be removed. It is 0 in the first stage.
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

	// CustomerDays is how long customers were in the stage, from its first deal to the
	// next stage's or AsOf, in days of 24 hours summed over customers.
	CustomerDays float64 `json:"customerDays"`

	// ReferralsPerYear are referrals per customer and year of 365.2425 days.
	ReferralsPerYear clientele.Estimate `json:"referralsPerYear"`
}

// StageTrait is a number that describes the deals of a stage.
type StageTrait struct {
	Mean clientele.Estimate `json:"mean"` // mean over the deals of the stage

	// Change is by how much the customers of this stage differ from themselves in the
	// first one: the mean of their differences. Unlike Mean, it does not depend on what
	// kind of customers reach the stage. It is no proof that customers change with their
	// deals: Change also includes what changes with the calendar for everybody, such as a
	// service that becomes cheaper, and the regression to the mean of those who come back
	// because of an unusual first deal. It is the zero Estimate in the first stage.
	Change clientele.Estimate `json:"change"`

	// SamePeriod is by how much the deals of this stage differ from those that all
	// customers made as their first ones in the same period of the calendar: the mean of
	// the differences over DealStage.Compared deals. It includes neither the effect of
	// the calendar nor a regression to the mean, but depends on what kind of customers
	// reach the stage. Believe an effect that Change and SamePeriod both show. SamePeriod
	// is the zero Estimate in the first stage and where nothing can be compared; its
	// error is over customers, with Student's t.
	SamePeriod clientele.Estimate `json:"samePeriod"`
}

// ByDealNumber compares customers' later deals with their first ones, in stages by the
// number of the deal: whether customers become cheaper to serve, less sensitive to prices,
// and readier to take add-ons and to refer others to the shop. Deals come from
// [clientele.Deals], in any order. Each customer's deals are numbered from 1 by SoldAt;
// deals of the same moment are ordered by revenue, then by cost to serve, ascending. All of
// a deal's receipts count for it, also those after AsOf.
//
// Later deals are compared twice: with the same customers' first ones
// ([StageTrait].Change) and with everybody's first ones in the same period
// ([StageTrait].SamePeriod). Each can also differ for a reason of its own, which the
// other does not have, so that a claim about the number of the deal needs both.
//
// ByDealNumber keeps some hundred bytes of every deal until all are read. Faults of cfg
// are reported together. It stops at the first deal that is unusable, or that states
// another currency than one before ([clientele.ErrMismatch]), and returns a
// [clientele.InputError] with the deal's index.
func ByDealNumber[K clientele.ID](deals iter.Seq2[clientele.Deal[K], error], cfg DealNumberConfig) (DealNumberReport, error) {
	const op = "account.ByDealNumber"
	cfg, calendar, err := cfg.fill(op)
	if err != nil {
		return DealNumberReport{}, err
	}
	if deals == nil {
		return DealNumberReport{}, fault.Of(op, "deals", nil, receipts.ErrNoDeals)
	}
	f := dealNumberFacts[K]{asOf: cfg.AsOf.UnixNano()}
	currency := ""
	check := func(d clientele.Deal[K]) error {
		if err := receipts.ValidateDeal(op, &d); err != nil {
			return err
		}
		return receipts.AgreeDeal(op, &currency, &d)
	}
	for d, err := range fault.Checked(op, deals, check) {
		if err != nil {
			return DealNumberReport{}, err
		}
		f.add(&d)
	}
	f.credit()
	stages := make([]stageTally, len(cfg.Starts))
	for _, slot := range f.roster.Sorted() {
		f.follow(slot, cfg.Starts, stages)
	}
	r := f.report(cfg, stages)
	comparison := f.compareStages(calendar, cfg.Starts)
	for i := range r.Stages {
		comparison.fill(i, &r.Stages[i], cfg.Level)
	}
	r.warn()
	return r, nil
}
