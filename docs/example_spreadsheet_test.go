package docs_test

import (
	"os"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

func Example_spreadsheet() {
	days := new(clientele.Periods) // in UTC
	base, err := rfm.New[string](nil, rfm.Config{AsOf: days.End(time.Date(2025, 6, 30, 0, 0, 0, 0, time.UTC))})
	check(err)
	check(clientele.Feed(clientele.All([]clientele.Purchase[string]{
		{Customer: `=HYPERLINK("http://example.com")`, At: time.Date(2025, 6, 28, 0, 0, 0, 0, time.UTC), Amount: decimal.NewFromInt(50)},
		{Customer: "Ada", At: time.Date(2025, 6, 2, 0, 0, 0, 0, time.UTC), Amount: decimal.NewFromInt(20)},
	}), base))
	plan := rfm.GridPlan()
	plan.Measure.Days = rfm.Dates
	scales, err := rfm.Fit(base, plan)
	check(err)
	state, err := rfm.Grade(base, scales)
	check(err)

	check(state.WriteCSV(clientele.Spreadsheet(os.Stdout)))
	// Output:
	// customer,recency,frequency,monetary,r,f,m,code,segment,total
	// "'=HYPERLINK(""http://example.com"")",2,1,50,5,1,5,515,New Customers,11
	// Ada,28,1,20,1,1,1,111,Hibernating,3
}
