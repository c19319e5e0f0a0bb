package account

import "github.com/shopspring/decimal"

// Figures are what an [Account] comes to, by its methods, for a page or a document;
// nil where there is nothing to divide by.
type Figures struct {
	Margin       decimal.Decimal `json:"margin"`
	Contribution decimal.Decimal `json:"contribution"`
	Profit       decimal.Decimal `json:"profit"`

	Check          *float64 `json:"check"`
	Growth         *float64 `json:"growth"`
	ProfitPerDeal  *float64 `json:"profitPerDeal"`
	Depth          *float64 `json:"depth"`
	Breadth        *float64 `json:"breadth"`
	MarginRate     *float64 `json:"marginRate"`
	DiscountRate   *float64 `json:"discountRate"`
	SaleShare      *float64 `json:"saleShare"`
	SaleMarginRate *float64 `json:"saleMarginRate"`
	MeanInterval   *float64 `json:"meanInterval"` // days
	DealsPerYear   *float64 `json:"dealsPerYear"` // deals a year
	Age            *float64 `json:"age"`          // days
}

// Figures returns all that the methods of the account say.
func (a Account) Figures() Figures {
	known := func(v float64, ok bool) *float64 {
		if !ok {
			return nil
		}
		return &v
	}
	return Figures{
		Margin: a.Margin(), Contribution: a.Contribution(), Profit: a.Profit(),
		Check: known(a.Check()), Growth: known(a.Growth()), ProfitPerDeal: known(a.ProfitPerDeal()),
		Depth: known(a.Depth()), Breadth: known(a.Breadth, a.Ranked > 0),
		MarginRate: known(a.MarginRate()), DiscountRate: known(a.DiscountRate()),
		SaleShare: known(a.SaleShare()), SaleMarginRate: known(a.SaleMarginRate()),
		MeanInterval: known(a.MeanInterval()), DealsPerYear: known(a.DealsPerYear()), Age: known(a.Age()),
	}
}
