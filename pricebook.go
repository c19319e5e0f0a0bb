package clientele

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// PriceBook is what a shop offers, for the price rank of what was chosen from
// it. It is data. The order does not matter.
type PriceBook []Listing

// Listing is one product on offer. A product may stand in several categories,
// once in each.
type Listing struct {
	Category string          `json:"category"` // required
	Product  string          `json:"product"`  // required
	Price    decimal.Decimal `json:"price"`    // per unit before discount; zero = free
}

// Validate reports all faults of the book at once in a [ConfigError]: a product
// or category without a name ([ErrMissing]), a product that occurs again in its
// category ([ErrDuplicate]), a price that is negative ([ErrNegative]) or
// has an exponent beyond ±100 ([ErrAmountRange]).
func (b PriceBook) Validate() error {
	faults := ConfigError{Op: "clientele.PriceBook"}
	seen := make(map[item]bool, len(b))
	for i, l := range b {
		id := item{l.Category, l.Product}
		switch {
		case l.Category == "":
			faults.Add(fmt.Sprintf("[%d].Category", i), l.Category, ErrMissing)
		case l.Product == "":
			faults.Add(fmt.Sprintf("[%d].Product", i), l.Product, ErrMissing)
		case seen[id]:
			faults.Add(fmt.Sprintf("[%d].Product", i), l.Product, ErrDuplicate)
		}
		seen[id] = true
		if err := checkPrice(l.Price); err != nil {
			faults.Add(fmt.Sprintf("[%d].Price", i), l.Price, err)
		}
	}
	return faults.Err()
}

// PriceRanks are the price ranks of a book's items within their categories. The
// zero PriceRanks has none.
type PriceRanks struct{ byItem map[item]float64 }

// Ranks ranks the items of each category by price, from 0 for the cheapest to 1
// for the dearest: (position−1)/(n−1), where equal prices share their mean
// position.
func (b PriceBook) Ranks() PriceRanks { return PriceRanks{priceRanks(b.prices())} }

// Of returns the rank of a product in a category; ok is false for one that the
// book lacks, and for one that is alone in its category.
func (r PriceRanks) Of(category, product string) (rank float64, ok bool) {
	rank, ok = r.byItem[item{category, product}]
	return rank, ok
}

// prices returns the book by item.
func (b PriceBook) prices() map[item]meanPrice {
	prices := make(map[item]meanPrice, len(b))
	for _, l := range b {
		prices[item{l.Category, l.Product}] = meanPrice{sum: l.Price, n: 1}
	}
	return prices
}

// item is a product in its category.
type item struct{ category, product string }

// meanPrice is the exact mean of n prices. It stays a fraction, so that equal
// means are equal whatever they were made of.
type meanPrice struct {
	sum decimal.Decimal
	n   int64
}

func (m meanPrice) compare(o meanPrice) int {
	return m.sum.Mul(decimal.NewFromInt(o.n)).Cmp(o.sum.Mul(decimal.NewFromInt(m.n)))
}

// priceRanks ranks the items within their categories by price, from 0 for the
// cheapest to 1 for the dearest: (position−1)/(n−1), where equal prices share
// their mean position. An item that is alone in its category has no rank.
func priceRanks(prices map[item]meanPrice) map[item]float64 {
	categories := make(map[string][]item)
	for id := range prices {
		categories[id.category] = append(categories[id.category], id)
	}
	ranks := make(map[item]float64, len(prices))
	for _, offered := range categories {
		if len(offered) > 1 {
			rankCategory(ranks, offered, prices)
		}
	}
	return ranks
}

// rankCategory adds the ranks of the items of one category, which it sorts.
func rankCategory(ranks map[item]float64, offered []item, prices map[item]meanPrice) {
	slices.SortFunc(offered, func(a, b item) int { return prices[a].compare(prices[b]) })
	last := float64(len(offered) - 1)
	for from := 0; from < len(offered); {
		to := from + 1
		for to < len(offered) && prices[offered[to]].compare(prices[offered[from]]) == 0 {
			to++
		}
		for _, id := range offered[from:to] {
			ranks[id] = float64(from+to-1) / 2 / last
		}
		from = to
	}
}
