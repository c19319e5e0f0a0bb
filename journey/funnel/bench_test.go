package funnel

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/clientele-go/clientele/journey"
)

// crowd are people with ten touches each on average, within a year, at twelve touchpoints of
// which four are the steps.
func crowd(people int) []journey.Timeline {
	r := rand.New(rand.NewPCG(7, 16))
	names := []string{"search", "site", "cart", "order", "mail", "shop", "phone", "review", "social", "chat", "blog", "return"}
	all := make([]journey.Timeline, people)
	for i := range all {
		all[i].Profile = fmt.Sprint(i)
		at := time.Date(2025, 1, 1, 0, 0, r.IntN(100*86400), 0, time.UTC)
		for range 5 + r.IntN(11) {
			at = at.Add(time.Duration(1+r.IntN(6*86400)) * time.Second)
			all[i].Touches = append(all[i].Touches, journey.Touch{Touchpoint: names[r.IntN(len(names))], At: at})
		}
	}
	return all
}

// tied are the same people whose touches share their hours, so that there are ties.
func tied(people []journey.Timeline) []journey.Timeline {
	all := make([]journey.Timeline, len(people))
	for i, l := range people {
		all[i].Profile = l.Profile
		for _, t := range l.Touches {
			t.At = t.At.Truncate(48 * time.Hour)
			all[i].Touches = append(all[i].Touches, t)
		}
	}
	return all
}

// Touches a second on one goroutine, by Counter.Add and Report, of people whose touches come
// from main memory, and of few people, whose touches stay in the processor's cache as those of
// a source that reuses its memory do; the same with the search that every funnel has, instead
// of that of plain funnels; and with ties.
func BenchmarkCounter(b *testing.B) {
	cfg := Config{Funnel: Funnel{Window: Hours(30 * 24), Steps: []Step{
		{Name: "search", Match: At("search")},
		{Name: "site", Match: At("site")},
		{Name: "cart", Match: At("cart")},
		{Name: "order", Match: At("order")},
	}}, AsOf: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
	for _, size := range []int{1000, 100_000} {
		people := crowd(size)
		touches := 0
		for _, l := range people {
			touches += len(l.Touches)
		}
		for _, c := range []struct {
			name    string
			people  []journey.Timeline
			isPlain bool
		}{{"plain", people, true}, {"every", people, false}, {"tied", tied(people), true}} {
			b.Run(fmt.Sprintf("search=%s/people=%d", c.name, size), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					counter, err := New(cfg)
					if err != nil {
						b.Fatal(err)
					}
					counter.finder.plan.isPlain = c.isPlain
					for _, l := range c.people {
						if err := counter.Add(l); err != nil {
							b.Fatal(err)
						}
					}
					if _, err := counter.Report(); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(touches)*float64(b.N)/b.Elapsed().Seconds(), "touches/s")
			})
		}
	}
}
