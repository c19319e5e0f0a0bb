package funnel_test

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/funnel"
	"pgregory.net/rapid"
)

// Invariant: in whatever order people come to Count or to a Counter, and however they are split
// over shards, the report has the same bytes.
func TestShardsMergedAreOnePass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg, people := drawConfig(t), drawPeople(t)
		want := asJSON(t, ask(t, cfg, people))
		if got := asJSON(t, ask(t, cfg, rapid.Permutation(people).Draw(t, "again"))); got != want {
			t.Fatalf("in another order\n%s\nwant\n%s", got, want)
		}
		shards := make([]*funnel.Counter, 3)
		for i := range shards {
			var err error
			if shards[i], err = funnel.New(cfg); err != nil {
				t.Fatal(err)
			}
		}
		for _, l := range rapid.Permutation(people).Draw(t, "order") {
			if err := shards[rapid.IntRange(0, 2).Draw(t, "shard")].Add(l); err != nil {
				t.Fatal(err)
			}
		}
		var all funnel.Counter
		for _, i := range rapid.Permutation([]int{0, 1, 2}).Draw(t, "shards") {
			if err := all.Merge(shards[i]); err != nil {
				t.Fatal(err)
			}
		}
		r, err := all.Report()
		if err != nil {
			t.Fatal(err)
		}
		if got := asJSON(t, r); got != want {
			t.Fatalf("merged\n%s\nin one pass\n%s", got, want)
		}
	})
}

// ask counts people in their order.
func ask(t *rapid.T, cfg funnel.Config, people []journey.Timeline) *funnel.Report {
	r, err := funnel.Count(clientele.All(people), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
