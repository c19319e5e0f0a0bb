package rfm_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// orderBook is a few weeks of a small shop.
func orderBook() []clientele.Purchase[string] {
	return []clientele.Purchase[string]{
		{Customer: "Ada", At: day(2025, 5, 2), Amount: rub(5200)},
		{Customer: "Ada", At: day(2025, 5, 20), Amount: rub(6100)},
		{Customer: "Ada", At: day(2025, 6, 5), Amount: rub(5900)},
		{Customer: "Ben", At: day(2025, 5, 28), Amount: rub(700)},
		{Customer: "Cyd", At: day(2025, 4, 20), Amount: rub(3000)},
		{Customer: "Cyd", At: day(2025, 5, 4), Amount: rub(2500)},
	}
}

// baseAsOf is the order book as of a moment.
func baseAsOf(asOf time.Time) *rfm.Base[string] {
	base, err := rfm.New(new(clientele.Roster[string]), rfm.Config{AsOf: asOf})
	if err != nil {
		panic(err)
	}
	if err := clientele.Feed(clientele.All(orderBook()), base); err != nil {
		panic(err)
	}
	return base
}

// thresholds are a marketer's own.
func thresholds() rfm.Plan {
	return rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 2), rfm.Bounds(1000, 5000))
}

func ExampleNew() {
	_, err := rfm.New(new(clientele.Roster[string]), rfm.Config{Window: -1, Recent: 9})
	fmt.Println(err)
	// Output:
	// rfm.New: invalid configuration:
	// 	AsOf: time is zero: want the last moment that counts
	// 	Window -1: negative: want 0 days or more
	// 	Recent 9: want 1 to 5 purchases, or 0 for 3
}

// Two shards of a stream are merged into what one pass would have gathered.
func ExampleBase_Merge() {
	var whole rfm.Base[string] // takes the configuration of the first shard
	for _, shard := range [][]clientele.Purchase[string]{orderBook()[:3], orderBook()[3:]} {
		part, err := rfm.New(new(clientele.Roster[string]), rfm.Config{AsOf: day(2025, 6, 10)})
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := clientele.Feed(clientele.All(shard), part); err != nil {
			fmt.Println(err)
			return
		}
		if err := whole.Merge(part); err != nil {
			fmt.Println(err)
			return
		}
	}
	for customer, m := range whole.All() {
		fmt.Println(customer, m.Purchases(), m.Total())
	}
	// Output:
	// Ada 3 17200
	// Ben 1 700
	// Cyd 2 5500
}

// Every night the stored base moves on by a day and takes in what came since.
func ExampleBase_Advance() {
	stored, err := baseAsOf(day(2025, 6, 1)).MarshalBinary()
	if err != nil {
		fmt.Println(err)
		return
	}

	var base rfm.Base[string]
	if err := base.UnmarshalBinary(stored); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(base.Later(), "purchase after the old moment was not kept")
	if err := base.Advance(day(2025, 6, 10)); err != nil {
		fmt.Println(err)
		return
	}
	if err := clientele.Feed(clientele.All(orderBook()[2:3]), &base); err != nil {
		fmt.Println(err)
		return
	}
	m, _ := base.Of("Ada")
	fmt.Println(m.Purchases(), "purchases up to", m.AsOf().Format(time.DateOnly))
	// Output:
	// 1 purchase after the old moment was not kept
	// 3 purchases up to 2025-06-10
}

