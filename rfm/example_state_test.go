package rfm_test

import (
	"fmt"
	"maps"
	"os"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

func ExampleGrade() {
	base := baseAsOf(day(2025, 6, 10))
	scales, err := rfm.Fit(base, thresholds())
	if err != nil {
		fmt.Println(err)
		return
	}
	state, err := rfm.Grade(base, scales)
	if err != nil {
		fmt.Println(err)
		return
	}
	for customer, values := range state.In("Best") {
		score, _ := state.Of(customer)
		fmt.Println(customer, score.Code, values.Recency, values.Frequency)
	}
	best, _ := state.Report().Cell(3, 3, 3)
	fmt.Println(best.Code, best.Customers, best.Revenue, best.AverageReceipt.StringFixedBank(2))
	// Output:
	// Ada BBB 17 3
	// BBB 1 17200 5733.33
}

// What changed in a month, and why.
func ExampleCompare() {
	var people clientele.Roster[string]
	then, err := rfm.New(&people, rfm.Config{AsOf: day(2025, 5, 10)})
	if err != nil {
		fmt.Println(err)
		return
	}
	now, err := rfm.New(&people, rfm.Config{AsOf: day(2025, 6, 20)})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := clientele.Feed(clientele.All(orderBook()), then, now); err != nil { // one pass
		fmt.Println(err)
		return
	}
	scales, err := rfm.NewScales(thresholds())
	if err != nil {
		fmt.Println(err)
		return
	}
	before, err := rfm.Grade(then, scales)
	if err != nil {
		fmt.Println(err)
		return
	}
	after, err := rfm.Grade(now, scales)
	if err != nil {
		fmt.Println(err)
		return
	}
	movement, err := rfm.Compare(before, after)
	if err != nil {
		fmt.Println(err)
		return
	}
	for m := range movement.Moves() {
		fmt.Printf("%s %v: %s -> %s by %v\n", m.Customer, m.Direction, m.From.Code, m.To.Code, m.Cause)
	}
	fmt.Println(movement.Count[rfm.Grown], "grown,", movement.Count[rfm.Fallen], "fallen")
	// Output:
	// Ada grown: BWB -> BBB by frequency
	// Ben entered:  -> NWW by recency+frequency+monetary
	// Cyd fallen: BNN -> WNN by recency
	// 1 grown, 1 fallen
}

// Who falls within a week if nobody calls.
func ExampleFalling() {
	base := baseAsOf(day(2025, 6, 10))
	scales, err := rfm.NewScales(thresholds())
	if err != nil {
		fmt.Println(err)
		return
	}
	falling, err := rfm.Falling(base, scales, day(2025, 6, 17))
	if err != nil {
		fmt.Println(err)
		return
	}
	for customer, w := range falling {
		fmt.Println(customer, w.Now.Code, "->", w.Then.Code, w.Then.Segment, "on", w.Falls.Format("2 January"))
	}
	// Output:
	// Ben BWW -> NWW Occasional on 17 June
	// Cyd NNN -> WNN Sleeping on 13 June
}

func ExampleReport_Diagnose() {
	base, err := rfm.New(new(clientele.Roster[int]), rfm.Config{AsOf: day(2025, 12, 31)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for customer := range 10 {
		month := 12 // two good customers have been silent since March
		if customer < 2 {
			month = 3
		}
		for i := range 3 {
			p := clientele.Purchase[int]{Customer: customer, At: day(2025, 12, 1+i).AddDate(0, month-12, 0), Amount: rub(2000)}
			if err := base.Add(p); err != nil {
				fmt.Println(err)
				return
			}
		}
	}
	scales, err := rfm.NewScales(rfm.CubePlan(rfm.Bounds(20, 60), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000)))
	if err != nil {
		fmt.Println(err)
		return
	}
	state, err := rfm.Grade(base, scales)
	if err != nil {
		fmt.Println(err)
		return
	}
	findings, err := state.Report().Diagnose(rfm.DiagnoseConfig{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range findings {
		fmt.Println(f.Diagnosis)
		fmt.Println(f.Evidence)
		fmt.Println("a year of the sleepers who come back:", f.AtStake)
	}
	// Output:
	// sleepers promise growth
	// normal customers prevail (80.0 %); 20.0 % of the base sleep and have brought 6000.00 each, against 6000.00 on average
	// a year of the sleepers who come back: 1200
}

// Yesterday is what was published: codes of cells, or only segments.
func ExampleCompareScores() {
	scales, err := rfm.NewScales(thresholds())
	if err != nil {
		fmt.Println(err)
		return
	}
	today, err := rfm.Grade(baseAsOf(day(2025, 6, 10)), scales)
	if err != nil {
		fmt.Println(err)
		return
	}
	movement, err := rfm.CompareScores(maps.All(map[string]rfm.Score{
		"Ada": {Code: "BNB"},
		"Cyd": {Segment: "Best"},
	}), today)
	if err != nil {
		fmt.Println(err)
		return
	}
	for m := range movement.Moves() {
		fmt.Printf("%s %v: %s -> %s %v\n", m.Customer, m.Direction, m.From.Segment, m.To.Segment, m.Cause)
	}
	// Output:
	// Ada grown: Normal -> Best frequency
	// Ben entered:  -> Occasional recency+frequency+monetary
	// Cyd moved: Best -> Normal
}

func ExampleState_WriteCSV() {
	scales, err := rfm.NewScales(thresholds())
	if err != nil {
		fmt.Println(err)
		return
	}
	state, err := rfm.Grade(baseAsOf(day(2025, 6, 10)), scales)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := state.WriteCSV(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// customer,recency,frequency,monetary,r,f,m,code,segment,total
	// Ada,17,3,5733.333333333333,3,3,3,BBB,Best,9
	// Ben,13,1,700,3,1,1,BWW,Occasional,5
	// Cyd,37,2,2750,2,2,2,NNN,Normal,6
}
