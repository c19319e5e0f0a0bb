package account

import (
	"cmp"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/clientele-go/clientele/ltv/internal/quotient"
	"github.com/shopspring/decimal"
)

// PageDeal is what one deal brought, from its receipts up to AsOf.
type PageDeal struct {
	At       time.Time `json:"at"`                 // moment of the sale, clientele.Deal.SoldAt
	Interval *float64  `json:"interval,omitempty"` // days of 24 hours since the deal before; nil for the first
	Growth   *float64  `json:"growth,omitempty"`   // growth of the revenue over the deal before, 0.1 = 10 %; nil if that deal had no revenue

	Revenue   decimal.Decimal `json:"revenue"`   // money paid less money refunded
	GoodsCost decimal.Decimal `json:"goodsCost"` // what the goods cost the shop
	ServeCost decimal.Decimal `json:"serveCost"` // cost to serve
	Profit    decimal.Decimal `json:"profit"`    // revenue less GoodsCost and ServeCost: the contribution, from which the cost of acquisition is not subtracted
	Discount  decimal.Decimal `json:"discount"`  // total by which prices paid were below list prices
	Positions int             `json:"positions"` // number of chosen lines
}

// upTo returns a deal with the receipts up to a moment; it may have none left.
func upTo[K clientele.ID](d clientele.Deal[K], asOf int64) clientele.Deal[K] {
	d.Receipts = slices.DeleteFunc(slices.Clone(d.Receipts), func(r clientele.Receipt[K]) bool { return r.At.UnixNano() > asOf })
	return d
}

// pageDeals returns what each deal that was sold by asOf brought, in order of
// time, then of what it brought.
func pageDeals[K clientele.ID](deals []clientele.Deal[K], asOf int64) []PageDeal {
	all := []PageDeal{}
	for _, d := range deals {
		if known := upTo(d, asOf); d.Sale && d.SoldAt.UnixNano() <= asOf && len(known.Receipts) > 0 {
			all = append(all, newPageDeal(known, asOf))
		}
	}
	slices.SortFunc(all, PageDeal.compare)
	for i := range all[min(len(all), 1):] {
		before, d := all[i], &all[i+1]
		d.Interval = new(daysBetween(before.At, d.At))
		if growth, ok := quotient.Growth(before.Revenue, d.Revenue); ok {
			d.Growth = &growth
		}
	}
	return all
}

// compare orders deals so that only equal ones are as good as each other.
func (d PageDeal) compare(o PageDeal) int {
	return cmp.Or(d.At.Compare(o.At), d.Revenue.Cmp(o.Revenue), d.GoodsCost.Cmp(o.GoodsCost), d.ServeCost.Cmp(o.ServeCost),
		d.Discount.Cmp(o.Discount), cmp.Compare(d.Positions, o.Positions))
}

func newPageDeal[K clientele.ID](d clientele.Deal[K], asOf int64) PageDeal {
	var wide exact.Wide
	var t tab
	for i := range d.Receipts {
		r := &d.Receipts[i]
		t.ringUp(&wide, r.ServeCost, r.Lines, new(clientele.PriceRanks), nil)
	}
	a := t.account(&wide, asOf)
	return PageDeal{
		At: d.SoldAt.UTC(), Revenue: a.Revenue, GoodsCost: a.GoodsCost, ServeCost: a.ServeCost, Profit: a.Contribution(),
		Discount: a.Discount, Positions: a.Positions,
	}
}
