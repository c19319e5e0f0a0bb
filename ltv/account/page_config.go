package account

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/clientele-go/clientele/ltv"
	"github.com/shopspring/decimal"
)

// PageConfig says what a [Page] shows.
type PageConfig struct {
	AsOf      time.Time           `json:"asOf"`                // last moment that counts; required
	Book      clientele.PriceBook `json:"book,omitempty"`      // what the shop offers at which price, for Account.Breadth
	Campaigns []Campaign          `json:"campaigns,omitempty"` // times of discounts, at most 5,000, for the number of deals within them

	AcquisitionCost decimal.Decimal `json:"acquisitionCost"` // what it cost to win the customer
	Tiers           *TierRules      `json:"tiers,omitempty"` // rules of the verdict; nil = no verdict

	// Forecaster forecasts what the customer will bring; nil = no forecast. Its models
	// must have been fitted to deals, one purchase a deal, since the page counts deals.
	Forecaster *ltv.Forecaster `json:"-"`

	// Summary is the configuration of the summaries that the models were fitted to,
	// needed with a Forecaster. Its Until must be zero, for a page has no holdout; its AsOf
	// may be zero, and is then that of the page.
	Summary ltv.SummaryConfig `json:"summary"`
}

// Validate reports all faults of the configuration at once in a
// [clientele.ConfigError], as [NewPage] does.
func (c PageConfig) Validate() error {
	_, _, err := c.open("account.PageConfig.Validate")
	return err
}

// UnmarshalJSON reads a configuration strictly: it returns [clientele.ErrEncoding] for an unknown
// key, a key given twice or a value of the wrong type, and changes nothing then.
func (c *PageConfig) UnmarshalJSON(data []byte) error {
	return strict.Into[clientele.InputError]("account.PageConfig.UnmarshalJSON", data, c)
}

// open returns the configuration of the accounts behind the page and, for a forecast,
// an empty history; or all faults.
func (c PageConfig) open(op string) (Config, *ltv.History, error) {
	faults := clientele.ConfigError{Op: op}
	own := Config{AsOf: c.AsOf, Book: c.Book, Campaigns: c.Campaigns, Payback: true}.fill(&faults)
	if err := rule.Cost(c.AcquisitionCost); err != nil {
		faults.Add("AcquisitionCost", c.AcquisitionCost, err)
	}
	if c.Tiers != nil {
		fault.AddPart(&faults, "Tiers.", c.Tiers.Validate())
	}
	if c.Forecaster == nil || faults.Err() != nil {
		return own, nil, faults.Err()
	}
	sums := c.Summary
	switch {
	case sums.AsOf.IsZero():
		sums.AsOf = own.AsOf
	case !sums.AsOf.Equal(own.AsOf):
		faults.Add("Summary.AsOf", sums.AsOf, rule.Because(rule.Mismatch, "differs from the AsOf of the page", "%v or nothing", own.AsOf))
	}
	if !sums.Until.IsZero() {
		faults.Add("Summary.Until", sums.Until, rule.Because(rule.Range, "a page has no holdout", "nothing"))
	}
	if err := sameUnit(sums.Unit(), c.Forecaster.Unit()); err != nil {
		faults.Add("Summary", sums.Unit(), err)
	}
	history, err := ltv.NewHistory(sums)
	fault.AddPart(&faults, "Summary.", err)
	return own, history, faults.Err()
}

// sameUnit refuses summaries in another unit of time than that of the models, if they
// know theirs.
func sameUnit(summaries, models ltv.Span) error {
	if models.IsZero() {
		return nil
	}
	if n, err := summaries.In(models); err != nil || n != 1 {
		return rule.Because(rule.Mismatch, "another unit of time than that of the Forecaster", "%v, by Calendar and Per", models)
	}
	return nil
}
