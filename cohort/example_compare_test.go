package cohort_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/shopspring/decimal"
)

// teaShop has customers who came in January through two channels, twelve of each, and
// came again or not.
func teaShop() *cohort.Activity[int] {
	shop, err := cohort.New(new(clientele.Roster[int]))
	check(err)
	buy := func(customer int, at time.Time, amount int64, channel string) {
		err = errors.Join(err, shop.Add(clientele.Purchase[int]{Customer: customer, At: at, Amount: decimal.NewFromInt(amount), Group: channel}))
	}
	for i := range 24 {
		channel := []string{"market", "web"}[i%2]
		came := time.Date(2025, 1, 1+i, 12, 0, 0, 0, time.UTC)
		buy(i, came, 20, channel)
		switch again := came.AddDate(0, 0, 14); {
		case channel == "market" && i > 4:
			buy(i, again, int64(25+i), channel)
			buy(i, again.AddDate(0, 0, 14), 20, channel)
		case i%3 == 0:
			buy(i, again, 15, channel)
		}
	}
	check(err)
	return shop
}

func ExampleActivity_Outcomes() {
	outcomes, err := teaShop().Outcomes(cohort.OutcomeConfig{AsOf: time.Date(2025, 3, 4, 0, 0, 0, 0, time.UTC), Within: 60})
	check(err)
	fmt.Printf("%d customers, %d not yet observed for 60 days\n", outcomes.Customers, outcomes.Open)
	for customer, o := range outcomes.All() {
		fmt.Printf("%d from %s, since %s: paid %s, then %s in %d purchases\n",
			customer, o.Key, o.Start.Format(time.DateOnly), o.Paid, o.Revenue, o.Purchases)
	}
	// Output:
	// 2 customers, 22 not yet observed for 60 days
	// 0 from market, since 2025-01-01: paid 20, then 15 in 1 purchases
	// 1 from web, since 2025-01-02: paid 20, then 0 in 0 purchases
}

func ExampleActivity_CompareKeys() {
	c, err := teaShop().CompareKeys(cohort.CompareConfig{
		AsOf: time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC), Within: 90, Control: "web",
	})
	check(err)
	market, _ := c.Group("market")
	for _, e := range []struct {
		name string
		cohort.ComparedValue
	}{
		{"repeat rate", market.RepeatRate},
		{"deals per customer", market.PurchasesPerCustomer},
		{"revenue per customer", market.RevenuePerCustomer},
		{"average check", market.AverageCheck},
	} {
		fmt.Printf("%s %.3g: %+.3g [%.3g, %.3g], times %.3g, p %.2g (%s)\n", e.name, e.Value.Value,
			e.Difference.Value, e.Difference.Lo, e.Difference.Hi, e.Ratio.Value, e.Adjusted, e.Test)
	}
	// Output:
	// repeat rate 0.833: +0.5 [0.0225, 0.814], times 2.5, p 0.013 (score)
	// deals per customer 1.58: +1.25 [0.685, 1.82], times 4.75, p 0.00019 (Welch)
	// revenue per customer 45.5: +40.5 [24.1, 56.9], times 9.1, p 0.00013 (Welch)
	// average check 28.7: +13.7 [10.1, 17.4], times 1.92, p 4.4e-06 (Welch)
}

// Every other customer gets a sample of tea with the first purchase. A customer who is
// assigned later has stayed until then, which would bias the comparison: it is refused.
func ExampleActivity_Compare() {
	shop := teaShop()
	cfg := cohort.CompareConfig{AsOf: time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC), Within: 90, Control: "none"}
	var groups []cohort.Assignment[int]
	for i := range 24 {
		groups = append(groups, cohort.Assignment[int]{
			Customer: i, Group: []string{"sample", "none"}[i/2%2], At: time.Date(2025, 1, 1+i, 12, 0, 0, 0, time.UTC),
		})
	}
	c, err := shop.Compare(cfg, clientele.All(groups))
	check(err)
	sample, _ := c.Group("sample")
	fmt.Printf("repeat rate %+.2f [%.2f, %.2f], p %.2f\n", sample.RepeatRate.Difference.Value,
		sample.RepeatRate.Difference.Lo, sample.RepeatRate.Difference.Hi, sample.RepeatRate.P)

	groups[7].At = groups[7].At.AddDate(0, 0, 14)
	_, err = shop.Compare(cfg, clientele.All(groups))
	fmt.Println(err)
	// Output:
	// repeat rate +0.00 [-0.44, 0.44], p 1.00
	// cohort.Activity.Compare: record 7: At 2025-01-22T12:00:00Z: after the purchase at which groups are fixed: want 2025-01-08T12:00:00Z or earlier, when the customer made purchase number 1, or a later From
}

