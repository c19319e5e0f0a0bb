package account

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/shopspring/decimal"
)

// DiscountGroup says how a group of customers responds to discounts. An item is discounted
// if it was sold below its list price. Intervals are over customers, whose deals resemble
// each other; an estimate without data is the zero Estimate, and one of a single customer, or
// of customers who are all alike, has no interval (level 0). Rates of money hold the truth more
// seldom than the level says where money is skewed, as the means of [Group] do.
type DiscountGroup struct {
	Group     string `json:"group"`     // label
	Customers int    `json:"customers"` // number of customers with a deal
	Deals     int    `json:"deals"`     // number of their deals

	Revenue           decimal.Decimal `json:"revenue"`           // money paid less money refunded
	DiscountedRevenue decimal.Decimal `json:"discountedRevenue"` // revenue of discounted items
	Discount          decimal.Decimal `json:"discount"`          // total by which prices paid were below list prices

	OnDiscount           clientele.Estimate `json:"onDiscount"`           // share of deals with a discounted item
	DiscountedShare      clientele.Estimate `json:"discountedShare"`      // share of revenue from discounted items
	DiscountSize         clientele.Estimate `json:"discountSize"`         // discount / list prices, of discounted items alone
	DiscountedMarginRate clientele.Estimate `json:"discountedMarginRate"` // margin / revenue, of discounted items alone
	FullMarginRate       clientele.Estimate `json:"fullMarginRate"`       // margin / revenue, of all that was not discounted; gifts lower it

	Response CampaignResponse `json:"response"` // what campaigns do to the number of deals
}

// DiscountSensitivity reports how each group of customers responds to discounts, in
// ascending order of labels: how much they buy at a discount, what that earns, and how
// they respond to campaigns. It counts customers with a deal. level is the confidence
// level of the intervals, between 0 and 1; 0 = 0.95.
func (a *Accounts[K]) DiscountSensitivity(group func(K) string, level float64) ([]DiscountGroup, error) {
	level, err := a.checkGrouping("account.Accounts.DiscountSensitivity", group, level)
	if err != nil {
		return nil, err
	}
	var all []DiscountGroup
	for label, d := range tallied(a, a.buyers(), group, (*discountTally).count) {
		all = append(all, d.group(label, &a.cols, level))
	}
	return all, nil
}

// buyers yields the slots with a deal, in the order of ids.
func (a *Accounts[K]) buyers() iter.Seq[int32] {
	return func(yield func(int32) bool) {
		for slot := range a.sorted() {
			if a.cols.tabs.At(slot).deals > 0 && !yield(slot) {
				return
			}
		}
	}
}

// discountTally is a group while it is counted.
type discountTally struct {
	tabSum
	customers int

	onDiscount, share, depth, discountedMargin, fullMargin interval.Ratio

	response responses
}

// count adds a customer with a deal.
func (d *discountTally) count(c *columns, slot int32) {
	d.add(c, slot)
	d.customers++
	t := c.tabs.At(slot)
	float := func(s exact.Sum) float64 { return c.wide.Float(s) }
	sale, discount := float(t.discountedRevenue), float(t.discount)
	saleCost := float(t.discountedGoods)
	full, fullCost := c.without(t.revenue, t.discountedRevenue), c.without(t.goods, t.discountedGoods)
	d.onDiscount.Add(float64(t.onDiscount), float64(t.deals))
	d.share.Add(sale, float(t.revenue))
	d.depth.Add(discount, sale+discount)
	d.discountedMargin.Add(sale-saleCost, sale)
	d.fullMargin.Add(full-fullCost, full)
	d.response.add(c.exposure(t))
}

// without is the difference of two sums of c, taken before it is rounded.
func (c *columns) without(all, part exact.Sum) float64 {
	var wide exact.Wide // c's is only read
	sum := wide.Copy(&c.wide, all)
	wide.Deduct(&sum, &c.wide, part)
	return wide.Float(sum)
}

func (d *discountTally) group(label string, c *columns, level float64) DiscountGroup {
	a := d.account(c.asOf)
	g := DiscountGroup{
		Group: label, Customers: d.customers, Deals: a.Deals,
		Revenue: a.Revenue, DiscountedRevenue: a.DiscountedRevenue, Discount: a.Discount,
		Response: d.response.estimate(level),
	}
	g.OnDiscount, _ = d.onDiscount.Estimate(level)
	g.DiscountedShare, _ = d.share.Estimate(level)
	g.DiscountSize, _ = d.depth.Estimate(level)
	g.DiscountedMarginRate, _ = d.discountedMargin.Estimate(level)
	g.FullMarginRate, _ = d.fullMargin.Estimate(level)
	return g
}
