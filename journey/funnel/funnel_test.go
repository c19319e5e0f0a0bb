package funnel_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/funnel"
)

// What the options of a funnel do, on touches of one person.
func TestFunnelOptions(t *testing.T) {
	with := func(change func(*funnel.Funnel), touchpoints ...string) funnel.Funnel {
		return changed(steps(100, touchpoints...), change)
	}
	limited := func(after, within int) func(*funnel.Funnel) {
		return func(f *funnel.Funnel) { f.Steps[1].After, f.Steps[1].Within = seconds(after), seconds(within) }
	}
	excluded := func(after, before string, drop bool) func(*funnel.Funnel) {
		return func(f *funnel.Funnel) {
			f.Exclusions = []funnel.Exclusion{{Match: funnel.At("X"), After: after, Before: before, DropPerson: drop}}
		}
	}
	strict := func(f *funnel.Funnel) { f.Order = funnel.StrictOrder }
	anyOrder := func(f *funnel.Funnel) { f.Order = funnel.AnyOrder }
	anyExcluded := func(drop bool) func(*funnel.Funnel) {
		return func(f *funnel.Funnel) {
			anyOrder(f)
			excluded("", "", drop)(f)
		}
	}
	numbered := []journey.Touch{{Touchpoint: "B", At: second(1), Seq: 1}, {Touchpoint: "A", At: second(1), Seq: 2}}
	for _, c := range []struct {
		name    string
		funnel  funnel.Funnel
		touches []journey.Touch
		want    []int
	}{
		{"ties are taken in any order", steps(9, "A", "B"), []journey.Touch{at("B", 1), at("A", 1)}, []int{0, 1}},
		{"a number orders ties", steps(9, "A", "B"), numbered, []int{0}},
		{"a number is no later moment", with(func(f *funnel.Funnel) { f.Increasing = true }, "B", "A"), numbered, []int{0}},
		{"the last moment of the window counts", steps(9, "A", "B"), []journey.Touch{at("A", 1), at("B", 10)}, []int{0, 1}},
		{"the moment after does not", steps(9, "A", "B"), []journey.Touch{at("A", 1), at("B", 11)}, []int{0}},
		{"a later entry saves the chain", steps(9, "A", "B"), []journey.Touch{at("A", 1), at("A", 9), at("B", 11)}, []int{0, 1}},
		{"no entry", steps(9, "A", "B"), []journey.Touch{at("B", 11)}, nil},
		{"no touches", steps(9, "A", "B"), nil, nil},

		{"too early for the step", with(limited(5, 0), "A", "B"), []journey.Touch{at("A", 1), at("B", 5)}, []int{0}},
		{"early enough", with(limited(5, 0), "A", "B"), []journey.Touch{at("A", 1), at("B", 6)}, []int{0, 1}},
		{"too late for the step", with(limited(0, 5), "A", "B"), []journey.Touch{at("A", 1), at("B", 7)}, []int{0}},
		{"just in time", with(limited(0, 5), "A", "B"), []journey.Touch{at("A", 1), at("B", 6)}, []int{0, 1}},
		{"an earlier start leaves time", with(limited(5, 8), "A", "B"), []journey.Touch{at("A", 1), at("A", 4), at("B", 8)}, []int{0, 1}},

		{"strict: nothing between", with(strict, "A", "B"), []journey.Touch{at("A", 1), at("X", 2), at("B", 3)}, []int{0}},
		{"strict: before and after is allowed", with(strict, "A", "B"), []journey.Touch{at("X", 0), at("A", 1), at("B", 3), at("X", 4)}, []int{0, 1}},
		{"strict: no repetition", with(strict, "A", "B", "C"), []journey.Touch{at("A", 1), at("B", 2), at("B", 3), at("C", 4)}, []int{0, 1}},

		{"strict: another touch of the moment", with(strict, "A", "B", "C"), []journey.Touch{at("A", 1), at("B", 2), at("X", 2), at("C", 3)}, []int{0, 1}},
		{"strict: beside the first and the last", with(strict, "A", "B"), []journey.Touch{at("X", 1), at("A", 1), at("B", 2), at("X", 2)}, []int{0, 1}},

		{"excluded only between the first two", with(excluded("1 A", "2 B", false), "A", "B", "C"), []journey.Touch{at("A", 1), at("B", 2), at("X", 3), at("C", 4)}, []int{0, 1, 2}},
		{"excluded only from the second on", with(excluded("2 B", "", false), "A", "B", "C"), []journey.Touch{at("A", 1), at("X", 2), at("B", 3), at("X", 4), at("C", 5)}, []int{0, 1}},
		{"excluded at the moment of a step", with(excluded("", "", false), "A", "B"), []journey.Touch{at("A", 1), at("X", 1), at("B", 2), at("X", 2)}, []int{0, 1}},
		{"excluded after the window", with(excluded("", "", true), "A", "B"), []journey.Touch{at("A", 1), at("X", 102)}, []int{0}},
		{"excluded where the person has passed", with(excluded("1 A", "2 B", true), "A", "B", "C"), []journey.Touch{at("A", 1), at("B", 2), at("X", 3), at("C", 4)}, []int{0, 1, 2}},

		{"any order", with(anyOrder, "A", "B", "C"), []journey.Touch{at("C", 1), at("A", 2), at("B", 3)}, []int{0, 1, 2}},
		{"any order: a touch for each step", with(anyOrder, "A", "A", "B"), []journey.Touch{at("B", 1), at("A", 2)}, []int{0, 2}},
		{"any order: within the window", with(anyOrder, "A", "B"), []journey.Touch{at("B", 1), at("A", 102)}, []int{1}},
		{"any order: spoiled", with(anyExcluded(false), "A", "B"), []journey.Touch{at("B", 1), at("X", 2), at("A", 3)}, []int{1}},
		{"any order: taken out", with(anyExcluded(true), "A", "B"), []journey.Touch{at("B", 1), at("X", 2), at("A", 3)}, nil},
		{"any order: done before", with(anyExcluded(true), "A", "B"), []journey.Touch{at("B", 1), at("A", 2), at("X", 3)}, []int{0, 1}},
	} {
		if err := c.funnel.Validate(); err != nil {
			t.Errorf("%s: %v", c.name, err)
		} else if got := reachedSteps(t, c.funnel, c.touches...); !slices.Equal(got, c.want) {
			t.Errorf("%s: reached steps %v, want %v", c.name, got, c.want)
		}
	}
}