func ExampleActivity_ComparePeriods() {
	day := func(day int) time.Time { return time.Date(2025, 1, day, 0, 0, 0, 0, time.UTC) }
	c, err := teaShop().ComparePeriods(
		cohort.CompareConfig{AsOf: time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC), Within: 90},
		cohort.Span{Name: "before the fair", Since: day(1), Until: day(13)},
		cohort.Span{Name: "after the fair", Since: day(13), Until: day(25)})
	check(err)
	for _, g := range c.Groups {
		fmt.Printf("%s: %d of %d came again, for %s\n", g.Group, g.Repeated, g.Customers, g.Revenue)
	}
	fmt.Printf("times %.2f [%.2f, %.2f]\n", c.Groups[1].RepeatRate.Ratio.Value, c.Groups[1].RepeatRate.Ratio.Lo, c.Groups[1].RepeatRate.Ratio.Hi)
	// Output:
	// before the fair: 6 of 12 came again, for 204
	// after the fair: 8 of 12 came again, for 402
	// times 1.33 [0.57, 3.35]
}

func ExampleDecompose() {
	d, err := cohort.Decompose(
		[]cohort.Part{
			{Key: "A", Customers: 80, Total: decimal.NewFromInt(8000), OneTime: 20},
			{Key: "B", Customers: 20, Total: decimal.NewFromInt(800), OneTime: 15},
		},
		[]cohort.Part{
			{Key: "A", Customers: 50, Total: decimal.NewFromInt(5000), OneTime: 12},
			{Key: "B", Customers: 50, Total: decimal.NewFromInt(2000), OneTime: 40},
		}, 0)
	check(err)
	fmt.Println(d.Story())
	// Output:
	// It fell from 88 to 70, by 18: -18 by the mix of groups and 0 within them. The main cause is "B" (-11.7): its share went from 20 % to 50 %, and its value of 40 is below the 79 of all. 80 % of its customers bought once, 75 % before.
}

func ExampleActivity_Parts() {
	shop := teaShop()
	cfg := cohort.PartConfig{AsOf: time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC), Within: 90}
	cfg.Until = time.Date(2025, 1, 13, 0, 0, 0, 0, time.UTC)
	before, err := shop.Parts(cfg)
	check(err)
	cfg.Since, cfg.Until = cfg.Until, time.Time{}
	after, err := shop.Parts(cfg)
	check(err)
	d, err := cohort.Decompose(before.Groups, after.Groups, 0)
	check(err)
	fmt.Println(d)
	fmt.Printf("mix %.1f [%.1f, %.1f], within groups %.1f [%.1f, %.1f]\n",
		d.Mix.Value, d.Mix.Lo, d.Mix.Hi, d.WithinGroups.Value, d.WithinGroups.Lo, d.WithinGroups.Hi)
	// Output:
	// It rose from 37 to 53.5, by 16.5: 0 by the mix of groups and +16.5 within them. The main cause is "market" (+16.5): its own value went from 49 to 82. 0 % of its customers bought once, 33 % before.
	// mix 0.0 [-20.3, 20.3], within groups 16.5 [-0.7, 33.7]
}

// Of 200 customers with the gift 60 came back, of 200 without it 40. How much do we know?
func ExampleOddsRatio() {
	share, err := cohort.ExactShare(60, 200, 0)
	check(err)
	odds, err := cohort.OddsRatio(60, 200, 40, 200, 0)
	check(err)
	fmt.Printf("share %v\nodds ratio %v\n", share, odds)
	// Output:
	// share 0.3 [0.2374, 0.3686]
	// odds ratio 1.714 [1.056, 2.796]
}
