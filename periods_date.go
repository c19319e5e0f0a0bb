package clientele

import (
	"time"

	"github.com/clientele-go/clientele/internal/rule"
)

// ParseDate reads a date without a time, such as "2025-03-09", and returns its first instant
// in the zone, whatever the unit of the calendar. That is midnight, except where the zone had
// none on that date: time.ParseInLocation and time.Date then return an instant of the day
// before. For dates in UTC take the zero Periods:
//
//	var utc clientele.Periods
//	day, err := utc.ParseDate("2025-03-09")
//
// It returns an [InputError]: of [ErrMissing] for no text, of [ErrRange] for one that is not
// a date of the calendar, and for a date that the zone skipped, and of [ErrTimeRange] for a
// date outside 1678-2261.
func (p *Periods) ParseDate(text string) (time.Time, error) {
	at, err := p.parseDate(text)
	if err != nil {
		return time.Time{}, &InputError{Op: "clientele.Periods.ParseDate", Index: -1, Field: "date", Value: text, Err: err}
	}
	return at, nil
}

func (p *Periods) parseDate(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, errNoDate
	}
	date, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, errBadDate
	}
	at := p.firstFrom(date.Unix())
	if err := rule.Time(at); err != nil {
		return time.Time{}, errFarDate
	}
	if at.Day() != date.Day() {
		return time.Time{}, rule.Because(rule.Range, "clocks in the zone skipped the date",
			"a date that %v had: its next is %s", p.Zone(), at.Format(time.DateOnly))
	}
	return at, nil
}

// The faults of dates.
var (
	errNoDate  = rule.Want(rule.Missing, "a date such as 2025-03-09")
	errBadDate = rule.Because(rule.Range, "not a date of the calendar", "year-month-day, such as 2025-03-09")
	errFarDate = rule.Want(rule.TimeRange, "a date in these years")
)