// An engine that groups by customer keeps a history each and sends its bytes.
func ExampleHistory() {
	cfg := rfm.Config{AsOf: day(2025, 6, 10)}
	worker, err := rfm.NewHistory(cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range orderBook()[:3] {
		if err := worker.Add(p.At, p.Amount); err != nil {
			fmt.Println(err)
			return
		}
	}
	form, err := worker.MarshalBinary()
	if err != nil {
		fmt.Println(err)
		return
	}

	base, err := rfm.New(new(clientele.Roster[string]), cfg)
	if err != nil {
		fmt.Println(err)
		return
	}
	var received rfm.History
	if err := received.UnmarshalBinary(form); err != nil {
		fmt.Println(err)
		return
	}
	if err := base.AddHistory("Ada", &received); err != nil {
		fmt.Println(err)
		return
	}
	m, ok := base.Of("Ada")
	fmt.Println(m.Total(), m.Last().Format(time.DateOnly), ok)
	// Output: 17200 2025-06-05 true
}

// Equal values share a level. Where ties leave a level empty, a warning says so
// with the edges and who is where.
func ExampleFit() {
	base, err := rfm.New(new(clientele.Roster[int]), rfm.Config{AsOf: day(2025, 6, 10)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for customer, purchases := range []int{1, 1, 1, 1, 1, 2, 2, 3, 4, 7} {
		for i := range purchases {
			p := clientele.Purchase[int]{Customer: customer, At: day(2025, 5, 1+customer+i), Amount: rub(int64(100 + customer))}
			if err := base.Add(p); err != nil {
				fmt.Println(err)
				return
			}
		}
	}
	scales, err := rfm.Fit(base, rfm.GridPlan())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, w := range scales.Warnings {
		fmt.Println(w)
	}
	m, _ := base.Of(9)
	score, err := scales.Score(m)
	fmt.Println(score.Code, score.Segment, score.Total, err)
	// Output:
	// frequency: no customers on levels [2]; edges [1 1 2 3.2], customers by level [5 0 2 1 2]
	// 555 Champions 15 <nil>
}

// Scales are frozen data: tomorrow's customer is graded by today's edges, without
// the base.
func ExampleNewScales() {
	scales, err := rfm.NewScales(thresholds())
	if err != nil {
		fmt.Println(err)
		return
	}
	stored, err := json.Marshal(scales)
	if err != nil {
		fmt.Println(err)
		return
	}
	var frozen rfm.Scales
	if err := json.Unmarshal(stored, &frozen); err != nil {
		fmt.Println(err)
		return
	}
	m, _ := baseAsOf(day(2025, 6, 10)).Of("Ben")
	m, err = m.After(day(2025, 6, 11), decimal.RequireFromString("1290.50"))
	if err != nil {
		fmt.Println(err)
		return
	}
	score, err := frozen.Score(m)
	fmt.Println(score.Segment, m.Total(), m.Average(), err)
	// Output: Normal 1990.5 995.25 <nil>
}

func ExampleScales_Explain() {
	scales, err := rfm.NewScales(thresholds())
	if err != nil {
		fmt.Println(err)
		return
	}
	m, _ := baseAsOf(day(2025, 6, 10)).Of("Cyd")
	explanation, err := scales.Explain(m)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(explanation)
	// Output:
	// recency (rhythm) 37 is level 2 of 3: from 20 to 40
	// frequency (purchases per active year) 2 is level 2 of 3: 2
	// monetary (average receipt) 2750 is level 2 of 3: from 1000 to 5000
	// cell NNN is Normal on the map "cube"
}

// A map must name every cell once.
func ExampleMap_Validate() {
	careless := rfm.Map{
		Name:   "careless",
		Levels: [3]int{2, 2, 2},
		Segments: []rfm.Segment{
			{Name: "Active", Where: []rfm.Box{{R: rfm.Range{2, 2}}}},
			{Name: "Frequent", Where: []rfm.Box{{F: rfm.Range{2, 2}, M: rfm.Range{1, 1}}}},
			{Name: "Champion", Where: []rfm.Box{{R: rfm.Range{2, 2}, F: rfm.Range{2, 2}}}},
		},
	}
	fmt.Println(careless.Validate())
	// Output:
	// rfm.Map.Validate: invalid configuration: map "careless" is no partition: 3 cells without a segment (111 112 122): want a box around each, or a Rest; 2 cells in several segments (221: Active, Frequent, Champion; 222: Active, Champion): want smaller boxes, or FirstMatch; 1 segment that no cell can have (Champion): want cells left for each by those before it
}
