package ltv

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
)

// dealAccounts returns what each deal that was sold by asOf brought, in order of
// time, then revenue.
func dealAccounts[K clientele.ID](deals []clientele.Deal[K], asOf int64) []DealAccount {
	all := []DealAccount{}
	for i := range deals {
		if d := &deals[i]; d.Sale && d.SoldAt.UnixNano() <= asOf {
			all = append(all, dealAccount(d, asOf))
		}
	}
	slices.SortFunc(all, func(a, b DealAccount) int { return cmp.Or(a.At.Compare(b.At), a.Revenue.Cmp(b.Revenue)) })
	for i := range all[min(len(all), 1):] {
		before, d := all[i], &all[i+1]
		d.Interval = new(daysBetween(before.At, d.At))
		if times, ok := ratioOf(d.Revenue, before.Revenue); ok {
			d.Growth = new(times - 1)
		}
	}
	return all
}

func dealAccount[K clientele.ID](d *clientele.Deal[K], asOf int64) DealAccount {
	var wide exact.Wide
	var t tab
	for i := range d.Receipts {
		if r := &d.Receipts[i]; r.At.UnixNano() <= asOf {
			ringUp(&wide, &t, r, new(clientele.PriceRanks))
		}
	}
	a := t.account(&wide, asOf)
	return DealAccount{
		At: d.SoldAt.UTC(), Revenue: a.Revenue, Goods: a.Goods, Serve: a.Serve, Profit: a.Contribution(),
		Discount: a.Discount, Positions: a.Positions,
	}
}

// favourites are the categories of which something was chosen.
func favourites(categories []CategoryAccount, revenue decimal.Decimal) []Favourite {
	all := []Favourite{}
	for _, c := range categories {
		if c.Lines > 0 {
			share, _ := ratioOf(c.Revenue, revenue)
			all = append(all, Favourite{c, share})
		}
	}
	slices.SortFunc(all, func(a, b Favourite) int {
		return cmp.Or(b.Revenue.Cmp(a.Revenue), strings.Compare(a.Category, b.Category))
	})
	return all
}
