package account_test

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/ltv/account"
	"github.com/shopspring/decimal"
)

// january is a day of January 2025 at noon.
func january(day int) time.Time { return time.Date(2025, 1, day, 12, 0, 0, 0, time.UTC) }

func money(s string) decimal.Decimal { return decimal.RequireFromString(s) }

// sold is a receipt with one item.
func sold(day int, customer, product, price, list, cost, serve string) clientele.Receipt[string] {
	return clientele.Receipt[string]{
		Customer: customer, At: january(day), ServeCost: money(serve),
		Lines: []clientele.Line{{
			Product: product, Category: "office", Quantity: money("1"),
			Price: money(price), ListPrice: money(list), Cost: money(cost),
		}},
	}
}

// officeShop is a shop with three customers.
func officeShop() []clientele.Receipt[string] {
	return []clientele.Receipt[string]{
		sold(2, "Ada", "desk", "500", "500", "300", "20"),
		sold(3, "Ben", "desk", "400", "500", "300", "60"),
		sold(12, "Ada", "chair", "600", "600", "350", "20"),
		sold(14, "Ben", "chair", "480", "600", "350", "60"),
		sold(15, "Eve", "lamp", "80", "100", "40", "6"),
		sold(29, "Ben", "lamp", "70", "100", "40", "60"),
	}
}

// The group that brought the most profit, and all others together. Here each customer is a
// group; it may be a channel, a city, an age group.
func ExampleAccounts_TopGroups() {
	accounts, err := account.New[string](nil, account.Config{AsOf: january(31)})
	check(err)
	check(clientele.FeedReceipts(clientele.All(officeShop()), accounts))
	name := func(customer string) string { return customer }
	top, err := accounts.TopGroups(name, 1, account.Account.Profit, "others")
	check(err)
	groups, err := accounts.By(top, 0)
	check(err)
	slices.SortFunc(groups, func(a, b account.Group) int { return b.Profit().Cmp(a.Profit()) })
	for _, g := range groups {
		fmt.Printf("%s: %d customers, profit %s\n", g.Group, g.Customers, g.Profit())
	}
	fmt.Println("all:", accounts.Total().Profit())
	// Output:
	// Ada: 1 customers, profit 410
	// others: 2 customers, profit 114
	// all: 524
}

// Accounts stored every night move on a day and take what came since.
func ExampleAccounts_Advance() {
	accounts, err := account.New[string](nil, account.Config{AsOf: january(14)})
	check(err)
	check(clientele.FeedReceipts(clientele.All(officeShop()[:4]), accounts))
	blob, err := accounts.MarshalBinary()
	check(err)

	// The next night: read, advance, add the day, write.
	stored := new(account.Accounts[string])
	check(stored.UnmarshalBinary(blob))
	check(stored.Advance(january(15)))
	check(clientele.FeedReceipts(clientele.All(officeShop()[4:5]), stored))
	blob, err = stored.MarshalBinary()
	check(err)

	for customer, a := range stored.All() {
		age, _ := a.Age()
		fmt.Printf("%s: %d deals in %.0f days, profit %s\n", customer, a.Deals, age, a.Profit())
	}
	// Output:
	// Ada: 2 deals in 13 days, profit 410
	// Ben: 2 deals in 12 days, profit 110
	// Eve: 1 deals in 0 days, profit 34
}

// What each customer has brought, and how to treat them.
func Example() {
	accounts, err := account.New[string](nil, account.Config{AsOf: january(31)})
	check(err)
	check(clientele.FeedReceipts(clientele.All(officeShop()), accounts))
	check(accounts.AddAcquisition("Ben", money("90")))

	rules := account.TierRules{Cherish: money("300"), Keep: money("0"), SavableShare: 0.5, Grace: 14}
	for customer, a := range accounts.All() {
		verdict := rules.Classify(a)
		fmt.Printf("%s: revenue %s, profit %s: %s, %s\n", customer, a.Revenue, a.Profit(), verdict.Tier, verdict.Reason)
	}
	total := accounts.Total()
	rate, _ := total.DiscountRate()
	fmt.Printf("all: profit %s, %.1f %% off the list\n", total.Profit(), 100*rate)
	// Output:
	// Ada: revenue 1100, profit 410: cherish, profit reaches the upper bound
	// Ben: revenue 950, profit -10: fix, profit and what could be saved reach the lower bound
	// Eve: revenue 80, profit 34: keep, profit reaches the lower bound
	// all: profit 434, 11.2 % off the list
}

