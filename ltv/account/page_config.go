package account

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv"
	"github.com/shopspring/decimal"
)

// PageConfig says what a [Page] tells.
type PageConfig struct {
	AsOf      time.Time           `json:"asOf"` // as in [Config]; required
	Book      clientele.PriceBook `json:"book,omitempty"`
	Campaigns []Campaign          `json:"campaigns,omitempty"`

	AcquisitionCost decimal.Decimal `json:"acquisitionCost"` // what it cost to win the customer
	Tiers           *TierRules      `json:"tiers,omitempty"` // nil = no verdict

	// Forecaster says what the customer will bring; nil = nothing is foreseen. Its
	// models are of deals, as those of the page.
	Forecaster *ltv.Forecaster `json:"-"`

	// Summary is the configuration of the summaries that the models were fitted to.
	// It has no holdout, and an AsOf of zero is that of the account; any other is
	// refused, since the two would tell of different days.
	Summary ltv.SummaryConfig `json:"summary"`
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
		faults.Add("Summary.AsOf", sums.AsOf, clientele.ErrMismatch)
	}
	if !sums.Until.IsZero() {
		faults.Add("Summary.Until", sums.Until, clientele.ErrRange)
	}
	history, err := ltv.NewHistory(sums)
	fault.AddPart(&faults, "Summary.", err)
	return own, history, faults.Err()
}
