package clientele_test

import (
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"pgregory.net/rapid"
)

// Zones whose histories are hard: no midnight, two midnights, dates skipped or
// returned to, odd offsets, summer time of 20 or 30 minutes or two hours, clocks
// changed twice in a month, and rules that go on for ever.
var hardZones = []string{
	"UTC", "Africa/Cairo", "Africa/Casablanca", "Africa/El_Aaiun", "Africa/Monrovia",
	"America/Asuncion", "America/Caracas", "America/Godthab", "America/Havana",
	"America/Juneau", "America/Metlakatla", "America/New_York", "America/Santiago", "America/Sao_Paulo",
	"America/Scoresbysund", "America/St_Johns", "America/Toronto", "Antarctica/Casey", "Antarctica/Troll",
	"Asia/Amman", "Asia/Beirut", "Asia/Dhaka", "Asia/Gaza", "Asia/Kathmandu", "Asia/Kolkata",
	"Asia/Manila", "Asia/Pyongyang", "Asia/Tehran", "Asia/Tokyo", "Atlantic/Azores",
	"Atlantic/Stanley", "Australia/Lord_Howe", "Europe/Amsterdam", "Europe/Berlin", "Europe/Dublin",
	"Europe/Lisbon", "Europe/London", "Europe/Moscow", "Pacific/Apia", "Pacific/Auckland",
	"Pacific/Chatham", "Pacific/Enderbury", "Pacific/Fakaofo", "Pacific/Guam", "Pacific/Kiritimati",
	"Pacific/Kwajalein", "Pacific/Norfolk",
}

var (
	year1800 = time.Date(1800, time.January, 1, 0, 0, 0, 0, time.UTC).Unix()
	year2200 = time.Date(2200, time.January, 1, 0, 0, 0, 0, time.UTC).Unix()
)

func drawPeriods(t *rapid.T) *clientele.Periods {
	p, err := clientele.Calendar{
		Unit:      clientele.Unit(rapid.IntRange(int(clientele.Day), int(clientele.Year)).Draw(t, "unit")),
		Zone:      rapid.SampledFrom(hardZones).Draw(t, "zone"),
		WeekStart: time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekStart")),
	}.Open()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// drawInstant draws a time of 1800 to 2199, half of the time within two days of
// a change of clocks.
func drawInstant(t *rapid.T, p *clientele.Periods, label string) time.Time {
	at := time.Unix(rapid.Int64Range(year1800, year2200-1).Draw(t, label), 0)
	if rapid.Bool().Draw(t, label+" near a change") {
		if change, _ := at.In(p.Zone()).ZoneBounds(); change.Unix() > year1800 {
			at = change.Add(time.Duration(rapid.IntRange(-2880, 2880).Draw(t, label+" minutes")) * time.Minute)
		}
	}
	return at.Add(time.Duration(rapid.IntRange(0, 999_999_999).Draw(t, label+" ns")))
}

// highestBefore returns the highest reference index of the three days up to t.
// Within them the index rises while clocks stay as they are, so the last second
// before each change is enough. It exceeds the index of t if, and only if,
// clocks were set back to an earlier period that t is in.
func highestBefore(p *clientele.Periods, at time.Time) int {
	highest := referenceIndex(p, at)
	for last := at; at.Sub(last) < 72*time.Hour; {
		change, _ := last.In(p.Zone()).ZoneBounds()
		if change.IsZero() {
			break
		}
		last = change.Add(-time.Second)
		highest = max(highest, referenceIndex(p, last))
	}
	return highest
}

// skipped reports whether period i is a date that clocks jumped over at the
// instant that is said to be its start.
func skipped(p *clientele.Periods, i int) bool {
	start := p.Start(i)
	_, after := start.Zone()
	_, before := start.Add(-time.Second).Zone()
	return p.Calendar().Unit == clientele.Day && after-before > 12*3600 &&
		referenceIndex(p, start.Add(-1)) == i-1 && referenceIndex(p, start) == i+1
}

func TestPeriodsProperties(t *testing.T) {
	properties := []struct {
		name  string
		check func(*rapid.T, *clientele.Periods)
	}{
		{"Index is that of the local date", func(t *rapid.T, p *clientele.Periods) {
			at := drawInstant(t, p, "t")
			if got, want := p.Index(at), referenceIndex(p, at); got != want {
				t.Fatalf("Index(%v) = %d, want %d", at.In(p.Zone()), got, want)
			}
		}},
		{"Start(Index(t)) <= t < Next(t) unless clocks were set back into the period", func(t *rapid.T, p *clientele.Periods) {
			at := drawInstant(t, p, "t")
			i := p.Index(at)
			if start := p.Start(i); start.After(at) {
				t.Fatalf("%v is before the start %v of its period", at, start)
			}
			returned := highestBefore(p, at) > i
			if next := p.Next(at); next.After(at) == returned {
				t.Fatalf("Next(%v) = %v, clocks set back: %v", at, next, returned)
			} else if !next.Equal(p.Start(i + 1)) {
				t.Fatalf("Next(%v) = %v, but %v starts the period after", at, next, p.Start(i+1))
			}
		}},
		{"t <= u gives Index(t) <= Index(u) unless clocks were set back to u", func(t *rapid.T, p *clientele.Periods) {
			u := drawInstant(t, p, "u")
			ago := rapid.OneOf(rapid.Int64Range(0, 3*86400), rapid.Int64Range(0, 1e9)).Draw(t, "seconds before u")
			at := u.Add(-time.Duration(ago) * time.Second)
			if i, j := p.Index(at), p.Index(u); i > j && i > highestBefore(p, u) {
				t.Fatalf("Index(%v) = %d, but later Index(%v) = %d", at, i, u, j)
			}
		}},
		{"Index(Start(i)) == i unless i was skipped", func(t *rapid.T, p *clientele.Periods) {
			i := p.Index(drawInstant(t, p, "t")) + rapid.IntRange(-2, 2).Draw(t, "steps")
			if got := p.Index(p.Start(i)); got != i && !skipped(p, i) {
				t.Fatalf("Start(%d) = %v is in period %d", i, p.Start(i), got)
			}
		}},
		{"Start(i) < Start(i+1) unless i was skipped", func(t *rapid.T, p *clientele.Periods) {
			i := p.Index(drawInstant(t, p, "t")) + rapid.IntRange(-2, 2).Draw(t, "steps")
			start, next := p.Start(i), p.Start(i+1)
			if !start.Before(next) && !(start.Equal(next) && skipped(p, i)) {
				t.Fatalf("Start(%d) = %v, Start(%d) = %v", i, start, i+1, next)
			}
		}},
		{"nothing before Start(i) is in period i", func(t *rapid.T, p *clientele.Periods) {
			i := p.Index(drawInstant(t, p, "t")) + rapid.IntRange(-2, 2).Draw(t, "steps")
			start := p.Start(i)
			for _, d := range []time.Duration{1, time.Second, time.Minute} {
				if got := referenceIndex(p, start.Add(-d)); got >= i {
					t.Fatalf("period %d starts %v, but %v before that is in period %d", i, start, d, got)
				}
			}
			if got := highestBefore(p, start.Add(-1)); got >= i {
				t.Fatalf("period %d starts %v, but was entered before: %d", i, start, got)
			}
		}},
		{"labels ascend", func(t *rapid.T, p *clientele.Periods) {
			i := p.Index(drawInstant(t, p, "t"))
			j := i + rapid.IntRange(1, 1000).Draw(t, "steps")
			if a, b := p.Label(i), p.Label(j); a >= b {
				t.Fatalf("Label(%d) = %q, Label(%d) = %q", i, a, j, b)
			}
		}},
	}
	for _, property := range properties {
		t.Run(property.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { property.check(t, drawPeriods(t)) })
		})
	}
}

