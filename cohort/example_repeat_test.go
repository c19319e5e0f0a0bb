package cohort_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/shopspring/decimal"
)

// How many buy again, by the channel of their first purchase? Customers who came in the
// last thirty days do not count against their channel.
func ExampleActivity_Repeat() {
	activity, err := cohort.New(new(clientele.Roster[string]))
	check(err)
	check(clientele.Feed(clientele.All(visits()), activity))

	repeat, err := activity.Repeat(cohort.RepeatConfig{
		AsOf:  time.Date(2025, 4, 1, 0, 0, 0, -1, time.UTC),
		ByDay: true,
		Early: []clientele.Days{30, 40},
	})
	check(err)
	fmt.Printf("%d of %d customers have bought again, after %v days at the median\n",
		repeat.Total.Repeaters, repeat.Total.Customers, repeat.ToSecond.Median)
	for _, g := range repeat.Keys {
		fmt.Printf("%s: %d of %d bought once;", g.Key, g.OneTime, g.Customers)
		for _, e := range g.Early {
			fmt.Printf(" within %d days %d of %d came back;", e.Within, e.Repeaters, e.Eligible)
		}
		fmt.Println()
	}
	// Output:
	// 4 of 6 customers have bought again, after 27.5 days at the median
	// search: 0 of 3 bought once; within 30 days 1 of 3 came back; within 40 days 3 of 3 came back;
	// social: 2 of 3 bought once; within 30 days 1 of 3 came back; within 40 days 1 of 2 came back;
}

// How long until the second purchase? Customers who have not come back yet count with
// the days that have passed.
func ExampleActivity_TimeTo() {
	activity, err := cohort.New(new(clientele.Roster[string]))
	check(err)
	check(clientele.Feed(clientele.All(visits()), activity))

	to, err := activity.TimeTo(cohort.SpellConfig{
		AsOf: time.Date(2025, 4, 1, 0, 0, 0, -1, time.UTC), ByDay: true,
	}, survival.Config{})
	check(err)
	fmt.Printf("%d of %d: %v days\n", to.Reached, to.Customers, to.Days.Median)
	fmt.Printf("everybody: %v days\n", to.Quantiles[2])
	// Output:
	// 4 of 6: 27.5 days
	// everybody: 33 [22, not reached] days
}

// Spells go straight to the survival curves and their tests.
func ExampleActivity_Spells() {
	activity, err := cohort.New(new(clientele.Roster[string]))
	check(err)
	check(clientele.Feed(clientele.All(visits()), activity))

	spells := activity.Spells(cohort.SpellConfig{AsOf: time.Date(2025, 4, 1, 0, 0, 0, -1, time.UTC), ByDay: true})
	curves, err := survival.KaplanMeierBy(spells, survival.Config{})
	check(err)
	for _, c := range curves {
		still, err := c.At(30)
		check(err)
		fmt.Printf("%s: %.0f %% have not come back within 30 days\n", c.Group, 100*still.Value)
	}
	test, err := survival.LogRank(spells)
	check(err)
	fmt.Printf("p = %.2f\n", test.P)
	// Output:
	// search: 67 % have not come back within 30 days
	// social: 67 % have not come back within 30 days
	// p = 0.37
}

// Who goes on from one purchase to the next, and what becomes of the check?
func ExampleActivity_Ladder() {
	activity, err := cohort.New(new(clientele.Roster[string]))
	check(err)
	check(clientele.Feed(clientele.All(visits()), activity))

	ladder, err := activity.Ladder(cohort.LadderConfig{AsOf: time.Date(2025, 4, 1, 0, 0, 0, -1, time.UTC)})
	check(err)
	for _, r := range ladder.Rungs {
		fmt.Printf("deal %d: %d customers, check %.4g, %d of %d went on", r.Deal, r.Made, r.AverageCheck.Value, r.Next, r.Eligible)
		if r.Deal > 1 {
			fmt.Printf("; %+.4g against their deal before", r.Change.Value)
		}
		fmt.Println()
	}
	// Output:
	// deal 1: 6 customers, check 41.67, 4 of 6 went on
	// deal 2: 4 customers, check 46.25, 1 of 4 went on; -3.75 against their deal before
	// deal 3: 1 customers, check 60, 0 of 1 went on; +25 against their deal before
}

// A television and its bracket a week later are one deal. The check falls from the
// first deal to the second; the profit does not.
func ExampleDealLadder() {
	sale := func(day int, price, cost int64) clientele.Receipt[string] {
		return clientele.Receipt[string]{
			Customer: "Ada", At: time.Date(2025, 1, day, 12, 0, 0, 0, time.UTC),
			Lines: []clientele.Line{{Quantity: decimal.NewFromInt(1), Price: decimal.NewFromInt(price), Cost: decimal.NewFromInt(cost)}},
		}
	}
	receipts := []clientele.Receipt[string]{sale(3, 900, 850), sale(10, 100, 20), sale(40, 300, 100)}
	deals := clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 14})

	ladder, err := cohort.DealLadder(deals, cohort.LadderConfig{AsOf: time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC)})
	check(err)
	for _, r := range ladder.Rungs {
		fmt.Printf("deal %d: revenue %v, profit %v\n", r.Deal, r.Revenue, r.Profit.Total)
	}
	// Output:
	// deal 1: revenue 1000, profit 130
	// deal 2: revenue 300, profit 200
}
