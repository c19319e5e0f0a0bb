package path_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/path"
)

// manyWays are the ways of people with ten touches each over eight touchpoints.
func manyWays(people int) []journey.Timeline {
	points := []string{"search", "site", "social", "mail", "chat", "call", "cart", "order"}
	ways := make([]journey.Timeline, people)
	state := uint32(1)
	for i := range ways {
		ways[i].Profile = "person"
		ways[i].Touches = make([]journey.Touch, 10)
		for j := range ways[i].Touches {
			state = state*1664525 + 1013904223
			ways[i].Touches[j] = journey.Touch{Touchpoint: points[state>>29], At: time.Unix(int64(1_700_000_000+1000*j), 0)}
		}
	}
	return ways
}

// crowds are a thousand people, whose touches stay in the processor's cache as those of a
// source that reuses its memory do, and a hundred thousand, whose touches come from main
// memory.
var crowds = []int{1000, 100_000}

// BenchmarkGraph counts what follows what, in one pass over touches in order.
func BenchmarkGraph(b *testing.B) {
	for _, people := range crowds {
		b.Run(fmt.Sprintf("people=%d", people), func(b *testing.B) {
			ways := manyWays(people)
			for b.Loop() {
				log := path.New(path.Config{})
				for i := range ways {
					if err := log.Add(ways[i]); err != nil {
						b.Fatal(err)
					}
				}
				if _, err := log.Graph(0); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N*people*10)/b.Elapsed().Seconds(), "touches/s")
		})
	}
}

// BenchmarkGraphPlain is the same by maps of strings, as one would write it for one report.
func BenchmarkGraphPlain(b *testing.B) {
	for _, people := range crowds {
		b.Run(fmt.Sprintf("people=%d", people), func(b *testing.B) {
			ways := manyWays(people)
			for b.Loop() {
				countByMaps(ways)
			}
			b.ReportMetric(float64(b.N*people*10)/b.Elapsed().Seconds(), "touches/s")
		})
	}
}

type pair struct{ from, to string }

type stat struct {
	count int
	wait  time.Duration
}

// countByMaps counts pairs and variants.
func countByMaps(ways []journey.Timeline) (edges map[pair]stat, variants map[string]int) {
	edges, variants = make(map[pair]stat), make(map[string]int)
	for _, w := range ways {
		var key strings.Builder
		for j, touch := range w.Touches {
			key.WriteString(touch.Touchpoint + " > ")
			if j > 0 {
				k := pair{w.Touches[j-1].Touchpoint, touch.Touchpoint}
				s := edges[k]
				edges[k] = stat{s.count + 1, s.wait + touch.At.Sub(w.Touches[j-1].At)}
			}
		}
		variants[key.String()]++
	}
	return edges, variants
}
