package cohort_test

import (
	"encoding/csv"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/shopspring/decimal"
)

// From a file of purchases to retention by month and the share of customers who bought
// again within 30 days.
func Example() {
	var days clientele.Periods // in UTC
	rows := csv.NewReader(strings.NewReader(`Ada,2025-01-05,40
Ben,2025-01-12,20
Cyd,2025-01-28,90
Dan,2025-02-03,15
Ada,2025-02-09,35
Eve,2025-02-14,55
Dan,2025-02-25,25
Cyd,2025-03-02,75
Eve,2025-03-08,50
`))
	purchases := clientele.Read(func() (clientele.Purchase[string], error) {
		row, err := rows.Read()
		if err != nil {
			return clientele.Purchase[string]{}, err
		}
		day, err := days.ParseDate(row[1])
		return clientele.Purchase[string]{Customer: row[0], At: day, Amount: decimal.RequireFromString(row[2])}, err
	})
	activity, err := cohort.New[string](nil)
	check(err)
	check(clientele.Feed(purchases, activity))

	asOf := time.Date(2025, 4, 1, 0, 0, 0, -1, time.UTC) // the end of March
	triangle, err := activity.Triangle(cohort.TriangleConfig{AsOf: asOf, Calendar: clientele.Calendar{Unit: clientele.Month}})
	check(err)
	check(triangle.WriteText(os.Stdout, cohort.ViewRates, 0))

	repeat, err := activity.Repeat(cohort.RepeatConfig{AsOf: asOf, Early: []clientele.Days{30}})
	check(err)
	early := repeat.Total.Early[0]
	fmt.Printf("%d of %d bought again within 30 days: %v\n", early.Repeaters, early.Eligible, early.Rate)
	// Output:
	// cohort   size      0     1     2
	// 2025-01     3  100.0  33.3  33.3
	// 2025-02     2  100.0  50.0
	// all            100.0  40.0  33.3
	// 2 of 5 bought again within 30 days: 0.4 [0.1176, 0.7693]
}
