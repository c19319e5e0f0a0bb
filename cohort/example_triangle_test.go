package cohort_test

import (
	"fmt"
	"os"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/shopspring/decimal"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// visits are purchases by name, day of 2025 and amount.
func visits() []clientele.Purchase[string] {
	var all []clientele.Purchase[string]
	for _, v := range []struct {
		name       string
		month      time.Month
		day, total int64
		channel    string
	}{
		{"Ada", 1, 5, 40, "search"},
		{"Ada", 2, 9, 35, "search"},
		{"Ada", 3, 30, 60, "store"},
		{"Ben", 1, 12, 20, "social"},
		{"Cyd", 1, 28, 90, "search"},
		{"Cyd", 3, 2, 75, "search"},
		{"Dan", 2, 3, 15, "social"},
		{"Dan", 2, 25, 25, "social"},
		{"Eve", 2, 14, 55, "search"},
		{"Eve", 3, 8, 50, "search"},
		{"Fay", 3, 1, 30, "social"},
	} {
		all = append(all, clientele.Purchase[string]{
			Customer: v.name, At: time.Date(2025, v.month, int(v.day), 12, 0, 0, 0, time.UTC),
			Amount: decimal.NewFromInt(v.total), Group: v.channel,
		})
	}
	return all
}

// Three monthly cohorts at the end of March, whose last column is complete just then.
func ExampleTriangle() {
	activity, err := cohort.New(new(clientele.Roster[string]))
	check(err)
	check(clientele.Feed(clientele.All(visits()), activity))

	triangle, err := activity.Triangle(cohort.TriangleConfig{
		AsOf:     time.Date(2025, 4, 1, 0, 0, 0, -1, time.UTC),
		Calendar: clientele.Calendar{Unit: clientele.Month},
	})
	check(err)
	check(triangle.WriteText(os.Stdout, cohort.ViewRates, 0))

	cell := triangle.Rows[0].Cells[1]
	fmt.Printf("%d of %d came back in February: %v\n", cell.Active, cell.Eligible, cell.Rate)
	// Output:
	// cohort   size      0     1     2
	// 2025-01     3  100.0  33.3  66.7
	// 2025-02     2  100.0  50.0
	// 2025-03     1  100.0
	// all            100.0  40.0  66.7
	// 1 of 3 came back in February: 0.3333 [0.06149, 0.7923]
}

// A table for a spreadsheet, and one cohort by name.
func ExampleTriangle_WriteWideCSV() {
	activity, err := cohort.New(new(clientele.Roster[string]))
	check(err)
	check(clientele.Feed(clientele.All(visits()), activity))

	triangle, err := activity.Triangle(cohort.TriangleConfig{
		AsOf:     time.Date(2025, 4, 1, 0, 0, 0, -1, time.UTC),
		Calendar: clientele.Calendar{Unit: clientele.Month},
	})
	check(err)
	check(triangle.WriteWideCSV(os.Stdout, cohort.ViewRevenue))
	february, ok := triangle.Row("2025-02", "")
	fmt.Println(february.Size, ok)
	// Output:
	// cohort,key,size,0,1,2
	// 2025-01,,3,150,35,135
	// 2025-02,,2,95,50,
	// 2025-03,,1,30,,
	// 2 true
}

// Brackets begin with each customer's own first day. What may still grow is in
// parentheses, and a dot stands where nothing is known yet.
func ExampleActivity_Triangle() {
	activity, err := cohort.New(new(clientele.Roster[string]))
	check(err)
	check(clientele.Feed(clientele.All(visits()), activity))

	triangle, err := activity.Triangle(cohort.TriangleConfig{
		AsOf:     time.Date(2025, 4, 1, 0, 0, 0, -1, time.UTC),
		Brackets: []cohort.Bracket{{From: 0, To: 0}, {From: 1, To: 30}, {From: 31, To: 60}},
		Grouping: cohort.ByKey,
	})
	check(err)
	check(triangle.WriteText(os.Stdout, cohort.ViewLTV, 0))
	// Output:
	// cohort  size   0  1–30  31–60
	// search     3  62    78  (120)
	// social     3  22    30   (20)
	// all           42    54   (87)
}

// The segment of a customer at entry, or whatever else the host knows, can be the key.
func ExampleActivity_TriangleBy() {
	activity, err := cohort.New(new(clientele.Roster[string]))
	check(err)
	check(clientele.Feed(clientele.All(visits()), activity))

	cities := map[string]string{"Ada": "Porto", "Ben": "Lyon", "Cyd": "Lyon", "Dan": "Porto", "Eve": "Lyon", "Fay": "Lyon"}
	triangle, err := activity.TriangleBy(cohort.TriangleConfig{
		AsOf: time.Date(2025, 4, 1, 0, 0, 0, -1, time.UTC), Calendar: clientele.Calendar{Unit: clientele.Month},
		Grouping: cohort.ByStartAndKey, Retention: cohort.OnOrAfter,
	}, func(customer string) string { return cities[customer] })
	check(err)
	check(triangle.WriteText(os.Stdout, cohort.ViewActive, 0))
	// Output:
	// cohort         size  0  1  2
	// 2025-01 Lyon      2  2  1  1
	// 2025-01 Porto     1  1  1  1
	// 2025-02 Lyon      1  1  1
	// 2025-02 Porto     1  1  0
	// 2025-03 Lyon      1  1
}

// Customers who signed up and never bought count among those who might have.
func ExampleActivity_Enrol() {
	activity, err := cohort.New(new(clientele.Roster[string]))
	check(err)
	january := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, customer := range []string{"Ada", "Ben", "Gus"} {
		check(activity.Enrol(customer, january))
	}
	check(clientele.Feed(clientele.All(visits()[:4]), activity))

	triangle, err := activity.Triangle(cohort.TriangleConfig{
		AsOf: time.Date(2025, 4, 1, 0, 0, 0, -1, time.UTC), Calendar: clientele.Calendar{Unit: clientele.Month},
		Entry: cohort.Stated,
	})
	check(err)
	check(triangle.WriteText(os.Stdout, cohort.ViewActive, 0))
	// Output:
	// cohort   size  0  1  2
	// 2025-01     3  2  1  1
}

func ExampleTriangle_Averages() {
	activity, err := cohort.New(new(clientele.Roster[string]))
	check(err)
	check(clientele.Feed(clientele.All(visits()), activity))
	triangle, err := activity.Triangle(cohort.TriangleConfig{
		AsOf: time.Date(2025, 3, 15, 0, 0, 0, 0, time.UTC), Calendar: clientele.Calendar{Unit: clientele.Month},
	})
	check(err)
	for _, a := range triangle.Averages() {
		fmt.Printf("month %s: %d cohorts, %d of %d customers, each has brought %.2f\n", a.Column, a.Cohorts, a.Active, a.Eligible, a.LTV)
	}
	// Output:
	// month 0: 2 cohorts, 5 of 5 customers, each has brought 49.00
	// month 1: 1 cohorts, 1 of 3 customers, each has brought 61.67
	// month 2: 0 cohorts, 0 of 0 customers, each has brought 0.00
}

// Is the retention of the first month improving? Of 200 newcomers a month 30, 38, 36 and
// 46 came back.
func ExampleTriangle_Trend() {
	activity, err := cohort.New(new(clientele.Roster[int]))
	check(err)
	for month, back := range []int{30, 38, 36, 46, 0} {
		for i := range 200 {
			p := clientele.Purchase[int]{Customer: 1000*month + i, At: time.Date(2025, time.Month(1+month), 9, 0, 0, 0, 0, time.UTC)}
			check(activity.Add(p))
			if i < back {
				p.At = p.At.AddDate(0, 1, 0)
				check(activity.Add(p))
			}
		}
	}
	triangle, err := activity.Triangle(cohort.TriangleConfig{
		AsOf: time.Date(2025, 6, 1, 0, 0, 0, -1, time.UTC), Calendar: clientele.Calendar{Unit: clientele.Month},
	})
	check(err)
	trend, err := triangle.Trend(1, "")
	check(err)
	fmt.Printf("%.1f points a month, from %.1f to %.1f\n", 100*trend.Slope.Value, 100*trend.Slope.Lo, 100*trend.Slope.Hi)
	fmt.Printf("p %.2f over %d cohorts\n", trend.P, len(trend.Points))
	// Output:
	// 2.3 points a month, from -3.0 to 7.6
	// p 0.20 over 4 cohorts
}

// An engine that groups by customer makes histories, which an activity takes.
func ExampleHistory() {
	var january, february cohort.History
	for _, p := range visits()[:3] {
		into := &february
		if p.At.Month() == time.January {
			into = &january
		}
		check(into.Add(p.At, p.Amount, p.Group))
	}
	check(january.Merge(&february))

	var activity cohort.Activity[string]
	check(activity.AddHistory("Ada", &january))
	fmt.Println(activity.Len(), "purchases")
	// Output:
	// 3 purchases
}

// Revenue in the first two months of each cohort. What may still grow is in brackets.
func ExampleTriangle_WriteText() {
	activity, err := cohort.New(new(clientele.Roster[string]))
	check(err)
	check(clientele.Feed(clientele.All(visits()), activity))
	triangle, err := activity.Triangle(cohort.TriangleConfig{
		AsOf: time.Date(2025, 3, 15, 0, 0, 0, 0, time.UTC), Calendar: clientele.Calendar{Unit: clientele.Month},
	})
	check(err)
	check(triangle.WriteText(os.Stdout, cohort.ViewRevenue, 2))
	// Output:
	// cohort   size     0     1
	// 2025-01     3   150    35
	// 2025-02     2    95  (50)
	// 2025-03     1  (30)
}

// Shards gather apart, each with a roster of its own.
func ExampleActivity_Merge() {
	var shop, web cohort.Activity[string]
	for i, v := range visits() {
		if i%2 == 0 {
			check(shop.Add(v))
		} else {
			check(web.Add(v))
		}
	}
	check(shop.Merge(&web))
	repeat, err := shop.Repeat(cohort.RepeatConfig{AsOf: time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC)})
	check(err)
	fmt.Printf("%d purchases, %d of %d customers bought again\n", shop.Len(), repeat.Total.Repeaters, repeat.Total.Customers)
	// Output:
	// 11 purchases, 4 of 6 customers bought again
}

