package funnel_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/funnel"
)

// changed returns a funnel that a function has changed.
func changed(f funnel.Funnel, change func(*funnel.Funnel)) funnel.Funnel {
	change(&f)
	return f
}

// reachedSteps are the indexes of the steps that a person reached.
func reachedSteps(t testing.TB, f funnel.Funnel, touches ...journey.Touch) []int {
	t.Helper()
	p, _ := match(t, f, touches...)
	all := make([]int, 0, len(p.Touches))
	for _, s := range p.Touches {
		all = append(all, s.Step)
	}
	return all
}

// Source: golden/field-cases.md, J1 to J5: faults that users of other systems have met.
func TestFieldCases(t *testing.T) {
	increasing := func(f *funnel.Funnel) { f.Increasing = true }
	excluding := func(drop bool) func(*funnel.Funnel) {
		return func(f *funnel.Funnel) {
			f.Exclusions = []funnel.Exclusion{{Match: funnel.At("X"), DropPerson: drop}}
		}
	}
	optionalSecond := func(f *funnel.Funnel) { f.Steps[1].Optional = true }
	repeated, chain, views, pair := steps(100, "A", "B", "B"), steps(100, "A", "B", "C"), steps(100, "visit", "view", "view"), steps(100, "A", "B")
	newYork := func(window funnel.Span) funnel.Funnel {
		return changed(pair, func(f *funnel.Funnel) { f.Window, f.Zone = window, "America/New_York" })
	}
	inMarch := []journey.Touch{
		{Touchpoint: "A", At: time.Date(2026, 3, 1, 17, 0, 0, 0, time.UTC)},
		{Touchpoint: "B", At: time.Date(2026, 3, 15, 16, 30, 0, 0, time.UTC)},
	}
	atNoon := slices.Clone(inMarch)
	atNoon[1].At = time.Date(2026, 3, 15, 16, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name    string
		funnel  funnel.Funnel
		touches []journey.Touch
		want    []int // steps that are reached
	}{
		{"J1: with a later touch", repeated, []journey.Touch{at("A", 0), at("B", 10), at("B", 10), at("B", 11)}, []int{0, 1, 2}},
		{"J1: with a later touch, increasing", changed(repeated, increasing), []journey.Touch{at("A", 0), at("B", 10), at("B", 10), at("B", 11)}, []int{0, 1, 2}},
		{"J1: without", repeated, []journey.Touch{at("A", 0), at("B", 10), at("B", 10)}, []int{0, 1, 2}},
		{"J1: without, increasing", changed(repeated, increasing), []journey.Touch{at("A", 0), at("B", 10), at("B", 10)}, []int{0, 1}},
		{"J2", changed(chain, increasing), []journey.Touch{at("A", 1), at("B", 2), at("B", 3), at("C", 3)}, []int{0, 1, 2}},
		{"J3: person 1", changed(views, optionalSecond), []journey.Touch{at("visit", 1), at("view", 2)}, []int{0, 2}},
		{"J3: person 2", changed(views, optionalSecond), []journey.Touch{at("visit", 1), at("view", 2), at("view", 3)}, []int{0, 1, 2}},
		{"J4a", changed(pair, excluding(false)), []journey.Touch{at("A", 1), at("X", 2), at("A", 3), at("B", 4)}, []int{0, 1}},
		{"J4b", changed(pair, excluding(false)), []journey.Touch{at("A", 1), at("X", 2), at("B", 3)}, []int{0}},
		{"J4c", changed(pair, excluding(false)), []journey.Touch{at("A", 1), at("B", 2), at("X", 3)}, []int{0, 1}},
		{"J4a: drop the person", changed(pair, excluding(true)), []journey.Touch{at("A", 1), at("X", 2), at("A", 3), at("B", 4)}, nil},
		{"J4b: drop the person", changed(pair, excluding(true)), []journey.Touch{at("A", 1), at("X", 2), at("B", 3)}, nil},
		{"J4c: drop the person", changed(pair, excluding(true)), []journey.Touch{at("A", 1), at("B", 2), at("X", 3)}, []int{0, 1}},
		{"J5: 336 hours", newYork(funnel.Hours(336)), inMarch, []int{0, 1}},
		{"J5: 14 local calendar days", newYork(funnel.Days(14)), inMarch, []int{0}},
		{"J5: 14 local calendar days, to noon", newYork(funnel.Days(14)), atNoon, []int{0, 1}},
	} {
		if got := reachedSteps(t, c.funnel, c.touches...); !slices.Equal(got, c.want) {
			t.Errorf("%s: reached steps %v, want %v", c.name, got, c.want)
		}
	}
}

