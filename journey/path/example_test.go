package path_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/path"
)

// What do people do after they have filled a cart, and which way is the most common?
func Example() {
	log, err := path.Read(clientele.All([]journey.Timeline{
		way("Ada", "site", "cart", "order"),
		way("Ben", "site", "cart", "site", "cart"),
		way("Cleo", "site", "cart", "order"),
		way("Dan", "site"),
	}), path.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	next, err := log.Next("cart", "order")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("of %d carts %d were ordered, %d led elsewhere, %d were left: %v\n", next.Steps, next.To[0].Count, next.Elsewhere, next.Left, next.Profiles)
	variants, err := log.Variants(1)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(variants[0], "by", variants[0].People)
	graph, err := log.Graph(0)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, edge := range graph.Edges {
		fmt.Printf("%s -> %s: %d, after %v\n", edge.From, edge.To, edge.Count, edge.Wait.Mean)
	}
	// Output:
	// of 4 carts 2 were ordered, 1 led elsewhere, 1 were left: [Ben]
	// site > cart > order by 2
	// cart -> order: 2, after 1h0m0s
	// cart -> site: 1, after 1h0m0s
	// site -> cart: 4, after 1h0m0s
}

// way is a timeline of one touch an hour.
func way(profile string, points ...string) journey.Timeline {
	t := journey.Timeline{Profile: profile}
	for i, point := range points {
		t.Touches = append(t.Touches, journey.Touch{Touchpoint: point, At: time.Date(2025, 3, 1, 9+i, 0, 0, 0, time.UTC)})
	}
	return t
}

// How long does it take from the first touch to the last?
func ExampleLog_Throughput() {
	log, err := path.Read(clientele.All([]journey.Timeline{
		way("Ada", "site", "cart", "order"),
		way("Ben", "site", "cart", "site", "cart"),
		way("Dan", "site"),
	}), path.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	times, err := log.Throughput()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("from %v to %v, half of them within %v\n", times.Min, times.Max, times.Median)
	// Output:
	// from 0s to 3h0m0s, half of them within 2h0m0s
}
