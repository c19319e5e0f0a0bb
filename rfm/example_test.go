package rfm_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

func day(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func rub(amount int64) decimal.Decimal { return decimal.NewFromInt(amount) }

// The marketer's thresholds: 20 to 40 days, 2 to 5 purchases and receipts of 1000
// to 5000 are normal, both ends included.
func ExampleBounds() {
	scales, err := rfm.NewScales(rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000)))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range []rfm.Values{
		{Recency: 19.9, Frequency: 6, Monetary: 5000.01},
		{Recency: 20, Frequency: 5, Monetary: 5000},
		{Recency: 40, Frequency: 2, Monetary: 1000},
		{Recency: 40.1, Frequency: 1, Monetary: 999.99},
	} {
		score, err := scales.ScoreValues(v)
		fmt.Println(v, score.Code, score.Segment, err)
	}
	// Output:
	// {19.9 6 5000.01} BBB Best <nil>
	// {20 5 5000} NNN Normal <nil>
	// {40 2 1000} NNN Normal <nil>
	// {40.1 1 999.99} WWW Worst <nil>
}

// A customer whose receipts shrink is still "normal" by the average receipt when
// the last three already tell another story.
func ExampleScales_Degradation() {
	scales, err := rfm.NewScales(rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000)))
	if err != nil {
		fmt.Println(err)
		return
	}
	level := []string{"", "worst", "normal", "best"}
	var m rfm.Facts // never seen
	for i, amount := range []int64{10000, 5000, 3000, 2000, 500, 80} {
		m, err = m.After(day(2025, time.March, 1+7*i), rub(amount))
		if err != nil {
			fmt.Println(err)
			return
		}
		score, err := scales.Score(m)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("total %v, average %v, %s", m.Total(), m.Average(), level[score.M])
		if d, ok, err := scales.Degradation(m); err == nil && ok {
			fmt.Printf(" but degrading: the last %d average %v, %s", d.Purchases, d.Recent, level[d.RecentLevel])
		}
		fmt.Println()
	}
	// Output:
	// total 10000, average 10000, best
	// total 15000, average 7500, best
	// total 18000, average 6000, best
	// total 20000, average 5000, normal
	// total 20500, average 4100, normal
	// total 20580, average 3430, normal but degrading: the last 3 average 860, worst
}

// Rhythm is the longer of the average interval and the silence: both customers
// bought four times, and only recency tells them apart.
func ExampleMeasure_rhythm() {
	steady := []time.Time{day(2025, 1, 1), day(2025, 4, 2), day(2025, 7, 2), day(2025, 10, 1)}
	burst := []time.Time{day(2025, 6, 19), day(2025, 6, 26), day(2025, 7, 3), day(2025, 7, 10)}
	scales, err := rfm.NewScales(rfm.CubePlan(rfm.Bounds(20, 100), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000)))
	if err != nil {
		fmt.Println(err)
		return
	}
	show := func(name string, asOf time.Time, days []time.Time) {
		h, err := rfm.NewHistory(rfm.Config{AsOf: asOf})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, at := range days {
			if err := h.Add(at, rub(2000)); err != nil {
				fmt.Println(err)
				return
			}
		}
		m, _ := h.Facts()
		e, err := scales.Explain(m)
		if err != nil {
			fmt.Println(err)
			return
		}
		r, f := e.Gradings[rfm.R], e.Gradings[rfm.F]
		fmt.Printf("%s: on %s F %v, R %v, %s\n", name, asOf.Format("2 Jan"), f.Value, r.Value, e.Score.Code)
	}
	show("steady", day(2025, 12, 31), steady)
	show("burst", day(2025, 7, 10), burst)
	show("burst", day(2025, 12, 31), burst)
	// Output:
	// steady: on 31 Dec F 4, R 91, NNN
	// burst: on 10 Jul F 4, R 7, BNN
	// burst: on 31 Dec F 4, R 174, WNN
}