// A touch matches by everything that is set, and by no label that it lacks.
func TestMatchConditions(t *testing.T) {
	full := journey.Touch{
		Touchpoint: "shop", Channel: "phone", Outcome: "booked", By: journey.Company, At: second(1), Labels: map[string]string{"city": "Bonn"},
	}
	for _, c := range []struct {
		match funnel.Match
		want  bool
	}{
		{funnel.At("shop"), true},
		{funnel.At("site", "shop"), true},
		{funnel.At("site"), false},
		{funnel.Match{Channels: []string{"phone"}}, true},
		{funnel.Match{Channels: []string{"web"}}, false},
		{funnel.Match{Outcomes: []string{"booked"}, By: journey.Company}, true},
		{funnel.Match{Outcomes: []string{"booked"}, By: journey.Customer}, false},
		{funnel.Match{Outcomes: []string{"lost"}}, false},
		{funnel.Match{Touchpoints: []string{"shop"}, Labels: map[string]string{"city": "Bonn"}}, true},
		{funnel.Match{Labels: map[string]string{"city": "Ulm"}}, false},
		{funnel.Match{Labels: map[string]string{"plan": ""}}, false},
	} {
		f := funnel.Funnel{Window: seconds(1), Steps: []funnel.Step{{Name: "1", Match: c.match}}}
		if _, got := match(t, f, full); got != c.want {
			t.Errorf("%+v: %v", c.match, got)
		}
	}
}

// Names that share their length, first, middle and last byte are told apart.
func TestNamesOfOneSlot(t *testing.T) {
	f := steps(100, "page-aa-1", "page-ab-1", "page-ac-1", "page-ab-1", "page-aa-1")
	all := []journey.Touch{at("page-aa-1", 1), at("page-ad-1", 2), at("page-ab-1", 3), at("page-ac-1", 4), at("page-ab-1", 5), at("page-aa-1", 6)}
	if got := reached(t, f, all...); got != 5 {
		t.Errorf("reached %d", got)
	}
	if got := reached(t, f, at("page-aa-1", 1), at("page-ac-1", 2), at("page-ad-1", 3)); got != 1 {
		t.Errorf("reached %d", got)
	}
}

// Local days where clocks skip or repeat the time of day.
func TestLocalDays(t *testing.T) {
	for _, c := range []struct{ name, zone, from, until string }{
		{"winter to summer", "America/New_York", "2026-03-01T17:00:00Z", "2026-03-15T16:00:00Z"},
		{"skipped: the first moment after", "Europe/Berlin", "2026-03-15T01:30:00Z", "2026-03-29T01:00:00Z"},
		{"shown twice: the first", "Europe/Berlin", "2026-10-11T00:30:00Z", "2026-10-25T00:30:00Z"},
		{"no midnight", "Africa/Cairo", "2026-04-09T22:30:00Z", "2026-04-23T22:00:00Z"},
		{"a date without an hour", "Pacific/Apia", "2011-12-16T22:00:00Z", "2011-12-30T10:00:00Z"},
		{"UTC", "", "2026-03-01T17:00:00Z", "2026-03-15T17:00:00Z"},
	} {
		f := changed(steps(1, "A", "B"), func(f *funnel.Funnel) { f.Window, f.Zone = funnel.Days(14), c.zone })
		until := verify.Must(time.Parse(time.RFC3339, c.until))
		for _, end := range []struct {
			at   time.Time
			want int
		}{{until, 2}, {until.Add(1), 1}} {
			touches := []journey.Touch{{Touchpoint: "A", At: verify.Must(time.Parse(time.RFC3339, c.from))}, {Touchpoint: "B", At: end.at}}
			if got := reached(t, f, touches...); got != end.want {
				t.Errorf("%s: %v reached %d, want %d", c.name, end.at, got, end.want)
			}
		}
	}
}

