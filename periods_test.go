package clientele_test

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/clientele-go/clientele"
)

func openPeriods(t testing.TB, c clientele.Calendar) *clientele.Periods {
	t.Helper()
	p, err := c.Open()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// numbered returns the number of the period that holds a date, which is the
// same in every zone.
func numbered(t testing.TB, c clientele.Calendar, date string) int {
	t.Helper()
	c.Zone = ""
	return openPeriods(t, c).Index(instant(t, date+"T12:00:00Z"))
}

func instant(t testing.TB, rfc3339 string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestIndexAndLabel(t *testing.T) {
	day := clientele.Calendar{}
	week := clientele.Calendar{Unit: clientele.Week}
	monday := clientele.Calendar{Unit: clientele.Week, WeekStart: time.Monday}
	thursday := clientele.Calendar{Unit: clientele.Week, WeekStart: time.Thursday}
	friday := clientele.Calendar{Unit: clientele.Week, WeekStart: time.Friday}
	month := clientele.Calendar{Unit: clientele.Month}
	quarter := clientele.Calendar{Unit: clientele.Quarter}
	year := clientele.Calendar{Unit: clientele.Year}
	for _, row := range []struct {
		name     string
		calendar clientele.Calendar
		date     string
		index    int
		label    string
	}{
		{"first day", day, "1970-01-01", 0, "1970-01-01"},
		{"day before it", day, "1969-12-31", -1, "1969-12-31"},
		{"leap day of a century", day, "2000-02-29", 11016, "2000-02-29"},
		{"no leap day in 1900", day, "1900-03-01", -25508, "1900-03-01"},
		{"day before that", day, "1900-02-28", -25509, "1900-02-28"},
		{"leap day of 2024", day, "2024-02-29", 19782, "2024-02-29"},

		{"first week", week, "1970-01-01", 0, "1969-12-28"},
		{"last day of the first week", week, "1970-01-03", 0, "1969-12-28"},
		{"second week", week, "1970-01-04", 1, "1970-01-04"},
		{"week before the first", week, "1969-12-27", -1, "1969-12-21"},
		{"week from Monday", monday, "2025-03-09", 2879, "2025-03-03"},
		{"next week from Monday", monday, "2025-03-10", 2880, "2025-03-10"},
		{"week from Thursday", thursday, "1970-01-01", 0, "1970-01-01"},
		{"week from Friday", friday, "1970-01-01", 0, "1969-12-26"},
		{"second week from Friday", friday, "1970-01-02", 1, "1970-01-02"},

		{"first month", month, "1970-01-31", 0, "1970-01"},
		{"month before it", month, "1969-12-31", -1, "1969-12"},
		{"thirteenth month before", month, "1968-12-31", -13, "1968-12"},
		{"March 2025", month, "2025-03-09", 662, "2025-03"},

		{"first quarter", quarter, "1970-03-31", 0, "1970-Q1"},
		{"quarter before it", quarter, "1969-10-01", -1, "1969-Q4"},
		{"four quarters before", quarter, "1969-03-31", -4, "1969-Q1"},
		{"last quarter of 2024", quarter, "2024-12-31", 219, "2024-Q4"},

		{"first year", year, "1970-12-31", 0, "1970"},
		{"year before it", year, "1969-01-01", -1, "1969"},
		{"2025", year, "2025-06-01", 55, "2025"},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := openPeriods(t, row.calendar)
			if got := p.Index(instant(t, row.date+"T00:00:00Z")); got != row.index {
				t.Errorf("Index at midnight = %d, want %d", got, row.index)
			}
			if got := p.Index(instant(t, row.date+"T23:59:59.999999999Z")); got != row.index {
				t.Errorf("Index at the end of the day = %d, want %d", got, row.index)
			}
			if got := p.Label(row.index); got != row.label {
				t.Errorf("Label = %q, want %q", got, row.label)
			}
		})
	}
}

