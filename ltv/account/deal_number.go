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

// TenureConfig says how [ByTenure] counts.
type TenureConfig struct {
	// AsOf is the last moment that counts; required. Deals that became a sale later are
	// counted in [TenureReport].Later and otherwise ignored, and so are later
	// recommendations.
	AsOf time.Time `json:"asOf"`

	// Starts are the numbers of the deals with which stages begin, ascending from 1;
	// empty = 1, 2, 3, 5, 9.
	Starts []int `json:"starts,omitempty"`

	Level float64 `json:"level,omitempty"` // level of the intervals; 0 = 0.95
}

// Validate reports all faults of the configuration at once in a
// [clientele.ConfigError], as [ByTenure] does.
func (c TenureConfig) Validate() error {
	_, err := c.fill("account.TenureConfig.Validate")
	return err
}

// UnmarshalJSON reads a configuration strictly: an unknown key, a key given twice or a
// value of the wrong type is [clientele.ErrEncoding] and changes nothing.
func (c *TenureConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("account.TenureConfig.UnmarshalJSON", data, c)
}

// fill returns the configuration with defaults, or all its faults.
func (c TenureConfig) fill(op string) (TenureConfig, error) {
	faults := clientele.ConfigError{Op: op}
	checkAsOf(&faults, c.AsOf)
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
	return c, faults.Err()
}

// TenureReport tells how customers differ with the number of deals they have made.
type TenureReport struct {
	AsOf   time.Time     `json:"asOf"`
	Stages []TenureStage `json:"stages"` // from the first deals to the latest

	Later   int `json:"later,omitempty"`   // number of deals that became a sale after AsOf
	Unsold  int `json:"unsold,omitempty"`  // number of deals that sold nothing: leads and gifts
	Refunds int `json:"refunds,omitempty"` // number of refunds that belong to no known deal

	// EarlyReferrals is how many newcomers were recommended by someone who had made no
	// deal by then, or is not known.
	EarlyReferrals int `json:"earlyReferrals,omitempty"`
}

// TenureStage is what customers did between one number of deals and another.
// Intervals are of Student's t over customers; an estimate of nothing is zero.
type TenureStage struct {
	From int `json:"from"`         // number of the first deal of the stage, such as 3 = a customer's third deal
	To   int `json:"to,omitempty"` // number of the last deal of the stage; 0 = no end

	Customers int `json:"customers"` // number of customers with a deal of the stage
	Deals     int `json:"deals"`     // number of deals of the stage

	Revenue     decimal.Decimal `json:"revenue"`     // money paid less money refunded
	SaleRevenue decimal.Decimal `json:"saleRevenue"` // revenue of items below their list price
	ServeCost   decimal.Decimal `json:"serveCost"`   // cost to serve

	Check                TenureTrait `json:"check"`                // revenue per deal
	OnSale               TenureTrait `json:"onSale"`               // share of deals with an item below its list price
	AddOns               TenureTrait `json:"addOns"`               // share of deals with an add-on
	ServeCostPerDeal     TenureTrait `json:"serveCostPerDeal"`     // cost to serve a deal
	ServeCostPerPosition TenureTrait `json:"serveCostPerPosition"` // cost to serve a deal, per chosen position of it

	// Referrals is the number of newcomers whom customers of this stage recommended,
	// by the newcomer's first receipt that names someone.
	Referrals int `json:"referrals"`

	// CustomerDays is how long customers were in the stage, from its first deal to the
	// next stage's or AsOf, in days of 24 hours summed over customers.
	CustomerDays float64 `json:"customerDays"`

	// ReferralsPerYear are referrals per customer and year of 365.2425 days.
	ReferralsPerYear clientele.Estimate `json:"referralsPerYear"`
}

// TenureTrait is a number that describes the deals of a stage.
type TenureTrait struct {
	Mean clientele.Estimate `json:"mean"` // mean over the deals of the stage

	// Change is by how much the customers of this stage differ from themselves in
	// the first one: the mean of their differences. Unlike Mean, it does not differ
	// between stages merely because other customers are left. It is zero in the first
	// stage.
	Change clientele.Estimate `json:"change"`
}

// ByTenure tells whether long-standing customers really are cheaper to serve, less
// price-sensitive, and readier to take add-ons and to recommend the shop: what changes
// with the number of deals made. Deals come from [clientele.Deals], in any order;
// a customer's are numbered by the time they became a sale, those of one moment from
// the least revenue, then the least cost to serve. All of a deal's receipts count for
// it.
//
// ByTenure keeps some hundred bytes of every deal until all are read. Faults of cfg
// are reported together; the first deal that is unusable, or states another currency
// than one before ([clientele.ErrMismatch]), ends it, a [clientele.InputError] with
// its index.
func ByTenure[K clientele.ID](deals iter.Seq2[clientele.Deal[K], error], cfg TenureConfig) (TenureReport, error) {
	const op = "account.ByTenure"
	cfg, err := cfg.fill(op)
	if err != nil {
		return TenureReport{}, err
	}
	if deals == nil {
		return TenureReport{}, fault.Of(op, "deals", nil, errNoDeals)
	}
	f := tenureFacts[K]{asOf: cfg.AsOf.UnixNano()}
	currency := ""
	check := func(d clientele.Deal[K]) error {
		if err := receipts.ValidateDeal(op, &d); err != nil {
			return err
		}
		return receipts.AgreeDeal(op, &currency, &d)
	}
	for d, err := range fault.Checked(op, deals, check) {
		if err != nil {
			return TenureReport{}, err
		}
		f.add(&d)
	}
	f.credit()
	stages := make([]stageTally, len(cfg.Starts))
	for _, slot := range f.roster.Sorted() {
		f.follow(slot, cfg.Starts, stages)
	}
	return f.report(cfg, stages), nil
}
