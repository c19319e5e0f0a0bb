package clientele

import (
	"fmt"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/strict"
	"github.com/shopspring/decimal"
)

// PriceBook lists the products that a shop offers, and ranks each by price within its
// category: see [PriceBook.Ranks]. It has a JSON form, so that a settings page can store and
// edit it. Its order does not matter.
type PriceBook []Listing

// Listing is one product on offer. A product may stand in several categories,
// once in each.
type Listing struct {
	Category string          `json:"category"` // category, as receipts name it; required
	Product  string          `json:"product"`  // product, as receipts name it; required
	Price    decimal.Decimal `json:"price"`    // price per unit before discount; zero = free
}

// Validate reports all faults of the book at once in a [ConfigError]: a product
// or category without a name ([ErrMissing]), a product that occurs again in its
// category ([ErrDuplicate]), a price that is negative ([ErrNegative]) or
// has an exponent beyond ±100 ([ErrAmountRange]).
func (b PriceBook) Validate() error {
	faults := ConfigError{Op: "clientele.PriceBook.Validate"}
	b.check(&faults, "")
	return faults.Err()
}

// check notes the faults of the book that stands at a path.
func (b PriceBook) check(faults *ConfigError, path string) {
	seen := make(map[item]bool, len(b))
	for i, l := range b {
		at, id := fmt.Sprintf("%s[%d].", path, i), item{l.Category, l.Product}
		switch {
		case l.Category == "":
			faults.Add(at+"Category", nil, errNoCategory)
		case l.Product == "":
			faults.Add(at+"Product", nil, errNoProduct)
		case seen[id]:
			faults.Add(at+"Product", l.Product, rule.Because(rule.Duplicate, "listed in its category already", "it once in %q", l.Category))
		}
		seen[id] = true
		if err := checkPrice(l.Price); err != nil {
			faults.Add(at+"Price", l.Price, err)
		}
	}
}

var (
	errNoCategory = rule.Want(rule.Missing, "the category in which prices are compared")
	errNoProduct  = rule.Want(rule.Missing, "the product as receipts name it")
)

// UnmarshalJSON reads a book. It returns an [InputError] of [ErrEncoding] for an unknown key,
// a key given twice or a value of the wrong type, and leaves the book as it was.
// [PriceBook.Validate] checks the values.
func (b *PriceBook) UnmarshalJSON(data []byte) error {
	return strict.Into[InputError]("clientele.PriceBook.UnmarshalJSON", data, b)
}

// Ranks ranks the n products of each category by price, from 0 for the cheapest to 1
// for the most expensive: (position−1)/(n−1), where equal prices share their mean
// position. A product that is alone in its category has no rank.
func (b PriceBook) Ranks() PriceRanks { return PriceRanks{priceRanks(b.prices())} }

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
	return rule.Compare(m.sum.Mul(decimal.NewFromInt(o.n)), o.sum.Mul(decimal.NewFromInt(m.n)))
}
