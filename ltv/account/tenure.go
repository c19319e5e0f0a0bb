package account

import (
	"fmt"
	"iter"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/receipts"
	"github.com/shopspring/decimal"
)

// TenureConfig says how [ByTenure] counts.
type TenureConfig struct {
	// AsOf is the end, itself included; required. Deals that became a sale later are
	// counted and left out, and so are recommendations.
	AsOf time.Time `json:"asOf"`

	// Starts are the numbers of deals with which stages begin, from 1 upwards; empty =
	// 1, 2, 3, 5, 9.
	Starts []int `json:"starts,omitempty"`

	// Level is that of the intervals; 0 = 0.95.
	Level float64 `json:"level,omitempty"`
}

// TenureReport tells how customers differ with the number of deals they have made.
type TenureReport struct {
	AsOf   time.Time     `json:"asOf"`
	Stages []TenureStage `json:"stages"`

	Later   int `json:"later,omitempty"`   // deals that became a sale after AsOf
	Unsold  int `json:"unsold,omitempty"`  // deals that sold nothing: leads and gifts
	Refunds int `json:"refunds,omitempty"` // that belong to no known deal

	// EarlyReferrals is how many newcomers were recommended by someone who had made no deal
	// by then, or is not known.
	EarlyReferrals int `json:"earlyReferrals,omitempty"`
}

// TenureStage is what customers did between one number of deals and another.
// Intervals are of Student's t over customers; an estimate of nothing is zero.
type TenureStage struct {
	From int `json:"from"`         // the number of the first deal of the stage
	To   int `json:"to,omitempty"` // of the last; 0 = no end

	Customers int `json:"customers"` // with a deal of the stage
	Deals     int `json:"deals"`

	Revenue     decimal.Decimal `json:"revenue"`
	SaleRevenue decimal.Decimal `json:"saleRevenue"` // of items below their list price
	ServeCost   decimal.Decimal `json:"serveCost"`   // cost to serve

	Check                TenureTrait `json:"check"`                // revenue per deal
	OnSale               TenureTrait `json:"onSale"`               // share of deals with an item below its list price
	AddOns               TenureTrait `json:"addOns"`               // share of deals with an accessory
	ServeCostPerDeal     TenureTrait `json:"serveCostPerDeal"`     // cost to serve
	ServeCostPerPosition TenureTrait `json:"serveCostPerPosition"` // cost to serve a deal, per chosen position of it

	// Referrals are the newcomers whom customers of this stage recommended, on the
	// newcomer's first slip that names someone; CustomerDays how long customers were
	// in the stage, from its first deal to the next stage's or AsOf.
	Referrals        int                `json:"referrals"`
	CustomerDays     float64            `json:"customerDays"`
	ReferralsPerYear clientele.Estimate `json:"referralsPerYear"` // referrals a customer and year of 365.2425 days
}

// TenureTrait is a number of the deals of a stage.
type TenureTrait struct {
	Mean clientele.Estimate `json:"mean"` // over the deals of the stage

	// Change is by how much the customers of this stage differ from themselves in
	// the first one: the mean of their differences. Unlike Mean, it does not differ
	// between stages merely because other customers are left.
	Change clientele.Estimate `json:"change"` // zero in the first stage
}

var defaultTenureStages = []int{1, 2, 3, 5, 9}

// fill returns the configuration with defaults, or all its faults.
func (c TenureConfig) fill(op string) (TenureConfig, error) {
	faults := clientele.ConfigError{Op: op}
	if err := rule.Time(c.AsOf); err != nil {
		faults.Add("AsOf", c.AsOf, err)
	}
	if len(c.Starts) == 0 {
		c.Starts = defaultTenureStages
	}
	for i, from := range c.Starts {
		if i == 0 && from != 1 || i > 0 && from <= c.Starts[i-1] {
			faults.Add(fmt.Sprintf("Starts[%d]", i), from, clientele.ErrRange)
		}
	}
	c.Level = fault.AddLevel(&faults, c.Level)
	return c, faults.Err()
}

// ByTenure tells whether long-standing customers really are cheaper to serve, less
// price-sensitive, and readier to take accessories and to recommend: what changes
// with the number of deals made. Deals come from [clientele.Deals], in any order;
// a customer's are numbered by the time they became a sale, those of one moment from
// the least revenue, then the least cost to serve. All of a deal's receipts count for
// it.
//
// ByTenure is a barrier: it keeps some hundred bytes of every deal. Faults of cfg
// are reported together; the first deal that is unusable, or states another currency
// than one before ([clientele.ErrMismatch]), ends it, an [clientele.InputError] with
// its index.
func ByTenure[K clientele.ID](deals iter.Seq2[clientele.Deal[K], error], cfg TenureConfig) (TenureReport, error) {
	const op = "account.ByTenure"
	cfg, err := cfg.fill(op)
	if err != nil {
		return TenureReport{}, err
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
	report := TenureReport{AsOf: cfg.AsOf.UTC(), Later: f.later, Unsold: f.unsold, Refunds: f.refunds, EarlyReferrals: f.early}
	for i, from := range cfg.Starts {
		s := stages[i].stage(cfg.Level, i == 0)
		s.From = from
		if i+1 < len(cfg.Starts) {
			s.To = cfg.Starts[i+1] - 1
		}
		report.Stages = append(report.Stages, s)
	}
	return report, nil
}
