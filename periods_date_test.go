package clientele_test

import (
	"errors"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"pgregory.net/rapid"
)

// Dates begin at their first instant, also where midnight does not exist and package time
// returns the day before.
func TestParseDate(t *testing.T) {
	for _, c := range []struct{ zone, date, want string }{
		{"", "2025-03-09", "2025-03-09T00:00:00Z"},
		{"Europe/Berlin", "2025-03-30", "2025-03-30T00:00:00+01:00"},
		{"America/Havana", "2024-03-10", "2024-03-10T01:00:00-04:00"},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T01:00:00-02:00"},
		{"America/Asuncion", "2023-10-01", "2023-10-01T01:00:00-03:00"},
		{"Asia/Beirut", "2022-03-27", "2022-03-27T01:00:00+03:00"},
		{"America/St_Johns", "2010-11-07", "2010-11-07T00:00:00-02:30"}, // one minute before clocks went back to the 6th
		{"Pacific/Apia", "2011-12-29", "2011-12-29T00:00:00-10:00"},
		{"Pacific/Apia", "2011-12-31", "2011-12-31T00:00:00+14:00"},
	} {
		days := openPeriods(t, clientele.Calendar{Zone: c.zone, Unit: clientele.Month})
		at, err := days.ParseDate(c.date)
		if err != nil || at.Format(time.RFC3339Nano) != c.want || at.Location() != days.Zone() {
			t.Errorf("%s in %q is %v, %v; want %s", c.date, c.zone, at, err, c.want)
		}
	}
	for _, c := range []struct {
		zone, date, want string
		kind             error
	}{
		{"Pacific/Apia", "2011-12-30", `clientele.Periods.ParseDate: date "2011-12-30": clocks in the zone skipped the date: want a date that Pacific/Apia had: its next is 2011-12-31`, clientele.ErrRange},
		{"Pacific/Kwajalein", "1993-08-21", `clientele.Periods.ParseDate: date "1993-08-21": clocks in the zone skipped the date: want a date that Pacific/Kwajalein had: its next is 1993-08-22`, clientele.ErrRange},
		{"", "2025-02-29", `clientele.Periods.ParseDate: date "2025-02-29": not a date of the calendar: want year-month-day, such as 2025-03-09`, clientele.ErrRange},
		{"", "09.03.2025", `clientele.Periods.ParseDate: date "09.03.2025": not a date of the calendar: want year-month-day, such as 2025-03-09`, clientele.ErrRange},
		{"", "2025-03-09 ", `clientele.Periods.ParseDate: date "2025-03-09 ": not a date of the calendar: want year-month-day, such as 2025-03-09`, clientele.ErrRange},
		{"", "", `clientele.Periods.ParseDate: date "": missing: want a date such as 2025-03-09`, clientele.ErrMissing},
		{"", "0001-01-01", `clientele.Periods.ParseDate: date "0001-01-01": time is outside the years 1678 to 2261: want a date in these years`, clientele.ErrTimeRange},
		{"", "2262-01-01", `clientele.Periods.ParseDate: date "2262-01-01": time is outside the years 1678 to 2261: want a date in these years`, clientele.ErrTimeRange},
	} {
		at, err := openPeriods(t, clientele.Calendar{Zone: c.zone}).ParseDate(c.date)
		if !errors.Is(err, c.kind) || err.Error() != c.want || !at.IsZero() {
			t.Errorf("%q in %q: %v, %v, want %s", c.date, c.zone, at, err, c.want)
		}
	}
	if at, err := new(clientele.Periods).ParseDate("2025-03-09"); err != nil || !at.Equal(time.Date(2025, 3, 9, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("the zero Periods reads %v, %v", at, err)
	}
}

// Ends are the last nanosecond that clocks in the zone show of a period.
func TestEnd(t *testing.T) {
	for _, c := range []struct {
		zone     string
		unit     clientele.Unit
		at, want string
	}{
		{"", clientele.Day, "2025-03-09T12:00:00Z", "2025-03-09T23:59:59.999999999Z"},
		{"", clientele.Week, "2025-03-09T00:00:00Z", "2025-03-15T23:59:59.999999999Z"}, // weeks from Sunday
		{"", clientele.Quarter, "2025-03-09T00:00:00Z", "2025-03-31T23:59:59.999999999Z"},
		{"", clientele.Year, "2025-12-31T23:59:59.999999999Z", "2025-12-31T23:59:59.999999999Z"},
		{"Europe/Berlin", clientele.Month, "2025-03-09T00:00:00Z", "2025-03-31T23:59:59.999999999+02:00"},
		{"America/Sao_Paulo", clientele.Day, "2018-11-03T12:00:00Z", "2018-11-03T23:59:59.999999999-03:00"},
		{"America/Sao_Paulo", clientele.Day, "2018-02-17T12:00:00Z", "2018-02-17T23:59:59.999999999-03:00"}, // 23:00 to 24:00 came twice
		{"America/St_Johns", clientele.Day, "2010-11-06T12:00:00Z", "2010-11-06T23:59:59.999999999-03:30"},  // the second part
		{"America/St_Johns", clientele.Day, "2010-11-07T02:30:30Z", "2010-11-07T23:59:59.999999999-03:30"},
		{"Pacific/Apia", clientele.Day, "2011-12-29T12:00:00Z", "2011-12-29T23:59:59.999999999-10:00"},
		{"Pacific/Apia", clientele.Month, "2011-12-29T12:00:00Z", "2011-12-31T23:59:59.999999999+14:00"},
	} {
		p := openPeriods(t, clientele.Calendar{Zone: c.zone, Unit: c.unit})
		if got := p.End(instant(t, c.at)); got.Format(time.RFC3339Nano) != c.want || got.Location() != p.Zone() {
			t.Errorf("the %v of %s in %q ends %v, want %s", c.unit, c.at, c.zone, got.Format(time.RFC3339Nano), c.want)
		}
	}
}

// Invariant: the end of a period is in it, not before the time asked for, and nothing after
// it is in the period or an earlier one.
func TestEndProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPeriods(t)
		at := drawInstant(t, p, "t")
		end, i := p.End(at), p.Index(at)
		if end.Before(at) || referenceIndex(p, end) != i || !p.End(end).Equal(end) {
			t.Fatalf("the period %d of %v ends %v", i, at.In(p.Zone()), end)
		}
		later := end.Add(1)
		for later.Sub(end) < 72*time.Hour { // within a span the index only rises
			if got := referenceIndex(p, later); got <= i {
				t.Fatalf("period %d ends %v, but %v is in period %d", i, end, later.In(p.Zone()), got)
			}
			_, change := later.In(p.Zone()).ZoneBounds()
			if !change.After(later) { // none, or the last day of a leap year, where it errs
				break
			}
			later = change
		}
	})
}

// Invariant: the label of a day reads back as its start, or says that the zone skipped it.
func TestDatesReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days, err := clientele.Calendar{Zone: rapid.SampledFrom(hardZones).Draw(t, "zone")}.Open()
		if err != nil {
			t.Fatal(err)
		}
		i := days.Index(drawInstant(t, days, "t")) + rapid.IntRange(-2, 2).Draw(t, "steps")
		at, err := days.ParseDate(days.Label(i))
		switch {
		case skipped(days, i):
			if !errors.Is(err, clientele.ErrRange) {
				t.Fatalf("%s was skipped in %v, but reads as %v, %v", days.Label(i), days.Zone(), at, err)
			}
		case err != nil || !at.Equal(days.Start(i)) || days.Index(at) != i:
			t.Fatalf("%s reads as %v, %v, want %v", days.Label(i), at, err, days.Start(i))
		}
	})
}
