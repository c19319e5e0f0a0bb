package sales_test

import (
	"fmt"
	"os"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/sales"
)

// The whole card on a terminal. A star is the best of a column, values in parentheses are of
// too few to judge, and the last line says where training would bring most.
func ExampleScorecard_WriteText() {
	card, err := sales.Measure(tenDaysOfData(), sales.Config{
		AsOf:    time.Date(2025, 4, 30, 20, 0, 0, 0, time.UTC),
		Booking: sales.Match{Outcomes: []string{"booked"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := card.WriteText(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// name    days  bookings/day  conversion %  check  add-on %  later add-on %   lines  repeat/day  referred/day  money/day  signs     group
	// Ann       10         8.00*          25.0    108     50.0*             0.0   1.50*        0.00          0.00        215   ??++  unjudged
	// Ben       10          4.00         70.0*   121*       7.1             0.0    1.07        0.00          0.00       339*   ??−+  unjudged
	// Cleo      10          0.50          80.0   (90)     (0.0)           (0.0)  (1.00)        0.00          0.00         36   ??−−  unjudged
	// Dan       10          6.00          30.0     88      50.0             0.0    1.50        0.00          0.00        158   ??+−  unjudged
	// total     40          4.62          37.8    107      30.0             0.0    1.30        0.00          0.00        187
	// median                5.00          50.0    108      50.0             0.0    1.50        0.00          0.00        186
	// profit                4088          3200    360       180               0    1356           0             0          ·
}

// tenDaysOfData are what Measure reads of [tenDays].
func tenDaysOfData() sales.Data[string] {
	touches, receipts := tenDays()
	return sales.Data[string]{
		Touches:  clientele.All(touches),
		Deals:    clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 14}),
		Customer: journey.ByIdentifier("customer"),
	}
}

// Four groups that call for something different, by tenure, competence, effort and result.
// Checked calls tell competence.
func ExampleScorecard_In() {
	data := tenDaysOfData()
	var checks []sales.Check
	for i := range 10 {
		for name, met := range map[string]int{"Ann": 8, "Ben": 9, "Cleo": 3, "Dan": 6} {
			checks = append(checks, sales.Check{
				Staff: name, At: time.Date(2025, 3, 3+i, 9, 0, 0, 0, time.UTC),
				Product: sales.Marks{Met: met, Of: 10}, People: sales.Marks{Met: met + i%2, Of: 10},
			})
		}
	}
	data.Checks = clientele.All(checks)
	card, err := sales.Measure(data, sales.Config{
		AsOf:    time.Date(2025, 4, 30, 20, 0, 0, 0, time.UTC),
		Booking: sales.Match{Outcomes: []string{"booked"}},
		Team: []sales.Member{
			{Name: "Ann", Since: time.Date(2019, 5, 1, 0, 0, 0, 0, time.UTC)},
			{Name: "Ben", Since: time.Date(2024, 9, 1, 0, 0, 0, 0, time.UTC)},
			{Name: "Cleo", Since: time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC)},
			{Name: "Dan", Since: time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC)},
		},
		Thresholds: sales.Thresholds{Tenure: 365, Competence: 0.7, Effort: 4},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, group := range []sales.Group{sales.Pillar, sales.Coasting, sales.Rising, sales.Beginner, sales.Mixed} {
		for _, r := range card.In(group) {
			fmt.Printf("%v: %s %v, %d days here, product %.0f %%, people %.0f %%\n",
				group, r.Name, r.Standing, *r.Tenure, 100*r.Product.Value, 100*r.People.Value)
		}
	}
	// Output:
	// pillar: Ann ++++, 2191 days here, product 80 %, people 85 %
	// rising: Ben −+++, 241 days here, product 90 %, people 95 %
	// beginner: Cleo −−−−, 88 days here, product 30 %, people 35 %
	// mixed: Dan +−+−, 1580 days here, product 60 %, people 65 %
}

// How has a seller done over the last weeks? Each window is 7 days that end with a week.
func ExampleWindow() {
	card, err := sales.Measure(tenDaysOfData(), sales.Config{
		AsOf:     time.Date(2025, 3, 23, 20, 0, 0, 0, time.UTC),
		Calendar: clientele.Calendar{Unit: clientele.Week, WeekStart: time.Monday},
		Booking:  sales.Match{Outcomes: []string{"booked"}},
		Within:   7,
		Rolling:  7,
		Points:   3,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	ben, _ := card.Row("Ben")
	for _, w := range ben.Rolling {
		fmt.Printf("%s to %s: ", w.First.Format(time.DateOnly), w.Until.Format(time.DateOnly))
		if sold, ok := w.Of(sales.Conversion); ok {
			fmt.Println(sold)
		} else {
			fmt.Println("no bookings")
		}
	}
	// Output:
	// 2025-03-03 to 2025-03-10: 0.75 [0.5664, 0.8732]
	// 2025-03-10 to 2025-03-17: 0.5833 [0.3195, 0.8067]
	// 2025-03-17 to 2025-03-23: no bookings
}

// Parts of the data are gathered apart and merged.
func ExampleCounter() {
	cfg := sales.Config{
		AsOf:    time.Date(2025, 4, 30, 20, 0, 0, 0, time.UTC),
		Booking: sales.Match{Outcomes: []string{"booked"}},
	}
	touches, receipts := tenDays()
	calls, err := sales.New(journey.ByIdentifier("customer"), cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range touches {
		if err := calls.AddTouch(t); err != nil {
			fmt.Println(err)
		}
	}
	tills, err := sales.New(journey.ByIdentifier("customer"), cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	for d, err := range clientele.Deals(clientele.All(receipts), clientele.DealRule{Window: 14}) {
		if err == nil {
			err = tills.AddDeal(d)
		}
		if err != nil {
			fmt.Println(err)
		}
	}
	if err := calls.Merge(tills); err != nil {
		fmt.Println(err)
	}
	card, err := calls.Scorecard()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(card.Total.Bookings, "bookings,", card.Total.Sales, "sales of", card.Total.Money)
	// Output:
	// 185 bookings, 70 sales of 7475
}