func ExampleTriangle_WriteCSV() {
	activity, err := cohort.New(new(clientele.Roster[string]))
	check(err)
	check(clientele.Feed(clientele.All(visits()[:3]), activity))
	triangle, err := activity.Triangle(cohort.TriangleConfig{
		AsOf: time.Date(2025, 2, 15, 0, 0, 0, 0, time.UTC), Calendar: clientele.Calendar{Unit: clientele.Month},
	})
	check(err)
	check(triangle.WriteCSV(os.Stdout))
	// Output:
	// cohort,key,size,column,active,eligible,complete,rate,lo,hi,purchases,revenue,brought,ltv
	// 2025-01,,1,0,1,1,true,1,0.20654931437723745,1,1,40,40,40
	// 2025-01,,1,1,1,0,false,,,,1,35,0,
}

// Of those who began with a trial, who subscribed, and when?
func ExampleTriangleConfig() {
	activity, err := cohort.New(new(clientele.Roster[string]))
	check(err)
	for _, v := range []struct {
		name, plan string
		month      time.Month
	}{
		{"Ada", "trial", 1},
		{"Ada", "subscription", 2},
		{"Ada", "subscription", 3},
		{"Ben", "trial", 1},
		{"Cyd", "trial", 1},
		{"Cyd", "trial", 2},
		{"Cyd", "subscription", 3},
		{"Dan", "subscription", 1},
	} {
		check(activity.Add(clientele.Purchase[string]{
			Customer: v.name, At: time.Date(2025, v.month, 5, 12, 0, 0, 0, time.UTC), Group: v.plan,
		}))
	}
	triangle, err := activity.Triangle(cohort.TriangleConfig{
		AsOf:         time.Date(2025, 4, 1, 0, 0, 0, -1, time.UTC),
		Calendar:     clientele.Calendar{Unit: clientele.Month},
		StartLabels:  []string{"trial"},
		ReturnLabels: []string{"subscription"},
	})
	check(err)
	check(triangle.WriteText(os.Stdout, cohort.ViewActive, 0))
	fmt.Println(triangle.NeverStarted, "never tried")
	// Output:
	// cohort   size  0  1  2
	// 2025-01     3  0  1  2
	// 1 never tried
}
