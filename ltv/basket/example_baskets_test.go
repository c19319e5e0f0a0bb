package basket_test

import (
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/basket"
)

// basketOf is a receipt with one unit of each product, which are separated by commas.
func basketOf(day int, channel, products string) clientele.Receipt[string] {
	r := clientele.Receipt[string]{Customer: "Ada", At: january(day), Channel: channel}
	for product := range strings.SplitSeq(products, ",") {
		r.Lines = append(r.Lines, clientele.Line{Product: product, Quantity: money("1"), Price: money("20")})
	}
	return r
}

// bakery is a shop whose customers take jam with the bread, in the store.
func bakery() []clientele.Receipt[string] {
	return []clientele.Receipt[string]{
		basketOf(2, "store", "bread,jam,milk"),
		basketOf(3, "store", "bread,jam"),
		basketOf(4, "store", "bread,jam"),
		basketOf(5, "store", "milk"),
		basketOf(6, "store", "milk,tea"),
		basketOf(7, "web", "bread,milk"),
		basketOf(8, "web", "bread,tea"),
		basketOf(9, "web", "jam"),
		basketOf(10, "web", "tea,milk"),
	}
}

// What belongs together, and what to suggest to somebody who buys bread.
func Example() {
	baskets, err := basket.New[string](basket.Config{}, nil)
	check(err)
	check(clientele.FeedReceipts(clientele.All(bakery()), baskets))
	affinity, err := baskets.Affinity(basket.AffinityConfig{MinCount: 2})
	check(err)
	top := affinity.Base.Pairs[0]
	fmt.Printf("%s and %s are together %.2f times as often as by chance\n", top.A, top.B, top.Lift.Value)
	fmt.Printf("suggest %s with bread\n", affinity.Base.AlsoBought("bread", 1)[0].Item)
	// Output:
	// bread and jam are together 1.35 times as often as by chance
	// suggest jam with bread
}

// With the columns time and products, which are separated by semicolons.
func Example_fromCSV() {
	var days clientele.Periods // in UTC
	rows := csv.NewReader(strings.NewReader("2025-01-02,bread;jam;milk\n2025-01-03,bread;jam\n2025-01-04,milk\n"))
	receipts := clientele.Read(func() (clientele.Receipt[string], error) {
		row, err := rows.Read()
		if err != nil {
			return clientele.Receipt[string]{}, err
		}
		day, err := days.ParseDate(row[0])
		r := clientele.Receipt[string]{At: day}
		for product := range strings.SplitSeq(row[1], ";") {
			r.Lines = append(r.Lines, clientele.Line{Product: product, Quantity: money("1")})
		}
		return r, err
	})
	baskets, err := basket.New[string](basket.Config{}, nil)
	check(err)
	check(clientele.FeedReceipts(receipts, baskets))
	pair, _, err := baskets.Pair("bread", "jam", 0)
	check(err)
	fmt.Printf("%d baskets, %d with bread and jam\n", baskets.Len(), pair.Together)
	// Output: 3 baskets, 2 with bread and jam
}

func ExampleBaskets_Affinity() {
	baskets, err := basket.New[string](basket.Config{}, nil)
	check(err)
	check(clientele.FeedReceipts(clientele.All(bakery()), baskets))
	affinity, err := baskets.Affinity(basket.AffinityConfig{MinCount: 2})
	check(err)
	for _, p := range affinity.Base.Pairs {
		fmt.Printf("%s and %s: %d of %d, lift %.2f [%.2f, %.2f]\n",
			p.A, p.B, p.Together, p.Baskets, p.Lift.Value, p.Lift.Lo, p.Lift.Hi)
	}
	surest := affinity.Base.Strongest(1)[0]
	fmt.Printf("%s and %s belong together most surely\n", surest.A, surest.B)
	for _, s := range affinity.Base.AlsoBought("bread", 1) {
		fmt.Printf("who buys bread also buys %s: %d of %d\n", s.Item, s.Together, s.WithGiven)
	}
	// Output:
	// bread and jam: 3 of 9, lift 1.35 [0.48, 2.97]
	// bread and milk: 2 of 9, lift 0.72 [0.15, 1.31]
	// milk and tea: 2 of 9, lift 1.20 [0.23, 2.55]
	// bread and jam belong together most surely
	// who buys bread also buys jam: 3 of 5
}

func ExampleBaskets_Pair() {
	channel := func(r *clientele.Receipt[string]) string { return r.Channel }
	baskets, err := basket.New(basket.Config{}, channel)
	check(err)
	check(clientele.FeedReceipts(clientele.All(bakery()), baskets))
	base, segments, err := baskets.Pair("bread", "jam", 0)
	check(err)
	fmt.Printf("all   %d of %d with bread have jam, %.0f %%\n", base.Together, base.WithA, 100*base.AtoB.Value)
	for _, s := range segments {
		fmt.Printf("%-5s %d of %d, %.0f %% [%.0f, %.0f]\n", s.Segment, s.Together, s.WithA,
			100*s.AtoB.Value, 100*s.AtoB.Lo, 100*s.AtoB.Hi)
	}
	// Output:
	// all   3 of 5 with bread have jam, 60 %
	// store 3 of 3, 100 % [44, 100]
	// web   0 of 2, 0 % [0, 66]
}

// Bread today and jam five days later: one deal, on two receipts.
func ExampleBaskets_AddDeals() {
	deals := clientele.Deals(clientele.All([]clientele.Receipt[string]{
		basketOf(2, "store", "bread"), basketOf(7, "web", "jam"), basketOf(28, "web", "tea"),
	}), clientele.DealRule{Window: 14})
	baskets, err := basket.New[string](basket.Config{}, nil)
	check(err)
	check(baskets.AddDeals(deals))
	pair, _, err := baskets.Pair("bread", "jam", 0)
	check(err)
	fmt.Printf("%d of %d deals have bread and jam\n", pair.Together, pair.Baskets)
	// Output: 1 of 2 deals have bread and jam
}