// TestPeriodsByTheHour walks years of hard zones by the hour, and by the minute
// where clocks change within two days, and compares every unit with the
// reference: the number of each instant, and the start of each period, which
// must lie between the last instant seen before it and the first seen in it.
func TestPeriodsByTheHour(t *testing.T) {
	walks := []struct {
		zone     string
		from, to int // years
	}{
		{"Africa/Cairo", 2009, 2011},
		{"Africa/Cairo", 2022, 2024},
		{"Africa/Casablanca", 2017, 2020},
		{"America/Asuncion", 2022, 2025},
		{"America/Havana", 2022, 2024},
		{"America/Metlakatla", 1867, 1868},
		{"America/Sao_Paulo", 1969, 1970},
		{"America/Sao_Paulo", 2016, 2019},
		{"America/St_Johns", 2006, 2011},
		{"Asia/Beirut", 2021, 2024},
		{"Asia/Manila", 1844, 1845},
		{"Atlantic/Azores", 1982, 1983},
		{"Atlantic/Azores", 2022, 2024},
		{"Australia/Lord_Howe", 2023, 2024},
		{"Europe/Berlin", 1899, 1901},
		{"Europe/Berlin", 2039, 2041},
		{"Pacific/Apia", 2010, 2012},
		{"Pacific/Kwajalein", 1993, 1993},
		{"UTC", 1999, 2000},
	}
	for _, walk := range walks {
		t.Run(walk.zone, func(t *testing.T) {
			t.Parallel()
			for unit := clientele.Day; unit <= clientele.Year; unit++ {
				p := openPeriods(t, clientele.Calendar{Unit: unit, Zone: walk.zone, WeekStart: time.Monday})
				walkPeriods(t, p,
					time.Date(walk.from, time.January, 1, 0, 0, 0, 0, time.UTC),
					time.Date(walk.to+1, time.January, 1, 0, 0, 0, 0, time.UTC))
			}
		})
	}
}

func walkPeriods(t *testing.T, p *clientele.Periods, from, to time.Time) {
	t.Helper()
	highest, previous := referenceIndex(p, from), from
	for at := from; at.Before(to); at = at.Add(stride(p.Zone(), at)) {
		want := referenceIndex(p, at)
		if got := p.Index(at); got != want {
			t.Fatalf("%v: Index(%v) = %d, want %d", p.Calendar().Unit, at.In(p.Zone()), got, want)
		}
		for ; highest < want; highest++ {
			if start := p.Start(highest + 1); !start.After(previous) || start.After(at) {
				t.Fatalf("%v: Start(%d) = %v, want it after %v and not after %v",
					p.Calendar().Unit, highest+1, start, previous.In(p.Zone()), at.In(p.Zone()))
			}
		}
		previous = at
	}
}

// stride is an hour, or a minute where clocks change within two days.
func stride(zone *time.Location, at time.Time) time.Duration {
	_, before := at.Add(-48 * time.Hour).In(zone).Zone()
	_, after := at.Add(48 * time.Hour).In(zone).Zone()
	if before != after {
		return time.Minute
	}
	return time.Hour
}
