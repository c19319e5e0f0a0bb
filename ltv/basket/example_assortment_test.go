package basket_test

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/basket"
)

// ordered is a receipt with units of one product.
func ordered(month int, customer, category, product, units, price string) clientele.Receipt[string] {
	return clientele.Receipt[string]{
		Customer: customer, At: january(1).AddDate(0, month-1, 9),
		Lines: []clientele.Line{{Product: product, Category: category, Quantity: money(units), Price: money(price)}},
	}
}

// stationer is a shop whose regular customers come for paper.
func stationer() []clientele.Receipt[string] {
	return []clientele.Receipt[string]{
		ordered(1, "Ada", "paper", "pad", "4", "5"),
		ordered(1, "Ben", "pens", "fountain pen", "1", "60"),
		ordered(1, "Ada", "paper", "envelopes", "2", "10"),
		ordered(2, "Ada", "paper", "pad", "8", "5"),
		ordered(2, "Eve", "pens", "pencil", "10", "1"),
		ordered(2, "Ada", "pens", "pencil", "10", "1"),
		ordered(2, "Ada", "paper", "pad", "6", "5"),
	}
}

func ExampleAssortment_Bestsellers() {
	sales, err := basket.NewAssortment[string](basket.AssortmentConfig{Calendar: clientele.Calendar{Unit: clientele.Month}}, nil)
	check(err)
	check(clientele.FeedReceipts(clientele.All(stationer()), sales))
	best, err := sales.Bestsellers(basket.BestsellerConfig{Top: 2})
	check(err)
	for _, p := range append(best.Periods, best.Total) {
		fmt.Printf("%-8s%3s from %d receipts\n", p.Period, p.Revenue, p.Receipts)
		for _, b := range p.Top {
			fmt.Printf("%7d. %-13s%3s units, %s, %.0f %%\n", b.Rank, b.Product, b.Units, b.Revenue, 100*b.Share)
		}
		if p.Rest.Products > 0 {
			fmt.Printf("%9s%-13s%3s units, %s, %.0f %%\n", "", fmt.Sprint(p.Rest.Products, " others"), p.Rest.Units, p.Rest.Revenue, 100*p.Rest.Share)
		}
	}
	// Output:
	// 2025-01 100 from 3 receipts
	//       1. fountain pen   1 units, 60, 60 %
	//       2. pad            4 units, 20, 20 %
	//       2. envelopes      2 units, 20, 20 %
	// 2025-02  90 from 4 receipts
	//       1. pad           14 units, 70, 78 %
	//       2. pencil        20 units, 20, 22 %
	//         190 from 7 receipts
	//       1. pad           18 units, 90, 47 %
	//       2. fountain pen   1 units, 60, 32 %
	//          2 others      22 units, 40, 21 %
}

func ExampleAssortment_CategoryIndex() {
	kind := func(r *clientele.Receipt[string]) string {
		if r.Customer == "Ada" {
			return "regular"
		}
		return "other"
	}
	sales, err := basket.NewAssortment(basket.AssortmentConfig{}, kind)
	check(err)
	check(clientele.FeedReceipts(clientele.All(stationer()), sales))
	rows, err := sales.CategoryIndex(0)
	check(err)
	for _, c := range rows {
		revenue, _ := c.RevenueIndex()
		fmt.Printf("%-8s%-6s %d of %d receipts, index %3.0f [%.0f, %.0f]; of revenue %.0f\n", c.Segment, c.Category,
			c.Receipts, c.SegmentReceipts, c.Index.Value, c.Index.Lo, c.Index.Hi, revenue)
	}
	// Output:
	// other   paper  0 of 2 receipts, index   0 [0, 146]; of revenue 0
	// other   pens   2 of 2 receipts, index 233 [57, 341]; of revenue 238
	// regular paper  4 of 5 receipts, index 140 [82, 140]; of revenue 158
	// regular pens   1 of 5 receipts, index  47 [3, 117]; of revenue 20
}

func ExampleAssortment_Preferences() {
	kind := func(r *clientele.Receipt[string]) string {
		if r.Customer == "Ada" {
			return "regular"
		}
		return "other"
	}
	sales, err := basket.NewAssortment(basket.AssortmentConfig{}, kind)
	check(err)
	for range 4 { // of one such list alone nothing is sure
		check(clientele.FeedReceipts(clientele.All(stationer()), sales))
	}
	rows, err := sales.Preferences(1, 0)
	check(err)
	for _, c := range rows {
		fmt.Printf("%s: %s, index %.0f, surely above %.0f\n", c.Segment, c.Category, c.Index.Value, c.Index.Lo)
	}
	// Output:
	// other: pens, index 233, surely above 154
	// regular: paper, index 140, surely above 115
}