// Facts of the zones' histories, in UTC.
var startFacts = []struct {
	name        string
	zone        string
	unit        clientele.Unit
	date        string
	start, next string
}{
	{"spring forward", "Europe/Berlin", clientele.Day, "2025-03-30", "2025-03-29T23:00:00Z", "2025-03-30T22:00:00Z"},
	{"fall back", "Europe/Berlin", clientele.Day, "2025-10-26", "2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z"},
	{"week with fall back", "Europe/Berlin", clientele.Week, "2025-10-26", "2025-10-25T22:00:00Z", "2025-11-01T23:00:00Z"},
	{"month with spring forward", "America/New_York", clientele.Month, "2025-03-15", "2025-03-01T05:00:00Z", "2025-04-01T04:00:00Z"},
	{"quarter with spring forward", "America/New_York", clientele.Quarter, "2025-03-15", "2025-01-01T05:00:00Z", "2025-04-01T04:00:00Z"},
	{"year", "Asia/Kathmandu", clientele.Year, "2025-06-01", "2024-12-31T18:15:00Z", "2025-12-31T18:15:00Z"},
	{"half hour of summer time", "Australia/Lord_Howe", clientele.Day, "2024-10-06", "2024-10-05T13:30:00Z", "2024-10-06T13:00:00Z"},

	{"no midnight, Cairo 2010", "Africa/Cairo", clientele.Day, "2010-04-30", "2010-04-29T22:00:00Z", "2010-04-30T21:00:00Z"},
	{"no midnight, Cairo 2023", "Africa/Cairo", clientele.Day, "2023-04-28", "2023-04-27T22:00:00Z", "2023-04-28T21:00:00Z"},
	{"no midnight, Sao Paulo", "America/Sao_Paulo", clientele.Day, "2018-11-04", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"},
	{"no midnight, Beirut", "Asia/Beirut", clientele.Day, "2022-03-27", "2022-03-26T22:00:00Z", "2022-03-27T21:00:00Z"},
	{"no midnight, Asuncion", "America/Asuncion", clientele.Day, "2023-10-01", "2023-10-01T04:00:00Z", "2023-10-02T03:00:00Z"},
	{"no first midnight of a month, Asuncion", "America/Asuncion", clientele.Month, "2023-10-15", "2023-10-01T04:00:00Z", "2023-11-01T03:00:00Z"},
	{"no midnight, Azores", "Atlantic/Azores", clientele.Day, "2024-03-31", "2024-03-31T01:00:00Z", "2024-04-01T00:00:00Z"},
	{"no midnight, Havana", "America/Havana", clientele.Day, "2024-03-10", "2024-03-10T05:00:00Z", "2024-03-11T04:00:00Z"},

	{"midnight twice, Havana", "America/Havana", clientele.Day, "2024-11-03", "2024-11-03T04:00:00Z", "2024-11-04T05:00:00Z"},
	{"last hour of the day twice, Sao Paulo", "America/Sao_Paulo", clientele.Day, "2018-02-17", "2018-02-17T02:00:00Z", "2018-02-18T03:00:00Z"},
	{"last hour of the day twice, Azores", "Atlantic/Azores", clientele.Day, "2024-10-26", "2024-10-26T00:00:00Z", "2024-10-27T00:00:00Z"},
	{"midnight after the hour was repeated, Azores", "Atlantic/Azores", clientele.Day, "2024-10-27", "2024-10-27T00:00:00Z", "2024-10-28T01:00:00Z"},
	{"a minute early, St. John's", "America/St_Johns", clientele.Day, "2010-11-07", "2010-11-07T02:30:00Z", "2010-11-08T03:30:00Z"},
	{"a minute early for a month, St. John's", "America/St_Johns", clientele.Month, "2009-11-15", "2009-11-01T02:30:00Z", "2009-12-01T03:30:00Z"},

	{"day before the skipped one, Apia", "Pacific/Apia", clientele.Day, "2011-12-29", "2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"},
	{"skipped day, Apia", "Pacific/Apia", clientele.Day, "2011-12-30", "2011-12-30T10:00:00Z", "2011-12-30T10:00:00Z"},
	{"day after the skipped one, Apia", "Pacific/Apia", clientele.Day, "2011-12-31", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"},
	{"week with the skipped day, Apia", "Pacific/Apia", clientele.Week, "2011-12-29", "2011-12-25T10:00:00Z", "2011-12-31T10:00:00Z"},
	{"skipped day, Kwajalein", "Pacific/Kwajalein", clientele.Day, "1993-08-21", "1993-08-21T12:00:00Z", "1993-08-21T12:00:00Z"},
}

// Source: golden/field-cases.md, J8: of five days in Cairo each comes once, and the third has no
// midnight and 23 hours.
func TestFieldCaseJ8(t *testing.T) {
	p := openPeriods(t, clientele.Calendar{Zone: "Africa/Cairo"})
	at := func(text string) int { return p.Index(instant(t, text)) }
	first := at("2026-04-21T22:00:00Z")
	for i, want := range []string{"2026-04-22", "2026-04-23", "2026-04-24", "2026-04-25", "2026-04-26"} {
		if got := p.Label(first + i); got != want {
			t.Errorf("day %d is %s, want %s", i, got, want)
		}
	}
	if a, b := at("2026-04-23T21:59:00Z"), at("2026-04-23T22:30:00Z"); a != first+1 || b != first+2 {
		t.Errorf("the touches are on days %d and %d, want 1 and 2", a-first, b-first)
	}
	if from, until := p.Start(first+2), p.Start(first+3); !from.Equal(instant(t, "2026-04-23T22:00:00Z")) || !until.Equal(instant(t, "2026-04-24T21:00:00Z")) || until.Sub(from) != 23*time.Hour {
		t.Errorf("24 April is from %v to %v", from.UTC(), until.UTC())
	}
	if last := at("2026-04-26T20:59:59Z"); last != first+4 {
		t.Errorf("the last moment of 26 April is on day %d", last-first)
	}
}

func TestStart(t *testing.T) {
	for _, row := range startFacts {
		t.Run(row.name, func(t *testing.T) {
			c := clientele.Calendar{Unit: row.unit, Zone: row.zone}
			p, i := openPeriods(t, c), numbered(t, c, row.date)
			if got := p.Start(i); !got.Equal(instant(t, row.start)) {
				t.Errorf("Start = %v, want %s", got.UTC(), row.start)
			} else if got.Location() != p.Zone() {
				t.Errorf("Start is in %v", got.Location())
			}
			if got := p.Start(i + 1); !got.Equal(instant(t, row.next)) {
				t.Errorf("Start of the next = %v, want %s", got.UTC(), row.next)
			}
		})
	}
}

// In St. John's the date went 6, 7, 6, 7 around midnight of 2010-11-07.
func TestDateThatReturns(t *testing.T) {
	c := clientele.Calendar{Zone: "America/St_Johns"}
	p, seventh := openPeriods(t, c), numbered(t, c, "2010-11-07")
	for _, row := range []struct {
		name, at string
		index    int
		next     string
	}{
		{"last minute of the sixth", "2010-11-07T02:29:59Z", seventh - 1, "2010-11-07T02:30:00Z"},
		{"minute of the seventh", "2010-11-07T02:30:59Z", seventh, "2010-11-08T03:30:00Z"},
		{"the sixth again", "2010-11-07T02:31:00Z", seventh - 1, "2010-11-07T02:30:00Z"},
		{"end of the sixth", "2010-11-07T03:29:59Z", seventh - 1, "2010-11-07T02:30:00Z"},
		{"the seventh for good", "2010-11-07T03:30:00Z", seventh, "2010-11-08T03:30:00Z"},
	} {
		t.Run(row.name, func(t *testing.T) {
			at := instant(t, row.at)
			if got := p.Index(at); got != row.index {
				t.Errorf("Index = %d, want %d", got, row.index)
			}
			if got := p.Next(at); !got.Equal(instant(t, row.next)) {
				t.Errorf("Next = %v, want %s", got.UTC(), row.next)
			}
		})
	}
}

func TestIndexIgnoresTheZoneOfItsArgument(t *testing.T) {
	p := openPeriods(t, clientele.Calendar{Zone: "Asia/Tokyo"})
	at := instant(t, "2025-03-09T16:00:00Z")
	want := p.Index(at)
	if got := p.Label(want); got != "2025-03-10" {
		t.Fatalf("date in Tokyo is %s", got)
	}
	for _, zone := range []*time.Location{p.Zone(), time.FixedZone("", -12*3600), time.FixedZone("", 14*3600)} {
		if got := p.Index(at.In(zone)); got != want {
			t.Errorf("Index of the instant in %v = %d, want %d", zone, got, want)
		}
	}
}

// Instants at and beyond the limits of CheckTime are numbered like all others.
func TestPeriodsFarTimes(t *testing.T) {
	for _, zone := range []string{"", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe"} {
		for unit := clientele.Day; unit <= clientele.Year; unit++ {
			p := openPeriods(t, clientele.Calendar{Unit: unit, Zone: zone})
			for _, year := range []int{-5_000_000, -1, 0, 1, 1500, 1678, 2261, 2262, 3000, 2_000_004, 5_000_000} {
				for month := time.January; month <= time.December; month++ {
					for _, nsec := range []int{-1, 0} {
						checkAround(t, p, time.Date(year, month, 1, 0, 0, 0, nsec, time.UTC))
					}
				}
				checkAround(t, p, time.Date(year, time.December, 31, 12, 0, 0, 0, time.UTC))
			}
		}
	}
}

// checkAround checks the period of t against the reference; its date must not
// be one that clocks left and returned to.
func checkAround(t *testing.T, p *clientele.Periods, at time.Time) {
	t.Helper()
	i := p.Index(at)
	if want := referenceIndex(p, at); i != want {
		t.Fatalf("%+v: Index(%v) = %d, want %d", p.Calendar(), at, i, want)
	}
	if start, next := p.Start(i), p.Start(i+1); start.After(at) || !next.After(at) {
		t.Fatalf("%+v: %v is not from %v to %v", p.Calendar(), at, start.UTC(), next.UTC())
	} else if p.Index(start) != i || p.Index(start.Add(-1)) != i-1 {
		t.Fatalf("%+v: period %d starts %v, which is in %d after %d", p.Calendar(), i, start, p.Index(start), p.Index(start.Add(-1)))
	}
}

// referenceIndex finds the period of t by the date that package time shows,
// walking back to the first date of a week.
func referenceIndex(p *clientele.Periods, at time.Time) int {
	year, month, day := at.In(p.Zone()).Date()
	switch c := p.Calendar(); c.Unit {
	case clientele.Day:
		return referenceDay(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
	case clientele.Week:
		first := startOfWeek(time.Date(1970, time.January, 1, 0, 0, 0, 0, time.UTC), c.WeekStart)
		date := startOfWeek(time.Date(year, month, day, 0, 0, 0, 0, time.UTC), c.WeekStart)
		return (referenceDay(date) - referenceDay(first)) / 7
	case clientele.Month:
		return (year-1970)*12 + int(month) - 1
	case clientele.Quarter:
		quarter := map[time.Month]int{1: 0, 2: 0, 3: 0, 4: 1, 5: 1, 6: 1, 7: 2, 8: 2, 9: 2, 10: 3, 11: 3, 12: 3}
		return (year-1970)*4 + quarter[month]
	}
	return year - 1970
}

func referenceDay(midnight time.Time) int { return int(midnight.Unix() / 86400) }

func startOfWeek(date time.Time, start time.Weekday) time.Time {
	for date.Weekday() != start {
		date = date.AddDate(0, 0, -1)
	}
	return date
}

func BenchmarkIndex(b *testing.B) {
	var times [1 << 12]time.Time
	begin := time.Date(2015, time.January, 1, 0, 0, 0, 0, time.UTC)
	for i := range times { // ten years, in an order that no branch predictor learns
		times[i] = begin.Add(time.Duration(int64(i)*2654435761%315_360_000) * time.Second)
	}
	for unit := clientele.Day; unit <= clientele.Year; unit++ {
		b.Run("unit="+unit.String(), func(b *testing.B) {
			p := openPeriods(b, clientele.Calendar{Unit: unit, Zone: "Europe/Berlin"})
			b.ReportAllocs()
			var i, sum int
			for b.Loop() {
				sum += p.Index(times[i%len(times)])
				i++
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "purchases/s")
		})
	}
}

func BenchmarkStart(b *testing.B) {
	for unit := clientele.Day; unit <= clientele.Year; unit++ {
		b.Run("unit="+unit.String(), func(b *testing.B) {
			p := openPeriods(b, clientele.Calendar{Unit: unit, Zone: "Europe/Berlin"})
			i := numbered(b, p.Calendar(), "2025-07-01")
			b.ReportAllocs()
			for b.Loop() {
				p.Start(i)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "periods/s")
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		openPeriods(b, clientele.Calendar{Zone: "Europe/Berlin"})
	}
}

// A number that no date has is refused rather than wrapped around.

// The zero Periods are those of the zero Calendar.
func TestZeroPeriods(t *testing.T) {
	var zero clientele.Periods
	opened := openPeriods(t, clientele.Calendar{})
	for _, at := range []time.Time{noon, {}, time.Date(1066, 10, 14, 9, 0, 0, 0, time.FixedZone("", 3600)), time.Unix(-1, 0)} {
		i := zero.Index(at)
		if i != opened.Index(at) || !zero.Start(i).Equal(opened.Start(i)) || zero.Start(i).Location() != time.UTC ||
			zero.Next(at) != opened.Next(at) || zero.Label(i) != opened.Label(i) {
			t.Errorf("%v: day %d, from %v, %s", at, i, zero.Start(i), zero.Label(i))
		}
	}
	if zero.Zone() != time.UTC || zero.Calendar() != (clientele.Calendar{}) {
		t.Errorf("zone %v, calendar %v", zero.Zone(), zero.Calendar())
	}
}

func TestPeriodsJSON(t *testing.T) {
	weeks := openPeriods(t, clientele.Calendar{Unit: clientele.Week, Zone: "Europe/Paris", WeekStart: time.Monday})
	text, err := json.Marshal(struct{ Weeks *clientele.Periods }{weeks})
	if want := `{"Weeks":{"unit":"week","zone":"Europe/Paris","weekStart":"monday"}}`; err != nil || string(text) != want {
		t.Errorf("written as %s, %v, want %s", text, err, want)
	}
	var back struct{ Weeks clientele.Periods }
	if err := json.Unmarshal(text, &back); err != nil || back.Weeks.Calendar() != weeks.Calendar() || back.Weeks.Index(noon) != weeks.Index(noon) {
		t.Errorf("read back as %v, %v", back.Weeks.Calendar(), err)
	}
	for bad, kind := range map[string]error{
		`{"unit":"eon"}`: clientele.ErrUnknown, `{"units":"day"}`: clientele.ErrEncoding, `{"zone":"Mars/Base"}`: clientele.ErrConfig,
	} {
		if err := json.Unmarshal([]byte(bad), &back.Weeks); !errors.Is(err, kind) || back.Weeks.Calendar() != weeks.Calendar() {
			t.Errorf("%s gives %v, %v", bad, back.Weeks.Calendar(), err)
		}
	}
	if text, err := json.Marshal(clientele.Periods{}); err != nil || string(text) != `{"unit":"day"}` {
		t.Errorf("the zero Periods are written as %s, %v", text, err)
	}
}

func TestStartPanicsFarAway(t *testing.T) {
	if strconv.IntSize < 64 {
		t.Skip("an int holds no such number")
	}
	for unit := clientele.Day; unit <= clientele.Year; unit++ {
		p := openPeriods(t, clientele.Calendar{Unit: unit})
		for _, i := range []int{math.MaxInt, math.MinInt} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("%v %d has a start", unit, i)
					}
				}()
				p.Start(i)
			}()
		}
	}
}