// Source: golden/field-cases.md, J6: the period selects entries, and an open window is no
// drop-off.
func TestFieldCaseOpenWindows(t *testing.T) {
	day := func(month time.Month, n int) time.Time { return time.Date(2026, month, n, 12, 0, 0, 0, time.UTC) }
	var people []journey.Timeline
	enter := func(n int, entered time.Time, converted ...time.Time) {
		for i := range n {
			l := journey.Timeline{Profile: fmt.Sprint(len(people)), Touches: []journey.Touch{{Touchpoint: "A", At: entered}}}
			if i < len(converted) {
				l.Touches = append(l.Touches, journey.Touch{Touchpoint: "B", At: converted[i]})
			}
			people = append(people, l)
		}
	}
	enter(10, day(7, 3), day(7, 8), day(7, 9), day(7, 9), day(7, 10))
	enter(10, day(7, 25), day(7, 30), day(8, 6), day(8, 7), day(8, 8))
	cfg := funnel.Config{
		Funnel: changed(steps(1, "A", "B"), func(f *funnel.Funnel) { f.Window = funnel.Days(14) }),
		Since:  time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC), Passages: true,
	}
	for _, c := range []struct {
		name                   string
		asOf                   time.Time
		entered, converted     int
		openEntered, openSoFar int
		conversion             float64
	}{
		{"J6a", day(8, 14), 20, 8, 0, 0, 0.4},
		{"J6b", time.Date(2026, 8, 1, 0, 0, 0, -1, time.UTC), 10, 4, 10, 1, 0.4},
	} {
		cfg.AsOf = c.asOf
		r := count(t, cfg, people...)
		g := r.Total
		if g.Entered != c.entered || g.Converted != c.converted || g.Open.Entered != c.openEntered || g.Open.Converted != c.openSoFar || g.Conversion.Value != c.conversion {
			t.Errorf("%s: %d of %d converted (%v), open %+v", c.name, g.Converted, g.Entered, g.Conversion, g.Open)
		}
		if lost := r.Lost(1); len(lost) != c.entered-c.converted {
			t.Errorf("%s: %d are lost", c.name, len(lost))
		}
	}
}

// Source: golden/field-cases.md, J7: everybody stands in one group, and lists and counts come
// from one pass.
func TestFieldCaseBreakdown(t *testing.T) {
	plan := func(name string, n int) journey.Touch {
		touch := at("A", n)
		touch.Labels = map[string]string{"plan": name}
		return touch
	}
	person := line(plan("x", 1), plan("y", 2), at("B", 3))
	cfg := funnel.Config{Funnel: steps(100, "A", "B"), AsOf: second(1000), Passages: true}
	for _, b := range []struct {
		breakdown funnel.Breakdown
		want      string
	}{
		{funnel.Breakdown{By: funnel.Label("plan")}, "x"},
		{funnel.Breakdown{By: funnel.Label("plan"), Touch: funnel.OfStep, Step: "1 A"}, "x"},
		{funnel.Breakdown{By: funnel.Touchpoint, Touch: funnel.Last}, "B"},
		{funnel.Breakdown{By: funnel.Touchpoint, Touch: funnel.OfStep, Step: "2 B"}, "B"},
	} {
		cfg.Breakdown = b.breakdown
		r := count(t, cfg, person)
		if len(r.Groups) != 1 || r.Groups[0].Name != b.want || r.Groups[0].Entered != 1 || r.Groups[0].Converted != 1 || r.Total.Entered != 1 {
			t.Errorf("%+v: groups %+v", b.breakdown, r.Groups)
		}
		if len(r.Reached(1, b.want)) != 1 || len(r.Reached(1, "y")) != 0 || len(r.Reached(1)) != 1 {
			t.Errorf("%+v: lists differ from counts", b.breakdown)
		}
	}
}

// A field of the case that is a step of the chain nobody has is the group without a name.
func TestBreakdownOfAStepThatWasNotReached(t *testing.T) {
	cfg := funnel.Config{
		Funnel: steps(100, "A", "B"), AsOf: second(1000),
		Breakdown: funnel.Breakdown{By: funnel.Touchpoint, Touch: funnel.OfStep, Step: "2 B"},
	}
	r := count(t, cfg, line(at("A", 1)), journey.Timeline{Profile: "q", Touches: []journey.Touch{at("A", 1), at("B", 2)}})
	if len(r.Groups) != 2 || r.Groups[0].Name != "B" || r.Groups[1].Name != "" || r.Groups[1].Conversion.Value != 0 {
		t.Errorf("groups %+v", r.Groups)
	}
}
