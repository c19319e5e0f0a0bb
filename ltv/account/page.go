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
	Config // Payback need not be set

	Acquisition decimal.Decimal `json:"acquisition"`     // what it cost to win the customer
	Tiers       *TierRules      `json:"tiers,omitempty"` // nil = no verdict

	// Forecaster says what the customer will bring; nil = nothing is foreseen. Its
	// models are of deals, as those of the profile.
	Forecaster *ltv.Forecaster `json:"-"`

	// Summary is the configuration of the summaries that the models were fitted to.
	// It has no holdout, and an AsOf of zero is that of the account; any other is
	// refused, since the two would tell of different days.
	Summary ltv.SummaryConfig `json:"summary"`
}

// Page is all that is known of one customer: a page of a CRM.
type Page struct {
	Account  Account `json:"account"`
	Figures  Figures `json:"figures"`
	Currency string  `json:"currency,omitempty"`

	Deals      []PageDeal  `json:"deals"`             // that became sales up to AsOf, in order of time
	Favourites []Favourite `json:"favourites"`        // categories of chosen items, those with the most revenue first
	Payback    *Payback    `json:"payback,omitempty"` // nil without a receipt up to AsOf
	Tier       *Verdict    `json:"tier,omitempty"`
	Later      int         `json:"later,omitempty"` // receipts after AsOf, not counted

	Summary  *ltv.Summary  `json:"summary,omitempty"` // with a Forecaster, for who has bought
	Forecast *ltv.Forecast `json:"forecast,omitempty"`
}

// PageDeal is what one deal brought, from its receipts up to AsOf.
type PageDeal struct {
	At       time.Time `json:"at"`                 // when it became a sale
	Interval *float64  `json:"interval,omitempty"` // days of 24 hours since the deal before
	Growth   *float64  `json:"growth,omitempty"`   // of revenue over that of the deal before; nil where that brought none

	Revenue   decimal.Decimal `json:"revenue"`
	Goods     decimal.Decimal `json:"goods"`
	Serve     decimal.Decimal `json:"serve"`
	Profit    decimal.Decimal `json:"profit"` // revenue less both; acquisition is paid by all deals together
	Discount  decimal.Decimal `json:"discount"`
	Positions int             `json:"positions"`
}

// Favourite is a category and its share of what the customer has spent.
type Favourite struct {
	CategorySales
	Share float64 `json:"share"` // of revenue, refunds taken off; 0 where there is none
}

// NewPage tells all that the deals of one customer tell, leads and refunds among
// them. No deals are [clientele.ErrEmpty], a deal of another customer or currency is
// [clientele.ErrMismatch]; the InputError has the deal's index. Faults of cfg are
// reported together.
func NewPage[K clientele.ID](deals []clientele.Deal[K], cfg PageConfig) (Page, error) {
	const op = "account.NewPage"
	cfg, history, err := cfg.fill(op)
	if err != nil {
		return Page{}, err
	}
	if len(deals) == 0 {
		return Page{}, &clientele.InputError{Op: op, Index: -1, Field: "deals", Err: clientele.ErrEmpty}
	}
	a := &Accounts[K]{roster: new(clientele.Roster[K]), cols: newAccountColumns(cfg.Config)}
	customer := deals[0].Customer
	add := func(d clientele.Deal[K]) error {
		if d.Customer != customer {
			return &clientele.InputError{Index: -1, Field: "Customer", Value: d.Customer, Err: clientele.ErrMismatch}
		}
		return a.AddDeal(d)
	}
	for _, err := range fault.Checked(op, clientele.All(deals), add) {
		if err != nil {
			return Page{}, err
		}
	}
	if err := a.AddAcquisition(customer, cfg.Acquisition); err != nil {
		return Page{}, fault.Renamed(op, err)
	}
	p := Page{Currency: a.Currency(), Later: a.Later(), Deals: dealAccounts(deals, a.cols.asOf)}
	p.Account, _ = a.Of(customer)
	p.Figures = p.Account.Figures()
	if payback, ok, _ := a.Payback(customer); ok {
		p.Payback = &payback
	}
	p.Favourites = favourites(a.Categories(), p.Account.Revenue)
	if cfg.Tiers != nil {
		p.Tier = new(cfg.Tiers.Classify(p.Account))
	}
	if err := foresee(op, &p, deals, history, cfg.Forecaster); err != nil {
		return Page{}, err
	}
	return p, nil
}

// fill returns the configuration with defaults and, for a forecast, an empty
// history; or all its faults.
func (c PageConfig) fill(op string) (PageConfig, *ltv.History, error) {
	faults := clientele.ConfigError{Op: op}
	c.Payback = true
	c.Config = c.Config.fill(&faults)
	if err := rule.Cost(c.Acquisition); err != nil {
		faults.Add("Acquisition", c.Acquisition, err)
	}
	if c.Tiers != nil {
		fault.AddPart(&faults, "Tiers.", c.Tiers.Validate())
	}
	if c.Forecaster == nil || faults.Err() != nil {
		return c, nil, faults.Err()
	}
	switch s := c.Summary; {
	case s.AsOf.IsZero():
		c.Summary.AsOf = c.AsOf
	case !s.AsOf.Equal(c.AsOf):
		faults.Add("Summary.AsOf", s.AsOf, clientele.ErrMismatch)
	}
	if !c.Summary.Until.IsZero() {
		faults.Add("Summary.Until", c.Summary.Until, clientele.ErrRange)
	}
	history, err := ltv.NewHistory(c.Summary)
	fault.AddPart(&faults, "Summary.", err)
	return c, history, faults.Err()
}

// foresee adds what is to come to the profile, for a customer who has bought. It looks
// at receipts up to AsOf alone.
func foresee[K clientele.ID](op string, p *Page, deals []clientele.Deal[K], h *ltv.History, f *ltv.Forecaster) error {
	if f == nil {
		return nil
	}
	asOf := p.Account.AsOf.UnixNano()
	add := func(d clientele.Deal[K]) error {
		bought, ok := upTo(d, asOf).Purchase()
		if !ok {
			return nil
		}
		return h.Add(bought.At, bought.Amount, bought.Group)
	}
	for _, err := range fault.Checked(op, clientele.All(deals), add) {
		if err != nil {
			return err
		}
	}
	s, ok := h.Summary()
	if !ok {
		return nil
	}
	forecast, err := f.One(s)
	if err != nil {
		return fault.Renamed(op, err)
	}
	p.Summary, p.Forecast = &s, &forecast
	return nil
}
