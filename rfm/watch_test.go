package rfm_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/clientele-go/clientele/rfm"
	"pgregory.net/rapid"
)

// The first moment at which silence lowers the level of recency, by hand.
func TestWatchByHand(t *testing.T) {
	bounds, closedRight, closedLeft := rfm.Bounds(20, 40), rfm.Edges(20, 40), edges(rfm.ClosedLeft, 20, 40)
	once := []record{ago(10*hours24, "5")}
	weekly := []record{ago(21*hours24, "5"), ago(14*hours24, "5"), ago(7*hours24, "5")}
	sparse := []record{ago(65*hours24, "5"), ago(40*hours24, "5"), ago(15*hours24, "5")} // every 25 days
	for _, c := range []struct {
		name    string
		rule    rfm.Rule
		measure rfm.Measure
		records []record
		now     int
		in      time.Duration // from asOf; 0 = never
		then    int
	}{
		{"best until 20 days, exclusive", bounds, rfm.Measure{}, once, 3, 10 * hours24, 2},
		{"closed left", closedLeft, rfm.Measure{}, once, 3, 10 * hours24, 2},
		{"closed right lasts a moment longer", closedRight, rfm.Measure{}, once, 3, 10*hours24 + 1, 2},
		{"normal to the end of 40 days", bounds, rfm.Measure{}, []record{ago(30*hours24, "5")}, 2, 10*hours24 + 1, 1},
		{"whole days", bounds, rfm.Measure{Days: rfm.Whole}, []record{ago(30*hours24, "5")}, 2, 11 * hours24, 1},
		{"whole days, best", bounds, rfm.Measure{Days: rfm.Whole}, once, 3, 10 * hours24, 2},
		{"rhythm of weeks", bounds, rfm.Measure{Recency: rfm.Rhythm}, weekly, 3, 13 * hours24, 2},
		{"rhythm is the interval", bounds, rfm.Measure{Recency: rfm.Rhythm}, sparse, 2, 25*hours24 + 1, 1},
		{"mean interval never", bounds, rfm.Measure{Recency: rfm.MeanInterval}, sparse, 2, 0, 0},
		{"mean interval of one purchase", bounds, rfm.Measure{Recency: rfm.MeanInterval}, once, 3, 10 * hours24, 2},
		{"already worst", bounds, rfm.Measure{}, []record{ago(90*hours24, "5")}, 1, 0, 0},
		{"beyond the years", rfm.Edges(200_000, 300_000), rfm.Measure{}, once, 3, 0, 0},
		{"two levels at once", rfm.Edges(10.5, 10.75), rfm.Measure{Days: rfm.Whole}, once, 3, hours24, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			scales := mustFreeze(t, planOf(c.measure, c.rule, rfm.Bounds(1, 9), rfm.Bounds(1, 9)))
			w := mustWatch(t, scales, history(t, rfm.Config{AsOf: asOf}, c.records...))
			if w.Now.R != c.now || w.Then.R != c.then {
				t.Errorf("watch is %+v, want levels %d then %d", w, c.now, c.then)
			}
			switch {
			case c.in == 0:
				if !w.Falls.IsZero() || w.Then != (rfm.Score{}) {
					t.Errorf("falls at %v to %+v, want never", w.Falls, w.Then)
				}
			case !w.Falls.Equal(asOf.Add(c.in)):
				t.Errorf("falls in %v, want %v", w.Falls.Sub(asOf), c.in)
			}
		})
	}
}

// Dates fall at midnight of the zone, on days of 23 and 25 hours too.
func TestWatchDates(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name         string
		bought, asOf time.Time
		falls        time.Time
	}{
		{
			"spring", time.Date(2025, 3, 28, 23, 59, 0, 0, berlin), time.Date(2025, 3, 29, 12, 0, 0, 0, berlin),
			time.Date(2025, 3, 31, 0, 0, 0, 0, berlin),
		},
		{
			"autumn", time.Date(2025, 10, 24, 0, 0, 0, 0, berlin), time.Date(2025, 10, 25, 12, 0, 0, 0, berlin),
			time.Date(2025, 10, 27, 0, 0, 0, 0, berlin),
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			plan := planOf(rfm.Measure{Days: rfm.Dates, Zone: "Europe/Berlin"}, rfm.Edges(2), rfm.Edges(1), rfm.Edges(1))
			w := mustWatch(t, mustFreeze(t, plan), history(t, rfm.Config{AsOf: c.asOf}, record{c.bought, rub(1)}))
			if !w.Falls.Equal(c.falls) {
				t.Errorf("falls at %v, want %v", w.Falls.In(berlin), c.falls)
			}
		})
	}
}

// In the last second that times have, nothing falls any more, least of all into
// the past.
func TestWatchAtTheEndOfTime(t *testing.T) {
	end := time.Date(2261, 12, 31, 23, 59, 59, 999_999_999, time.UTC)
	scales := cubeScales(t)
	for _, before := range []time.Duration{0, 1, 500 * time.Millisecond, time.Second, hours24, 20*hours24 - 1} {
		h := mustHistory(t, rfm.Config{AsOf: end})
		if err := h.Add(end.Add(-before), rub(1)); err != nil {
			t.Fatal(err)
		}
		m, ok := h.Facts()
		if !ok {
			t.Fatal("no facts")
		}
		if w := mustWatch(t, scales, m); w.Now.R != 3 || !w.Falls.IsZero() {
			t.Errorf("bought %v before the end: %+v", before, w)
		}
	}
}

