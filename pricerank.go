package clientele

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
)

// PriceRanks are the price ranks of products within their categories, as
// [PriceBook.Ranks] makes them. The zero PriceRanks is empty.
type PriceRanks struct{ byItem map[item]float64 }

// Of returns the rank of a product in a category; ok is false for a product that the
// book lacks, and for one that is alone in its category.
func (r PriceRanks) Of(category, product string) (rank float64, ok bool) {
	rank, ok = r.byItem[item{category, product}]
	return rank, ok
}

// rankedItem is the JSON form of one rank.
type rankedItem struct {
	Category string  `json:"category"`
	Product  string  `json:"product"`
	Rank     float64 `json:"rank"`
}

// MarshalJSON writes a list of products with their ranks, by category and product.
func (r PriceRanks) MarshalJSON() ([]byte, error) {
	form := make([]rankedItem, 0, len(r.byItem))
	for _, id := range slices.SortedFunc(maps.Keys(r.byItem), compareItems) {
		form = append(form, rankedItem{id.category, id.product, r.byItem[id]})
	}
	return json.Marshal(form)
}

// UnmarshalJSON reads what MarshalJSON writes. It refuses anything else with an [InputError]
// of [ErrEncoding] and leaves the ranks as they were.
func (r *PriceRanks) UnmarshalJSON(data []byte) error {
	const op = "clientele.PriceRanks.UnmarshalJSON"
	var form []rankedItem
	if err := strict.Into[InputError](op, data, &form); err != nil || form == nil {
		return err
	}
	byItem := make(map[item]float64, len(form))
	for i, one := range form {
		id := item{one.Category, one.Product}
		if _, again := byItem[id]; again {
			return &InputError{Op: op, Index: -1, Field: fmt.Sprintf("[%d].product", i), Value: one.Product, Err: errRankedTwice}
		}
		if !(one.Rank >= 0 && one.Rank <= 1) {
			return &InputError{Op: op, Index: -1, Field: fmt.Sprintf("[%d].rank", i), Value: one.Rank, Err: errNoRank}
		}
		byItem[id] = one.Rank
	}
	r.byItem = byItem
	return nil
}

// The faults of ranks in JSON.
var (
	errRankedTwice = rule.Also(rule.Encoding, rule.Because(rule.Duplicate, "ranked already", "each product of a category once"))
	errNoRank      = rule.Also(rule.Encoding, rule.Want(rule.Range, "a rank from 0 to 1"))
)

func compareItems(a, b item) int {
	return cmp.Or(cmp.Compare(a.category, b.category), cmp.Compare(a.product, b.product))
}

// priceRanks ranks items as [PriceBook.Ranks] says.
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
