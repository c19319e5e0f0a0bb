package journey_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"pgregory.net/rapid"
)

// Invariant: touches that are numbered give the same timelines in any order, each touch
// stands in one timeline once, and each timeline is valid.
func TestTimelinesInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		touches := drawTouches(t)
		name := journey.ByIdentifier("customer")
		want := verify.Must(journey.NewTimelines(clientele.All(touches), name))
		shuffled := slices.Clone(touches)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle(len(shuffled), func(i, j int) {
			shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
		})
		got := verify.Must(journey.NewTimelines(clientele.All(shuffled), name))
		if !reflect.DeepEqual(all(got), all(want)) || got.Len() != want.Len() {
			t.Fatalf("%v\n%v", all(got), all(want))
		}
		for timeline := range want.All() {
			if one, ok := got.Of(timeline.Profile); !ok || !reflect.DeepEqual(one, timeline) {
				t.Fatalf("%v\n%v", one, timeline)
			}
		}
		if a, b := slices.Clone(touches), slices.Clone(shuffled); journey.Sort(a) != journey.Sort(b) || !reflect.DeepEqual(a, b) {
			t.Fatalf("%v\n%v", a, b)
		}
		sum := len(got.Unidentified) + got.Again
		for _, timeline := range all(got) {
			if err := timeline.Validate(); err != nil {
				t.Fatal(err)
			}
			sum += len(timeline.Touches)
		}
		if sum != len(touches) {
			t.Fatalf("%d touches in, %d out", len(touches), sum)
		}
	})
}

// Invariant: people are won, lost or open, and each lost lead was lost at one touchpoint; the
// order of people does not matter.
func TestAuditReconciles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		timelines := verify.Must(journey.NewTimelines(clientele.All(drawTouches(t)), journey.ByIdentifier("customer")))
		cfg := journey.AuditConfig{Map: shop(), AsOf: at(rapid.IntRange(3, 9).Draw(t, "asOf"), 12), Patience: clientele.Days(rapid.IntRange(1, 4).Draw(t, "patience"))}
		ways := all(timelines)
		r, err := journey.Audit(clientele.All(ways), cfg)
		if err != nil {
			return // nobody, or nothing before AsOf
		}
		lost, open, touches := 0, 0, 0
		for _, p := range r.Touchpoints {
			lost, open, touches = lost+p.Lost, open+p.Open, touches+p.Touches
			if p.Lost > p.Leads || p.Leads > p.People || p.Unanswered > p.Lost {
				t.Fatalf("%+v", p)
			}
		}
		for _, p := range r.OffMap {
			lost, touches = lost+p.Lost, touches+p.Touches
		}
		if r.Won+r.Lost+r.Open != r.People || lost != r.Lost || open > r.Open || touches != r.Touches || touches+r.Later+r.Earlier != timelines.Touches {
			t.Fatalf("%+v", r)
		}
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle(len(ways), func(i, j int) { ways[i], ways[j] = ways[j], ways[i] })
		if again := verify.Must(journey.Audit(clientele.All(ways), cfg)); !sameJSON(again, r) {
			t.Fatalf("%+v\n%+v", again, r)
		}
	})
}

// Invariant: each name has one fact that holds, every fact known is that or stands against
// it, and the order of facts does not matter.
func TestFactsInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) journey.Fact {
			return journey.Fact{
				Name: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "name"), Value: rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "value"),
				Source: journey.Source(rapid.IntRange(0, 2).Draw(t, "source")), At: at(rapid.IntRange(1, 12).Draw(t, "day"), 9),
			}
		}), 0, 12).Draw(t, "facts")
		policy := journey.FactPolicy{
			Rules: []journey.FactRule{{Name: "a", Latest: true}, {Name: "b", Fresh: 3, Sources: []journey.Source{journey.Observed}}},
		}
		want := verify.Must(policy.Resolve(facts, at(9, 12)))
		n := 0
		for i, k := range want {
			n += 1 + len(k.Against)
			if i > 0 && want[i-1].Name >= k.Name {
				t.Fatal("names are not in order")
			}
		}
		for _, f := range facts {
			if f.At.After(at(9, 12)) {
				n++
			}
		}
		if n != len(facts) {
			t.Fatalf("%d facts in, %d out", len(facts), n)
		}
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle(len(facts), func(i, j int) { facts[i], facts[j] = facts[j], facts[i] })
		if got := verify.Must(policy.Resolve(facts, at(9, 12))); !reflect.DeepEqual(got, want) {
			t.Fatalf("%v\n%v", got, want)
		}
	})
}
