package cohort

import (
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
	"pgregory.net/rapid"
)

// In St. John's of 2010 clocks went back at one minute past midnight, so that Saturday
// came back after a minute of Sunday: within one piece of time, at both ends of which it is
// Sunday.
func TestPeriodTableWhereADayComesBack(t *testing.T) {
	periods, err := clientele.Calendar{Zone: "America/St_Johns"}.Open()
	if err != nil {
		t.Fatal(err)
	}
	from := time.Date(2010, 11, 7, 2, 30, 0, 0, time.UTC)
	c := newPeriodTable(periods, from.UnixNano(), from.Add(90*time.Minute).UnixNano(), 3)
	if len(c.table) == 0 {
		t.Fatal("no table to be tested")
	}
	for at := from; at.Before(from.Add(6 * time.Hour)); at = at.Add(time.Minute / 2) {
		if got, want := c.index(at.UnixNano()), periods.Index(at); got != want {
			t.Fatalf("%v is in period %d, want %d", at, got, want)
		}
	}
}

// Invariant: a table tells what its calendar does.
func TestPeriodTableTellsTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		periods, err := clientele.Calendar{
			Unit: rapid.SampledFrom([]clientele.Unit{clientele.Day, clientele.Week, clientele.Month}).Draw(t, "unit"),
			Zone: rapid.SampledFrom([]string{"", "America/St_Johns", "Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe"}).Draw(t, "zone"),
		}.Open()
		if err != nil {
			t.Fatal(err)
		}
		from := rapid.Int64Range(0, 2e18).Draw(t, "from")
		span := rapid.Int64Range(0, 1e17).Draw(t, "span")
		c := newPeriodTable(periods, from, from+span, rapid.IntRange(0, 10000).Draw(t, "n"))
		for range 20 {
			at := rapid.Int64Range(from-1e15, from+span+1e15).Draw(t, "at")
			if got, want := c.index(at), periods.Index(rule.Moment(at)); got != want {
				t.Fatalf("%v is in period %d, want %d", rule.Moment(at), got, want)
			}
		}
	})
}