// From purchases to the state of the base.
func Example() {
	purchases := []clientele.Purchase[string]{
		{Customer: "Ada", At: day(2025, 5, 2), Amount: rub(5200)},
		{Customer: "Ada", At: day(2025, 5, 20), Amount: rub(6100)},
		{Customer: "Ada", At: day(2025, 6, 5), Amount: rub(5900)},
		{Customer: "Ben", At: day(2025, 5, 28), Amount: rub(700)},
		{Customer: "Cyd", At: day(2025, 1, 3), Amount: rub(3000)},
		{Customer: "Cyd", At: day(2025, 2, 7), Amount: rub(2500)},
	}
	base, err := rfm.New(new(clientele.Roster[string]), rfm.Config{AsOf: day(2025, 6, 30)})
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := clientele.Feed(clientele.All(purchases), base); err != nil {
		fmt.Println(err)
		return
	}
	scales, err := rfm.Fit(base, rfm.CubePlan(rfm.Bounds(20, 60), rfm.Bounds(2, 2), rfm.Bounds(1000, 5000)))
	if err != nil {
		fmt.Println(err)
		return
	}
	state, err := rfm.Grade(base, scales)
	if err != nil {
		fmt.Println(err)
		return
	}
	for customer, score := range state.All() {
		fmt.Println(customer, score.Code, score.Segment)
	}
	for _, s := range state.Report().Segments {
		fmt.Printf("%-10s %d customers, %5.1f %% of revenue\n", s.Name, s.Customers, 100*s.RevenueShare)
	}
	cyd, _ := base.Of("Cyd")
	why, err := scales.Explain(cyd)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(why)
	// Output:
	// Ada NBB Best
	// Ben NWW Occasional
	// Cyd WNN Sleeping
	// Best       1 customers,  73.5 % of revenue
	// Normal     0 customers,   0.0 % of revenue
	// Occasional 1 customers,   3.0 % of revenue
	// Sleeping   1 customers,  23.5 % of revenue
	// Worst      0 customers,   0.0 % of revenue
	// recency (rhythm) 143 is level 1 of 3: over 60
	// frequency (purchases per active year) 2 is level 2 of 3: 2
	// monetary (average receipt) 2750 is level 2 of 3: from 1000 to 5000
	// cell WNN is Sleeping on the map "cube"
}

func ExampleScales_Spans() {
	scales, err := rfm.NewScales(rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000)))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%q\n", scales.Spans(rfm.R))
	fmt.Printf("%q\n", scales.Spans(rfm.M))
	// Output:
	// ["over 40" "from 20 to 40" "under 20"]
	// ["under 1000" "from 1000 to 5000" "over 5000"]
}

// Shares of your own, and levels where the values leave gaps.
func ExamplePercentiles() {
	base, err := rfm.New[int](nil, rfm.Config{AsOf: day(2025, 6, 10)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for customer, amount := range []int64{9, 10, 11, 12, 48, 50, 51, 52, 400, 420} {
		if err := base.Add(clientele.Purchase[int]{Customer: customer, At: day(2025, 6, 1+customer%5), Amount: rub(amount)}); err != nil {
			fmt.Println(err)
			return
		}
	}
	plan := rfm.GridPlan()
	plan.Map = rfm.Map{Name: "mine", Levels: rfm.Levels{5, 5, 3}, Segments: []rfm.Segment{{Name: "all", Where: []rfm.Box{{}}}}}
	for _, by := range []rfm.Rule{rfm.Percentiles(50, 90), rfm.NaturalBreaks(3)} {
		plan.Monetary = by
		scales, err := rfm.Fit(base, plan)
		if err != nil {
			fmt.Println(err)
			return
		}
		scale, _ := scales.Scale(rfm.M, 0, 0)
		fmt.Println(by.Kind, scale.Edges, scale.Counts)
	}
	// Output:
	// percentiles [49 402] [5 4 1]
	// natural breaks [12 52] [4 4 2]
}