// With the columns customer, day, money paid, cost of the goods and cost to serve.
func Example_fromCSV() {
	var days clientele.Periods // in UTC
	rows := csv.NewReader(strings.NewReader("Ada,2025-01-02,500,300,20\nBen,2025-01-03,400,300,60\nAda,2025-01-12,600,350,20\n"))
	receipts := clientele.Read(func() (clientele.Receipt[string], error) {
		row, err := rows.Read()
		if err != nil {
			return clientele.Receipt[string]{}, err
		}
		day, err := days.ParseDate(row[1])
		return clientele.Receipt[string]{
			Customer: row[0], At: day, ServeCost: money(row[4]),
			Lines: []clientele.Line{{Quantity: money("1"), Price: money(row[2]), Cost: money(row[3])}},
		}, err
	})
	accounts, err := account.New[string](nil, account.Config{AsOf: january(31)})
	check(err)
	check(clientele.FeedReceipts(receipts, accounts))
	total := accounts.Total()
	fmt.Printf("%d customers, %d deals, revenue %s, margin %s, profit %s\n",
		accounts.Len(), total.Deals, total.Revenue, total.Margin(), total.Profit())
	// Output: 2 customers, 3 deals, revenue 1500, margin 550, profit 450
}

func ExampleAccounts_By() {
	accounts, err := account.New[string](nil, account.Config{AsOf: january(31)})
	check(err)
	check(clientele.FeedReceipts(clientele.All(officeShop()), accounts))
	channel := map[string]string{"Ada": "store", "Ben": "web", "Eve": "web"}
	groups, err := accounts.By(func(customer string) string { return channel[customer] }, 0)
	check(err)
	for _, g := range groups {
		fmt.Printf("%-6s%d customers, %d deals, margin %s, profit %s\n", g.Group, g.Customers, g.Deals, g.Margin(), g.Profit())
	}
	// Output:
	// store 1 customers, 2 deals, margin 450, profit 410
	// web   2 customers, 4 deals, margin 300, profit 114
}

func ExampleAccounts_Payback() {
	accounts, err := account.New[string](nil, account.Config{AsOf: january(31), Payback: true})
	check(err)
	check(clientele.FeedReceipts(clientele.All(officeShop()), accounts))
	check(accounts.AddAcquisition("Ada", money("295"))) // the desk brings 180, the chair 230
	check(accounts.AddAcquisition("Eve", money("50")))
	paybacks, err := accounts.Paybacks()
	check(err)
	for customer, p := range paybacks {
		if p.Paid {
			fmt.Printf("%s: since %s, evenly since %s\n", customer, p.At.Format("2 January"), p.Interpolated.Format("2 January"))
		} else {
			fmt.Printf("%s: %s missing\n", customer, p.Outstanding)
		}
	}
	// Output:
	// Ada: since 12 January, evenly since 7 January
	// Ben: since 3 January, evenly since 3 January
	// Eve: 16 missing
}

func ExampleAccounts_DiscountSensitivity() {
	accounts, err := account.New[string](nil, account.Config{
		AsOf:      january(31),
		Campaigns: []account.Campaign{{From: january(10), Until: january(20)}},
	})
	check(err)
	check(clientele.FeedReceipts(clientele.All(officeShop()), accounts))
	groups, err := accounts.DiscountSensitivity(func(customer string) string {
		a, _ := accounts.Of(customer)
		return map[bool]string{true: "bargain hunters", false: "others"}[a.DealsOnDiscount == a.Deals]
	}, 0)
	check(err)
	for _, g := range groups {
		fmt.Printf("%s: %.0f %% of deals discounted, %.0f %% of revenue, %.1f %% off\n",
			g.Group, 100*g.OnDiscount.Value, 100*g.DiscountedShare.Value, 100*g.DiscountSize.Value)
		r := g.Response
		fmt.Printf("  %d more deals in %.0f days of campaigns, %d in %.0f others\n", r.Inside, r.DaysInside, r.Outside, r.DaysOutside)
	}
	// Output:
	// bargain hunters: 100 % of deals discounted, 100 % of revenue, 20.8 % off
	//   1 more deals in 15 days of campaigns, 1 in 29 others
	// others: 0 % of deals discounted, 0 % of revenue, 0.0 % off
	//   1 more deals in 10 days of campaigns, 0 in 19 others
}

