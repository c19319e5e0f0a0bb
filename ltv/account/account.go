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
	Deals int       `json:"deals"`          // number of deals: receipts, or the deals that were added by AddDeal
	First time.Time `json:"first,omitzero"` // moment of the first deal, in UTC; zero without a deal
	Last  time.Time `json:"last,omitzero"`  // moment of the last deal, in UTC; zero without a deal
	AsOf  time.Time `json:"asOf"`           // last moment that counts

	FirstCheck decimal.Decimal `json:"firstCheck"` // revenue of the first deal
	LastCheck  decimal.Decimal `json:"lastCheck"`  // revenue of the last deal

	Revenue         decimal.Decimal `json:"revenue"`         // money paid less money refunded
	GoodsCost       decimal.Decimal `json:"goodsCost"`       // what the goods cost the shop, gifts and lead magnets included
	ServeCost       decimal.Decimal `json:"serveCost"`       // cost to serve
	AcquisitionCost decimal.Decimal `json:"acquisitionCost"` // what it cost to win the customer

	Positions int             `json:"positions"` // number of chosen lines: no gifts, no lead magnets (see clientele.Line.IsChosen)
	Units     decimal.Decimal `json:"units"`     // number of units of chosen lines
	Ranked    int             `json:"ranked"`    // number of chosen lines that have a price rank in Config.Book

	// Breadth is where the prices of the chosen products lie among the prices that the
	// shop offers in their category: the mean price rank of the ranked lines, 0 = always
	// the cheapest product, 1 = always the most expensive one; 0 where Ranked is 0.
	Breadth float64 `json:"breadth"`

	Discount            decimal.Decimal `json:"discount"`            // total by which prices paid were below list prices
	Surcharge           decimal.Decimal `json:"surcharge"`           // total by which prices paid were above list prices
	DealsOnDiscount     int             `json:"dealsOnDiscount"`     // number of deals with a line below its list price
	DiscountedRevenue   decimal.Decimal `json:"discountedRevenue"`   // revenue of lines below their list price
	DiscountedGoodsCost decimal.Decimal `json:"discountedGoodsCost"` // cost of the goods of lines below their list price
	DealsInCampaigns    int             `json:"dealsInCampaigns"`    // number of deals within [Config].Campaigns
}

// account reads a tab.
func (t *tab) account(w *exact.Wide, asOf int64) Account {
	a := Account{
		Deals:               int(t.deals),
		AsOf:                rule.Moment(asOf),
		FirstCheck:          w.Decimal(t.firstCheck),
		LastCheck:           w.Decimal(t.lastCheck),
		Revenue:             w.Decimal(t.revenue),
		GoodsCost:           w.Decimal(t.goods),
		ServeCost:           w.Decimal(t.serve),
		AcquisitionCost:     w.Decimal(t.acquisition),
		Positions:           int(t.positions),
		Units:               w.Decimal(t.units),
		Ranked:              int(t.ranked),
		Discount:            w.Decimal(t.discount),
		Surcharge:           w.Decimal(t.surcharge),
		DealsOnDiscount:     int(t.onDiscount),
		DiscountedRevenue:   w.Decimal(t.discountedRevenue),
		DiscountedGoodsCost: w.Decimal(t.discountedGoods),
		DealsInCampaigns:    int(t.inCampaigns),
	}
	if t.deals > 0 {
		a.First, a.Last = rule.Moment(t.first), rule.Moment(t.last)
	}
	if t.ranked > 0 {
		a.Breadth = float64(t.ranks) / rankUnit / float64(t.ranked)
	}
	return a
}

// Margin is the revenue less the cost of goods, exact: an amount of money before the cost
// to serve and the cost of acquisition are subtracted.
func (a Account) Margin() decimal.Decimal { return a.Revenue.Sub(a.GoodsCost) }

// Contribution is the margin less the cost to serve, exact.
func (a Account) Contribution() decimal.Decimal { return a.Margin().Sub(a.ServeCost) }

// Profit is the contribution less the cost of acquisition, exact.
func (a Account) Profit() decimal.Decimal { return a.Contribution().Sub(a.AcquisitionCost) }

// RevenueAtList is what the revenue would have been had every line been sold at its list
// price, exact. Gifts count as 0.
func (a Account) RevenueAtList() decimal.Decimal { return a.Revenue.Add(a.Discount).Sub(a.Surcharge) }

// AverageCheck is the revenue per deal, also known as average order value.
func (a Account) AverageCheck() (check float64, ok bool) { return perDeal(a.Revenue, a.Deals) }

// ProfitPerDeal is the profit per deal, after the cost of acquisition.
func (a Account) ProfitPerDeal() (profit float64, ok bool) { return perDeal(a.Profit(), a.Deals) }

func perDeal(money decimal.Decimal, deals int) (float64, bool) {
	return quotient.Of(money.InexactFloat64(), float64(deals))
}

// Depth is Positions, the number of chosen lines, per deal.
func (a Account) Depth() (positions float64, ok bool) {
	return quotient.Of(float64(a.Positions), float64(a.Deals))
}

// MarginRate is margin / revenue: the share of revenue left after the cost of goods alone.
// For the share left after the cost to serve too, divide Contribution by Revenue.
func (a Account) MarginRate() (share float64, ok bool) {
	return quotient.OfMoney(a.Margin(), a.Revenue)
}

// DiscountRate is Discount / RevenueAtList.
func (a Account) DiscountRate() (share float64, ok bool) {
	return quotient.OfMoney(a.Discount, a.RevenueAtList())
}

// DiscountedShare is the share of revenue that came from lines below their list price.
func (a Account) DiscountedShare() (share float64, ok bool) {
	return quotient.OfMoney(a.DiscountedRevenue, a.Revenue)
}

// DiscountedMarginRate is the MarginRate of the lines below their list price alone.
func (a Account) DiscountedMarginRate() (share float64, ok bool) {
	return quotient.OfMoney(a.DiscountedRevenue.Sub(a.DiscountedGoodsCost), a.DiscountedRevenue)
}

// Growth is by how much the check grew from deal to deal, on average:
// (LastCheck/FirstCheck)^(1/(Deals-1)) - 1, so that 0.1 is ten percent each time. ok is
// false with fewer than two deals, and where FirstCheck is not above 0 or LastCheck is
// below 0.
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
