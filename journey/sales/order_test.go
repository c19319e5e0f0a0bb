package sales_test

import (
	"bytes"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/sales"
	"pgregory.net/rapid"
)

// Invariant: in whatever order records come to Measure or to a Counter, and however they are
// split over shards, the Scorecard has the same bytes, and so has what it writes.
func TestScorecardInAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg, g := drawConfig(t), draw(t)
		g.touches = append(g.touches, booked(1, "Ann", "1"))
		g.deals, g.receipts = g.all(), nil
		want := written(sales.Measure(sales.Data[string]{
			Touches: clientele.All(g.touches), Deals: clientele.All(g.deals), Checks: clientele.All(g.checks), Shifts: clientele.All(g.shifts),
			Customer: journey.ByIdentifier("customer"),
		}, cfg))
		g.touches, g.deals = rapid.Permutation(g.touches).Draw(t, "touches"), rapid.Permutation(g.deals).Draw(t, "deals")
		g.checks, g.shifts = rapid.Permutation(g.checks).Draw(t, "checks"), rapid.Permutation(g.shifts).Draw(t, "shifts")
		if got := written(sales.Measure(sales.Data[string]{
			Touches: clientele.All(g.touches), Deals: clientele.All(g.deals), Checks: clientele.All(g.checks), Shifts: clientele.All(g.shifts),
			Customer: journey.ByIdentifier("customer"),
		}, cfg)); got != want {
			t.Fatalf("in another order\n%s\nwant\n%s", got, want)
		}
		shards := make([]*sales.Counter[string], 3)
		for i := range shards {
			shards[i] = verify.Must(sales.New(journey.ByIdentifier("customer"), cfg))
		}
		shard := func() *sales.Counter[string] { return shards[rapid.IntRange(0, 2).Draw(t, "shard")] }
		addTo(t, g, shard)
		var all sales.Counter[string]
		for _, i := range rapid.Permutation([]int{0, 1, 2}).Draw(t, "shards") {
			if err := all.Merge(shards[i]); err != nil {
				t.Fatal(err)
			}
		}
		if got := written(all.Scorecard()); got != want {
			t.Fatalf("merged\n%s\nin one pass\n%s", got, want)
		}
		if got := written(all.Scorecard()); got != want {
			t.Fatalf("asked again\n%s\nwant\n%s", got, want)
		}
	})
}

// addTo adds records to counters that a function names.
func addTo(t *rapid.T, g given, counter func() *sales.Counter[string]) {
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range g.shifts {
		check(counter().AddShift(s))
	}
	for _, d := range g.deals {
		check(counter().AddDeal(d))
	}
	for _, k := range g.checks {
		check(counter().AddCheck(k))
	}
	for _, touch := range g.touches {
		check(counter().AddTouch(touch))
	}
}

// written is a scorecard in JSON, as text and as CSV.
func written(card *sales.Scorecard, err error) string {
	if err != nil {
		return err.Error()
	}
	var b bytes.Buffer
	b.WriteString(inJSON(card))
	for _, w := range card.Warnings {
		b.WriteString(w.Error())
	}
	if err := card.WriteText(&b); err != nil {
		return err.Error()
	}
	if err := card.WriteCSV(&b); err != nil {
		return err.Error()
	}
	return b.String()
}