// Frequency per year falls by silence too, and before recency may.
func TestWatchSeesTheFrequencyOfAYear(t *testing.T) {
	plan := planOf(rfm.Measure{Frequency: rfm.PerYear}, rfm.Edges(400), rfm.Bounds(2, 3), rfm.Bounds(1, 9))
	m := history(t, rfm.Config{AsOf: asOf}, ago(2, "5"), ago(1, "5"))
	year := 365*hours24 + 6*time.Hour
	w := mustWatch(t, mustFreeze(t, plan), m)
	late := w.Falls.Sub(asOf.Add(year - 2)) // a year after the first purchase, but for a few nanoseconds of rounding
	if w.Now.F != 2 || w.Then.F != 1 || w.Then.R != w.Now.R || late <= 0 || late > 10 {
		t.Errorf("watch is %+v, want frequency to fall below 2 a year right after a year", w)
	}
}

func TestFallingByHand(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf},
		buy(1, 1, 39, "5"), // normal; worst after one day and a moment
		buy(2, 1, 19, "5"), // best; normal in one day
		buy(3, 1, 50, "5"), // worst
		buy(4, 1, 1, "5"),  // best for 19 days
		buy(5, 1, 15, "5")) // best for 5 days
	for by, want := range map[time.Duration]string{
		-hours24: "", 0: "", hours24 - 1: "", hours24: "2", hours24 + 1: "1 2", 5 * hours24: "1 2 5", 19 * hours24: "1 2 4 5",
	} {
		got, space := "", ""
		for id, w := range mustFalling(t, b, cubeScales(t), asOf.Add(by)) {
			if w.Falls.After(asOf.Add(by)) {
				t.Errorf("customer %d falls at %v", id, w.Falls)
			}
			got += space + fmt.Sprint(id)
			space = " "
		}
		if got != want {
			t.Errorf("within %v fall %q, want %q", by, got, want)
		}
	}
	for range mustFalling(t, b, cubeScales(t), day(2300, 1, 1)) { // beyond the years, and stops when told
		return
	}
	t.Error("nobody ever falls")
}

// A best customer who falls a level on 1 April is best until 22 April.
func TestWatchTellsTheSegmentToo(t *testing.T) {
	scales := mustFreeze(t, rfm.CubePlan(rfm.Bounds(20, 41), rfm.Bounds(2, 4), rfm.Bounds(100, 500)))
	var bought []record
	for i := range 6 {
		bought = append(bought, record{day(2026, 3, 12).AddDate(0, 0, -7*i), rub(600)})
	}
	w := mustWatch(t, scales, history(t, rfm.Config{AsOf: day(2026, 3, 12)}, bought...))
	if w.Now.Code != "BBB" || w.Then.Code != "NBB" || w.Then.Segment != "Best" || !w.Falls.Equal(day(2026, 4, 1)) {
		t.Errorf("falls to %s (%s) on %v, want NBB, best still, on 1 April", w.Then.Code, w.Then.Segment, w.Falls)
	}
	if w.Into.Code != "WBB" || w.Into.Segment != "Sleeping" || !w.Leaves.Equal(day(2026, 4, 22).Add(1)) {
		t.Errorf("leaves for %s (%s) on %v, want WBB, sleeping, after 41 days", w.Into.Code, w.Into.Segment, w.Leaves)
	}
	worst := mustWatch(t, scales, history(t, rfm.Config{AsOf: day(2026, 6, 1)}, bought...))
	if !worst.Falls.IsZero() || !worst.Leaves.IsZero() || worst.Into != (rfm.Score{}) {
		t.Errorf("watch of a sleeper is %+v, want nothing to come", worst)
	}
}

// Invariants: a customer leaves a segment at a fall or later, for another segment, and until
// then has the old one.
func TestWatchLeavesAfterFalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.Map(rapid.IntRange(-900, 0), func(d int) time.Time { return asOf.AddDate(0, 0, d) })
		b := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), withBuyer(genPurchases(numbered, days, genPrice()).Draw(t, "purchases"), 4))
		measure := genMeasure(false).Draw(t, "measure")
		measure.Zone = ""
		plan := rfm.CubePlan(rfm.Bounds(20, 90), rfm.Bounds(1, 3), rfm.Bounds(5, 50))
		plan.Measure = measure
		scales := mustFreeze(t, plan)
		for _, m := range b.All() {
			w := mustWatch(t, scales, m)
			if w.Leaves.IsZero() {
				continue
			}
			if w.Leaves.Before(w.Falls) || w.Into.Segment == w.Now.Segment {
				t.Fatalf("watch is %+v", w)
			}
			if at := mustScore(t, scales, silent(t, m, w.Leaves)); at != w.Into {
				t.Fatalf("at %v the score is %+v, not %+v", w.Leaves, at, w.Into)
			}
			if before := mustScore(t, scales, silent(t, m, w.Leaves.Add(-1))); before.Segment != w.Now.Segment {
				t.Fatalf("before %v the score is %+v, not of %s", w.Leaves, before, w.Now.Segment)
			}
		}
	})
}
