package account

import (
	"iter"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/shopspring/decimal"
)

// DiscountGroup tells how a group of customers takes discounts. An item is on sale
// where it was sold below its list price. Intervals are over customers, whose deals
// resemble each other; an estimate of nothing is zero, and one of a single customer
// has level 0.
type DiscountGroup struct {
	Group     string `json:"group"`     // label
	Customers int    `json:"customers"` // number of customers with a deal
	Deals     int    `json:"deals"`     // number of their deals

	Revenue     decimal.Decimal `json:"revenue"`     // money paid less money refunded
	SaleRevenue decimal.Decimal `json:"saleRevenue"` // revenue of items on sale
	Discount    decimal.Decimal `json:"discount"`    // money given below the list prices of items on sale

	OnSale           clientele.Estimate `json:"onSale"`           // share of deals with an item on sale
	SaleShare        clientele.Estimate `json:"saleShare"`        // share of revenue from items on sale
	SaleDiscountRate clientele.Estimate `json:"saleDiscountRate"` // share of the list prices of items on sale that was given away
	SaleMarginRate   clientele.Estimate `json:"saleMarginRate"`   // margin's share of the revenue from items on sale
	FullMarginRate   clientele.Estimate `json:"fullMarginRate"`   // margin's share of the other revenue; gifts lower it

	Response CampaignResponse `json:"response"` // what campaigns do to the number of deals
}

// DiscountSensitivity tells how each group of customers takes discounts, in
// ascending order of labels: how much they buy on sale, what that earns, and how
// they respond to campaigns. It counts customers with a deal. level is that of the
// intervals, 0 = 0.95.
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

	onSale, share, depth, saleMargin, fullMargin interval.Ratio

	response responses
}

// count adds a customer with a deal.
func (d *discountTally) count(c *columns, slot int32) {
	d.add(c, slot)
	d.customers++
	t := c.tabs.At(slot)
	float := func(s exact.Sum) float64 { return c.wide.Float(s) }
	sale, discount := float(t.saleRevenue), float(t.discount)
	saleCost := float(t.saleGoods)
	full, fullCost := c.without(t.revenue, t.saleRevenue), c.without(t.goods, t.saleGoods)
	d.onSale.Add(float64(t.onSale), float64(t.deals))
	d.share.Add(sale, float(t.revenue))
	d.depth.Add(discount, sale+discount)
	d.saleMargin.Add(sale-saleCost, sale)
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
		Revenue: a.Revenue, SaleRevenue: a.SaleRevenue, Discount: a.Discount,
		Response: d.response.estimate(level),
	}
	g.OnSale, _ = d.onSale.Estimate(level)
	g.SaleShare, _ = d.share.Estimate(level)
	g.SaleDiscountRate, _ = d.depth.Estimate(level)
	g.SaleMarginRate, _ = d.saleMargin.Estimate(level)
	g.FullMarginRate, _ = d.fullMargin.Estimate(level)
	return g
}
