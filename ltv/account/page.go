package account

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/ltv"
	"github.com/shopspring/decimal"
)

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
	GoodsCost decimal.Decimal `json:"goodsCost"`
	ServeCost decimal.Decimal `json:"serveCost"`
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
	own, history, err := cfg.open(op)
	if err != nil {
		return Page{}, err
	}
	if len(deals) == 0 {
		return Page{}, &clientele.InputError{Op: op, Index: -1, Field: "deals", Err: clientele.ErrEmpty}
	}
	a := &Accounts[K]{roster: new(clientele.Roster[K]), cols: newColumns(own)}
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
	if err := a.AddAcquisition(customer, cfg.AcquisitionCost); err != nil {
		return Page{}, fault.Renamed(op, err)
	}
	p := Page{Currency: a.Currency(), Later: a.Later(), Deals: pageDeals(deals, a.cols.asOf)}
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

// foresee adds what is to come to the page, for a customer who has bought. It looks
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
