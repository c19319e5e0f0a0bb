package docs_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

// segmentOf is a service of the host: it asks frozen scales about one customer.
func segmentOf(scales *rfm.Scales, history *rfm.History) (string, error) {
	facts, ok := history.Facts()
	if !ok {
		return "unknown", nil
	}
	score, err := scales.Score(facts)
	return score.Segment, err
}

// A test of the service needs no base, no clock and no database: facts are made by
// hand and time is an argument.
func Example_downstreamTest() {
	scales, err := rfm.NewScales(rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 2), rfm.Bounds(1000, 5000)))
	check(err)
	now := time.Date(2025, 6, 30, 12, 0, 0, 0, time.UTC)
	for _, row := range []struct {
		name string
		ago  []int // days
	}{{"often", []int{28, 14, 2}}, {"once, long ago", []int{200}}, {"never", nil}} {
		history, err := rfm.NewHistory(rfm.Config{AsOf: now})
		check(err)
		for _, days := range row.ago {
			check(history.Add(now.AddDate(0, 0, -days), decimal.New(6000, 0)))
		}
		segment, err := segmentOf(scales, history)
		check(err)
		fmt.Printf("%s: %s\n", row.name, segment)
	}
	// Output:
	// often: Best
	// once, long ago: Worst
	// never: unknown
}

// A stream that fails shows what the service does with it.
func Example_failingSource() {
	source := func(yield func(clientele.Purchase[string], error) bool) {
		_ = yield(clientele.Purchase[string]{Customer: "Ada"}, nil) // no time
	}
	base, err := rfm.New[string](nil, rfm.Config{AsOf: time.Date(2025, 6, 30, 0, 0, 0, 0, time.UTC)})
	check(err)
	fmt.Println(clientele.Feed(source, base))
	// Output:
	// clientele.Feed: record 0: At: time is zero: want the moment it happened
}
