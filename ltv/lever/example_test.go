package lever_test

import (
	"fmt"

	"github.com/clientele-go/clientele/ltv/lever"
)

// A shop of 10,000 visitors whose fixed costs are 58 % of the contribution.
var plan = lever.Rates{
	Traffic: money("10000"), LeadRate: money("0.05"), SaleRate: money("0.20"),
	DealsPerCustomer: money("2.5"), Check: money("80"), Margin: money("0.40"),
	FixedCosts: money("4640"),
}

// What ten percent on two levers of a plan brings, and what a profit of 5000 takes.
func Example() {
	chain, err := plan.Chain()
	check(err)
	effects, err := chain.WhatIf(money("0.10"), []lever.Lever{lever.SaleRate, lever.Check})
	check(err)
	fmt.Printf("profit %s, with both levers %s\n", chain.Profit(), effects[0].After.Profit())
	elasticity, err := chain.Elasticity(lever.Check)
	check(err)
	fmt.Printf("a check of 1 %% more brings %.2f %% more profit\n", elasticity)
	need, err := chain.GrowthNeeded(lever.Check, money("5000"))
	check(err)
	fmt.Printf("a profit of 5000 takes a check of %.1f %% more\n", 100*need)
	// Output:
	// profit 3360, with both levers 5040
	// a check of 1 % more brings 2.38 % more profit
	// a profit of 5000 takes a check of 20.5 % more
}

func ExampleChain_WhatIf() {
	chain, err := plan.Chain()
	check(err)
	effects, err := chain.WhatIf(money("0.10"),
		[]lever.Lever{lever.SaleRate},
		[]lever.Lever{lever.LeadRate, lever.SaleRate},
		[]lever.Lever{lever.LeadRate, lever.SaleRate, lever.DealsPerCustomer, lever.Check},
	)
	check(err)
	fmt.Printf("profit today: %s\n", chain.Profit())
	for _, e := range effects {
		contribution, _ := e.ContributionChange()
		profit, _ := e.ProfitChange()
		fmt.Printf("%d levers +10 %%: contribution %+.2f %%, profit %+.1f %%, %s more\n", len(e.Levers), 100*contribution, 100*profit, e.Gain())
	}
	// Output:
	// profit today: 3360
	// 1 levers +10 %: contribution +10.00 %, profit +23.8 %, 800 more
	// 2 levers +10 %: contribution +21.00 %, profit +50.0 %, 1680 more
	// 4 levers +10 %: contribution +46.41 %, profit +110.5 %, 3712.8 more
}

func ExampleChain_Elasticity() {
	chain, err := plan.Chain()
	check(err)
	for _, l := range []lever.Lever{lever.Check, lever.FixedCosts} {
		e, err := chain.Elasticity(l)
		check(err)
		need, err := chain.GrowthNeeded(l, money("5000"))
		check(err)
		fmt.Printf("%s +1 %%: profit %+.2f %%; a profit of 5000 takes %+.1f %%\n", l, e, 100*need)
	}
	// Output:
	// check +1 %: profit +2.38 %; a profit of 5000 takes +20.5 %
	// fixed costs +1 %: profit -1.38 %; a profit of 5000 takes -35.3 %
}

func ExampleSets() {
	sets, err := lever.Sets(lever.SaleRate, lever.DealsPerCustomer, lever.Check)
	check(err)
	chain, err := plan.Chain()
	check(err)
	effects, err := chain.WhatIf(money("0.10"), sets...)
	check(err)
	for _, e := range effects {
		fmt.Println(e.Levers, e.After.Profit())
	}
	// Output:
	// [sale rate] 4160
	// [deals per customer] 4160
	// [check] 4160
	// [sale rate deals per customer] 5040
	// [sale rate check] 5040
	// [deals per customer check] 5040
	// [sale rate deals per customer check] 6008
}

// The totals of a month: 250 visitors, 12 of whom left a name, and what the accounts
// of the shop say.
func ExampleTotals() {
	chain, err := lever.Totals{
		Traffic: money("250"), Leads: money("12"), Buyers: 3, Deals: 6,
		Revenue: money("2130"), Contribution: money("524"), FixedCosts: money("300"),
	}.Chain()
	check(err)
	for _, l := range []lever.Lever{lever.LeadRate, lever.SaleRate, lever.DealsPerCustomer, lever.Check, lever.Margin} {
		value, _ := chain.Of(l)
		fmt.Printf("%s %.4g\n", l, value)
	}
	fmt.Println("profit", chain.Profit())
	// Output:
	// lead rate 0.048
	// sale rate 0.25
	// deals per customer 2
	// check 355
	// margin 0.246
	// profit 224
}

func ExampleRetentionValue() {
	v := lever.RetentionValue{Margin: 120, Retention: 0.9, Discount: 0.1}
	value, err := v.Value()
	check(err)
	fmt.Printf("120 a year for ever: %.0f\n", value)
	v.Periods = 5
	value, err = v.Value()
	check(err)
	fmt.Printf("for five years: %.0f\n", value)
	// Output:
	// 120 a year for ever: 660
	// for five years: 418
}

func ExampleRetentionValue_WithRetention() {
	v := lever.RetentionValue{Margin: 120, Retention: 0.90, Discount: 0.1, Acquisition: 428.42}
	for _, retention := range []float64{0.95, 0.945} {
		c, err := v.WithRetention(retention)
		check(err)
		value, _ := c.ValueChange()
		profit, _ := c.ProfitChange()
		fmt.Printf("retention %.3f: %.2f periods instead of %.0f (%+.1f %%), value %+.1f %%, profit %+.1f %%\n",
			retention, c.LifetimeAfter, c.LifetimeBefore, 100*c.LifetimeChange(), 100*value, 100*profit)
	}
	// Output:
	// retention 0.950: 20.00 periods instead of 10 (+100.0 %), value +33.3 %, profit +95.0 %
	// retention 0.945: 18.18 periods instead of 10 (+81.8 %), value +29.0 %, profit +82.7 %
}

func ExampleSimpleValue() {
	v := lever.SimpleValue{Check: money("50"), Frequency: money("4"), Lifespan: money("6"), Margin: money("0.30")}
	value, err := v.Value()
	check(err)
	fmt.Println(value)
	// Output: 360
}

func ExampleRetentionValue_Elasticity() {
	v := lever.RetentionValue{Margin: 120, Retention: 0.9, Discount: 0.1, Periods: 5}
	for _, v.AtEnd = range []bool{false, true} {
		value, err := v.Value()
		check(err)
		e, err := v.Elasticity()
		check(err)
		fmt.Printf("money at the end of its year %t: %.0f; retention +1 %%: %+.2f %%, discount +1 %%: %+.2f %%\n",
			v.AtEnd, value, e.Retention, e.Discount)
	}
	// Output:
	// money at the end of its year false: 418; retention +1 %: +1.61 %, discount +1 %: -0.15 %
	// money at the end of its year true: 380; retention +1 %: +1.61 %, discount +1 %: -0.24 %
}
