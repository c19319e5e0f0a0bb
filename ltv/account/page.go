package account

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv"
	"github.com/shopspring/decimal"
)

// Page is all that is known of one customer: a page of a CRM.
type Page struct {
	Account  Account `json:"account"`
	Figures  Figures `json:"figures"`            // what the account comes to
	Currency string  `json:"currency,omitempty"` // the currency that receipts state; "" if none does

	Deals      []PageDeal  `json:"deals"`             // deals sold up to AsOf, in order of time
	Favourites []Favourite `json:"favourites"`        // categories of chosen items, those with the most revenue first
	Payback    *Payback    `json:"payback,omitempty"` // nil without a receipt up to AsOf
	Tier       *Verdict    `json:"tier,omitempty"`    // nil without [PageConfig].Tiers
	Later      int         `json:"later,omitempty"`   // number of receipts after AsOf, which are ignored

	// Summary and Forecast say what is to come of a customer who has bought; nil
	// without [PageConfig].Forecaster.
	Summary  *ltv.Summary  `json:"summary,omitempty"`
	Forecast *ltv.Forecast `json:"forecast,omitempty"`
}

// NewPage makes the page of one customer from all deals of that customer, unsold leads
// and refunds included. It returns [clientele.ErrEmpty] if there are no deals, and a
// [clientele.InputError] with the deal's index, which matches [clientele.ErrMismatch], if
// the customer or the currency differs from that of the deals before. Faults of cfg are
// reported together.
func NewPage[K clientele.ID](deals []clientele.Deal[K], cfg PageConfig) (Page, error) {
	const op = "account.NewPage"
	own, history, err := cfg.open(op)
	if err != nil {
		return Page{}, err
	}
	if len(deals) == 0 {
		return Page{}, fault.Of(op, "deals", nil, rule.Want(rule.Empty, "at least one deal of the customer"))
	}
	customer := deals[0].Customer
	a, err := accountsOfOne(op, deals, own, cfg.AcquisitionCost)
	if err != nil {
		return Page{}, err
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

// accountsOfOne returns the accounts of the one customer whose deals they are.
func accountsOfOne[K clientele.ID](op string, deals []clientele.Deal[K], cfg Config, cost decimal.Decimal) (*Accounts[K], error) {
	a := &Accounts[K]{roster: new(clientele.Roster[K]), cols: newColumns(cfg)}
	customer := deals[0].Customer
	add := func(d clientele.Deal[K]) error {
		if d.Customer != customer {
			return fault.Of(op, "Customer", d.Customer, rule.Because(rule.Mismatch, "a deal of another customer", "deals of %v alone", customer))
		}
		return a.AddDeal(d)
	}
	for _, err := range fault.Checked(op, clientele.All(deals), add) {
		if err != nil {
			return nil, err
		}
	}
	if err := a.AddAcquisition(customer, cost); err != nil {
		return nil, fault.Renamed(op, err)
	}
	return a, nil
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
