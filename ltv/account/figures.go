package account

import "github.com/shopspring/decimal"

// Figures are what an [Account] comes to, by its methods, for a page or a document.
// Those with a pointer are nil where there is nothing to divide by.
type Figures struct {
	Margin       decimal.Decimal `json:"margin"`       // revenue less the cost of goods
	Contribution decimal.Decimal `json:"contribution"` // margin less the cost to serve
	Profit       decimal.Decimal `json:"profit"`       // contribution less the cost of acquisition

	AverageCheck         *float64 `json:"averageCheck"`         // revenue per deal
	Growth               *float64 `json:"growth"`               // growth of the check from deal to deal, 0.1 = 10 %
	ProfitPerDeal        *float64 `json:"profitPerDeal"`        // profit per deal
	Depth                *float64 `json:"depth"`                // chosen lines per deal
	Breadth              *float64 `json:"breadth"`              // mean price rank, 0 = always the cheapest product, 1 = always the most expensive one
	MarginRate           *float64 `json:"marginRate"`           // margin / revenue, before the cost to serve
	DiscountRate         *float64 `json:"discountRate"`         // discount / revenue at list prices
	DiscountedShare      *float64 `json:"discountedShare"`      // share of revenue from lines below their list price
	DiscountedMarginRate *float64 `json:"discountedMarginRate"` // margin / revenue of lines below their list price
	MeanInterval         *float64 `json:"meanInterval"`         // days between deals
	DealsPerYear         *float64 `json:"dealsPerYear"`         // deals after the first, per year
	Age                  *float64 `json:"age"`                  // days since the first deal
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
		AverageCheck: known(a.AverageCheck()), Growth: known(a.Growth()), ProfitPerDeal: known(a.ProfitPerDeal()),
		Depth: known(a.Depth()), Breadth: known(a.Breadth, a.Ranked > 0),
		MarginRate: known(a.MarginRate()), DiscountRate: known(a.DiscountRate()),
		DiscountedShare: known(a.DiscountedShare()), DiscountedMarginRate: known(a.DiscountedMarginRate()),
		MeanInterval: known(a.MeanInterval()), DealsPerYear: known(a.DealsPerYear()), Age: known(a.Age()),
	}
}
