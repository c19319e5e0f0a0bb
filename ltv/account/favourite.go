package account

import (
	"cmp"
	"slices"
	"strings"

	"github.com/clientele-go/clientele/ltv/internal/quotient"
	"github.com/shopspring/decimal"
)

// Favourite is a category and its share of what the customer has spent.
type Favourite struct {
	CategorySales
	Share float64 `json:"share"` // share of the customer's revenue; 0 where that revenue is not above 0
}

// favourites are the categories of which something was chosen.
func favourites(categories []CategorySales, revenue decimal.Decimal) []Favourite {
	all := []Favourite{}
	for _, c := range categories {
		if c.Positions > 0 {
			f := Favourite{CategorySales: c}
			if revenue.IsPositive() {
				f.Share, _ = quotient.OfMoney(c.Revenue, revenue)
			}
			all = append(all, f)
		}
	}
	slices.SortFunc(all, func(a, b Favourite) int {
		return cmp.Or(b.Revenue.Cmp(a.Revenue), strings.Compare(a.Category, b.Category))
	})
	return all
}
