package account

import (
	"math"
	"time"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/internal/quotient"
	"github.com/shopspring/decimal"
)

// Account is what a customer, a group or the base has brought so far. Money and
// quantities are exact. The methods that divide return a float64, and ok = false
// where there is nothing to divide by.
//
// Refunds that were not folded into the receipts they take back (see
// [clientele.Net]) lower money, costs, units and positions, and are no deals.
type Account struct {
	Deals int       `json:"deals"`          // number of deals: receipts, or what the host grouped into deals
	First time.Time `json:"first,omitzero"` // moment of the first deal, in UTC; zero without a deal
	Last  time.Time `json:"last,omitzero"`  // moment of the last deal, in UTC; zero without a deal
	AsOf  time.Time `json:"asOf"`           // last moment that counts

	FirstCheck decimal.Decimal `json:"firstCheck"` // revenue of the first deal
	LastCheck  decimal.Decimal `json:"lastCheck"`  // revenue of the last deal

	Revenue         decimal.Decimal `json:"revenue"`         // money paid less money refunded
	GoodsCost       decimal.Decimal `json:"goodsCost"`       // what the goods cost the shop, gifts and lead magnets included
	ServeCost       decimal.Decimal `json:"serveCost"`       // cost to serve
	AcquisitionCost decimal.Decimal `json:"acquisitionCost"` // what it cost to win the customer

	Positions int             `json:"positions"` // number of chosen lines
	Units     decimal.Decimal `json:"units"`     // number of chosen units
	Ranked    int             `json:"ranked"`    // number of chosen lines that have a price rank
	Breadth   float64         `json:"breadth"`   // mean price rank of the ranked lines, 0 = always the cheapest, 1 = always the most expensive; 0 where Ranked is 0

	Discount         decimal.Decimal `json:"discount"`         // money given below list prices
	Surcharge        decimal.Decimal `json:"surcharge"`        // money taken above list prices
	DealsOnSale      int             `json:"dealsOnSale"`      // number of deals with a line below its list price
	SaleRevenue      decimal.Decimal `json:"saleRevenue"`      // revenue of lines below their list price
	SaleGoodsCost    decimal.Decimal `json:"saleGoodsCost"`    // cost of the goods of lines below their list price
	DealsInCampaigns int             `json:"dealsInCampaigns"` // number of deals within [Config].Campaigns
}

// account reads a tab.
func (t *tab) account(w *exact.Wide, asOf int64) Account {
	a := Account{
		Deals:            int(t.deals),
		AsOf:             rule.Moment(asOf),
		FirstCheck:       w.Decimal(t.firstCheck),
		LastCheck:        w.Decimal(t.lastCheck),
		Revenue:          w.Decimal(t.revenue),
		GoodsCost:        w.Decimal(t.goods),
		ServeCost:        w.Decimal(t.serve),
		AcquisitionCost:  w.Decimal(t.acquisition),
		Positions:        int(t.positions),
		Units:            w.Decimal(t.units),
		Ranked:           int(t.ranked),
		Discount:         w.Decimal(t.discount),
		Surcharge:        w.Decimal(t.surcharge),
		DealsOnSale:      int(t.onSale),
		SaleRevenue:      w.Decimal(t.saleRevenue),
		SaleGoodsCost:    w.Decimal(t.saleGoods),
		DealsInCampaigns: int(t.inCampaigns),
	}
	if t.deals > 0 {
		a.First, a.Last = rule.Moment(t.first), rule.Moment(t.last)
	}
	if t.ranked > 0 {
		a.Breadth = float64(t.ranks) / rankUnit / float64(t.ranked)
	}
	return a
}

// Margin is the revenue less the cost of goods, exact.
func (a Account) Margin() decimal.Decimal { return a.Revenue.Sub(a.GoodsCost) }

// Contribution is the margin less the cost to serve, exact.
func (a Account) Contribution() decimal.Decimal { return a.Margin().Sub(a.ServeCost) }

// Profit is the contribution less the cost of acquisition, exact.
func (a Account) Profit() decimal.Decimal { return a.Contribution().Sub(a.AcquisitionCost) }

// RevenueAtList is what the revenue would have been at list prices, gifts free, exact.
func (a Account) RevenueAtList() decimal.Decimal { return a.Revenue.Add(a.Discount).Sub(a.Surcharge) }

// Check is the average check: revenue per deal.
func (a Account) Check() (check float64, ok bool) { return perDeal(a.Revenue, a.Deals) }

// ProfitPerDeal is the profit, acquisition included, per deal.
func (a Account) ProfitPerDeal() (profit float64, ok bool) { return perDeal(a.Profit(), a.Deals) }

func perDeal(money decimal.Decimal, deals int) (float64, bool) {
	return quotient.Of(money.InexactFloat64(), float64(deals))
}

// Depth is the number of chosen positions per deal.
func (a Account) Depth() (positions float64, ok bool) {
	return quotient.Of(float64(a.Positions), float64(a.Deals))
}

// MarginRate is the margin's share of revenue.
func (a Account) MarginRate() (share float64, ok bool) {
	return quotient.OfMoney(a.Margin(), a.Revenue)
}

// DiscountRate is the discount's share of RevenueAtList.
func (a Account) DiscountRate() (share float64, ok bool) {
	return quotient.OfMoney(a.Discount, a.RevenueAtList())
}

// SaleShare is the share of revenue that came from lines below their list price.
func (a Account) SaleShare() (share float64, ok bool) {
	return quotient.OfMoney(a.SaleRevenue, a.Revenue)
}

// SaleMarginRate is the margin's share of the revenue from lines below their list
// price.
func (a Account) SaleMarginRate() (share float64, ok bool) {
	return quotient.OfMoney(a.SaleRevenue.Sub(a.SaleGoodsCost), a.SaleRevenue)
}

// Growth is by how much the check grew from deal to deal, on average:
// (LastCheck/FirstCheck)^(1/(Deals-1)) - 1, so that 0.1 is ten percent each time. ok is
// false with fewer than two deals, a first one that was free, or a last one below 0.
func (a Account) Growth() (share float64, ok bool) {
	times, ok := quotient.OfMoney(a.LastCheck, a.FirstCheck)
	if !ok || a.Deals < 2 || a.FirstCheck.Sign() <= 0 || times < 0 {
		return 0, false
	}
	return math.Expm1(math.Log(times) / float64(a.Deals-1)), true
}

// MeanInterval is the mean number of days of 24 hours between deals; ok is false with
// fewer than two.
func (a Account) MeanInterval() (days float64, ok bool) {
	if a.Deals < 2 {
		return 0, false
	}
	return quotient.Of(daysBetween(a.First, a.Last), float64(a.Deals-1))
}

// DealsPerYear is the number of deals after the first per year of 365.2425 days from
// the first deal to AsOf; ok is false without a deal before AsOf.
func (a Account) DealsPerYear() (deals float64, ok bool) {
	age, ok := a.Age()
	if !ok {
		return 0, false
	}
	return quotient.Of(float64(a.Deals-1)*ltv.DaysPerYear, age)
}

// Age is the number of days of 24 hours from the first deal to AsOf; ok is false
// without a deal.
func (a Account) Age() (days float64, ok bool) {
	if a.Deals == 0 {
		return 0, false
	}
	return daysBetween(a.First, a.AsOf), true
}

// daysBetween are days of 24 hours.
func daysBetween(from, to time.Time) float64 {
	seconds := float64(to.Unix()-from.Unix()) + float64(to.Nanosecond()-from.Nanosecond())/1e9
	return seconds / (24 * 60 * 60)
}