func ExampleByDealNumber() {
	deals := clientele.Deals(clientele.All(officeShop()), clientele.DealRule{Window: 5})
	report, err := account.ByDealNumber(deals, account.DealNumberConfig{
		AsOf: january(31), Starts: []int{1, 2, 3}, Calendar: clientele.Calendar{Unit: clientele.Month},
	})
	check(err)
	for _, s := range report.Stages {
		fmt.Printf("deal %d: %d customers, check %.0f, served for %.0f, %.0f %% discounted\n",
			s.From, s.Customers, s.Check.Mean.Value, s.ServeCostPerDeal.Mean.Value, 100*s.OnDiscount.Mean.Value)
	}
	second := report.Stages[1].Check
	fmt.Printf("second check: %+.0f against the same customers' first\n", second.Change.Value)
	fmt.Printf("              %+.0f against all first ones of the month\n", second.SamePeriod.Value)
	fmt.Printf("              %+.0f against the same customers' first, without the month's effect\n", second.Adjusted.Value)
	// Output:
	// deal 1: 3 customers, check 327, served for 29, 67 % discounted
	// deal 2: 2 customers, check 540, served for 40, 50 % discounted
	// deal 3: 1 customers, check 70, served for 60, 100 % discounted
	// second check: +90 against the same customers' first
	//               +213 against all first ones of the month
	//               +90 against the same customers' first, without the month's effect
}

func ExampleByTenure() {
	deals := clientele.Deals(clientele.All(officeShop()), clientele.DealRule{Window: 5})
	report, err := account.ByTenure(deals, account.TenureConfig{
		AsOf: january(31), Starts: []clientele.Days{0, 10, 20}, Calendar: clientele.Calendar{Unit: clientele.Month},
	})
	check(err)
	for _, s := range report.Stages {
		fmt.Printf("from day %d: %d deals of %d customers, check %.0f, served for %.0f\n",
			s.From, s.Deals, s.Customers, s.Check.Mean.Value, s.ServeCostPerDeal.Mean.Value)
	}
	service := report.Stages[1].ServeCostPerDeal
	fmt.Printf("service after 10 days: %+.0f against newcomers of the month\n", service.SamePeriod.Value)
	// Output:
	// from day 0: 3 deals of 3 customers, check 327, served for 29
	// from day 10: 2 deals of 2 customers, check 540, served for 40
	// from day 20: 1 deals of 1 customers, check 70, served for 60
	// service after 10 days: +11 against newcomers of the month
}

func ExampleNewPage() {
	var deals []clientele.Deal[string]
	for d, err := range clientele.Deals(clientele.All(officeShop()), clientele.DealRule{Window: 5}) {
		check(err)
		if d.Customer == "Ben" {
			deals = append(deals, d)
		}
	}
	page, err := account.NewPage(deals, account.PageConfig{
		AsOf:            january(31),
		AcquisitionCost: money("90"),
	})
	check(err)
	f := page.Figures
	fmt.Printf("%d deals in %.0f days, %.1f days apart, check %.2f (%+.0f %% a deal)\n",
		page.Account.Deals, *f.Age, *f.MeanInterval, *f.AverageCheck, 100**f.Growth)
	for _, d := range page.Deals {
		fmt.Printf("  %s: income %s, cost %s, profit %s\n", d.At.Format("2 January"), d.Revenue, d.GoodsCost.Add(d.ServeCost), d.Profit)
	}
	fmt.Printf("profit %s, %.0f %% of revenue discounted, %s missing to pay back\n", f.Profit, 100**f.DiscountedShare, page.Payback.Outstanding)
	// Output:
	// 3 deals in 28 days, 13.0 days apart, check 316.67 (-58 % a deal)
	//   3 January: income 400, cost 360, profit 40
	//   14 January: income 480, cost 410, profit 70
	//   29 January: income 70, cost 100, profit -30
	// profit -10, 100 % of revenue discounted, 10 missing to pay back
}