// A window beyond all times has no end.
func TestLongWindows(t *testing.T) {
	for _, window := range []funnel.Span{funnel.Days(106_751), {Time: 1<<63 - 1}} {
		f := changed(steps(1, "A", "B"), func(f *funnel.Funnel) { f.Window = window })
		late := journey.Touch{Touchpoint: "B", At: time.Date(2261, 1, 1, 0, 0, 0, 0, time.UTC)}
		if got := reached(t, f, at("A", 1), late); got != 2 {
			t.Errorf("%v: reached %d", window, got)
		}
	}
}

// More hours than a Duration holds are as many as it holds, not fewer.
func TestHoursDoNotWrapRound(t *testing.T) {
	for hours, want := range map[int]time.Duration{
		2_562_047: 2_562_047 * time.Hour, 2_562_048: 1<<63 - 1, 10_248_192: 1<<63 - 1, // 10,248,192 hours are 2⁶⁵ ns and 51 minutes
		-2_562_047: -2_562_047 * time.Hour, -2_562_048: -1 << 63, -10_248_191: -1 << 63,
	} {
		if got := funnel.Hours(hours); got != (funnel.Span{Time: want}) {
			t.Errorf("%d hours are %v, want %v", hours, got.Time, want)
		}
	}
}

// Texts of spans, and what they read back as.
func TestSpanText(t *testing.T) {
	for _, c := range []struct {
		span funnel.Span
		text string
	}{
		{funnel.Span{}, ""},
		{funnel.Days(1), "1 day"},
		{funnel.Days(14), "14 days"},
		{funnel.Hours(336), "336h0m0s"},
		{seconds(90), "1m30s"},
	} {
		var back funnel.Span
		if err := back.UnmarshalText([]byte(c.text)); err != nil || back != c.span || c.span.String() != c.text {
			t.Errorf("%v is %q, and read back %v, %v", c.span, c.text, back, err)
		}
	}
	for _, text := range []string{"14", "days", "1.5 days", "14 weeks", " 14 days", "h"} {
		kept := funnel.Days(3)
		if err := kept.UnmarshalText([]byte(text)); err == nil || kept != funnel.Days(3) {
			t.Errorf("%q: %v, %v", text, kept, err)
		}
	}
}

// A funnel reads back as it was written.
func TestFunnelJSON(t *testing.T) {
	f := changed(steps(60, "A", "B"), func(f *funnel.Funnel) {
		f.Name, f.Window, f.Order, f.Per, f.Zone = "upsell", funnel.Days(14), funnel.StrictOrder, funnel.Label("deal"), "Asia/Tokyo"
		f.Steps[1].Optional, f.Steps[1].After, f.Steps[1].Within = true, seconds(1), funnel.Hours(5)
		f.Exclusions = []funnel.Exclusion{{Match: funnel.Match{Channels: []string{"c"}, By: journey.Company}, DropPerson: true}}
		f.ClickHouse = &funnel.ClickHouse{StrictIncrease: true}
	})
	const text = `{"name":"upsell","steps":[{"name":"1 A","match":{"touchpoints":["A"]}},` +
		`{"name":"2 B","match":{"touchpoints":["B"]},"optional":true,"after":"1s","within":"5h0m0s"}],` +
		`"window":"14 days","order":"strictOrder","exclusions":[{"match":{"channels":["c"],"by":"company"},"dropPerson":true}],` +
		`"per":"label:deal","zone":"Asia/Tokyo","clickHouse":{"strictIncrease":true}}`
	if got := asJSON(t, f); got != text {
		t.Errorf("written as %s", got)
	}
	if back := verify.ReadBack(t, f); asJSON(t, back) != text {
		t.Errorf("read back as %+v", back)
	}
}

// FuzzFunnelJSON: what is read is written and read back as the same, and judged without a
// panic.
func FuzzFunnelJSON(f *testing.F) {
	f.Add([]byte(`{"steps":[{"name":"a","match":{"touchpoints":["A"]}}],"window":"14 days"}`))
	f.Add([]byte(`{"steps":[{"name":"a","match":{"labels":{"b":"c"}},"within":"5h"}],"window":"3h","order":"anyOrder","clickHouse":{}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var read funnel.Funnel
		if json.Unmarshal(data, &read) != nil {
			return
		}
		if _, err := funnel.Compile(read); err != nil {
			return
		}
		if back := verify.ReadBack(t, read); asJSON(t, back) != asJSON(t, read) {
			t.Errorf("%s is read back as %+v", data, back)
		}
	})
}
