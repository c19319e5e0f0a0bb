package basket_test

import (
	"fmt"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/basket"
)

// Who buys jam within two weeks after the first bread, and who may still do so.
func ExampleFollows() {
	of := func(customer string, day int, product string) clientele.Receipt[string] {
		r := basketOf(day, "store", product)
		r.Customer = customer
		return r
	}
	follows, err := basket.NewFollows[string](nil, basket.FollowsConfig{
		AsOf:      january(31),
		Sequences: []basket.Sequence{{First: "bread", Then: "jam"}},
		Within:    14,
	})
	check(err)
	check(clientele.FeedReceipts(clientele.All([]clientele.Receipt[string]{
		of("Ada", 2, "bread"), of("Ada", 8, "jam"),
		of("Bob", 3, "bread"), of("Bob", 13, "jam"),
		of("Cem", 4, "bread"),
		of("Dea", 29, "bread"),
	}), follows))
	report, err := follows.Report(0)
	check(err)
	for _, f := range report {
		fmt.Printf("%d of %d bought %s after %s, half of them by day %.0f; %d are too recent\n",
			f.Followed, f.Watched, f.Then, f.First, f.Median, f.TooRecent)
	}
	open, err := follows.Open("bread", "jam")
	check(err)
	for customer, since := range open {
		fmt.Println("offer jam to", customer, "who has had bread since", since.Format("2 January"))
	}
	// Output:
	// 2 of 3 bought jam after bread, half of them by day 8; 1 are too recent
	// offer jam to Dea who has had bread since 29 January
}
