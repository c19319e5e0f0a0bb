package clientele

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/clientele-go/clientele/internal/rule"
)

// Periods numbers the periods of a [Calendar]; [Calendar.Open] makes it. Nothing but
// UnmarshalJSON changes it, so it is safe for concurrent use. The zero Periods counts
// days in UTC, as the zero Calendar does.
//
// A period is a set of local dates, and period 0 is the one that holds
// 1970-01-01: that day, the week around it, January 1970, its first quarter,
// the year 1970. Earlier periods have negative numbers. Every instant belongs to
// the date that clocks in the zone showed, so a day may last 23 or 25 hours,
// need not begin at midnight, and dates behave as the zone's history has it:
//
//   - A date that the zone skipped, as Samoa did 2011-12-30, has no instants:
//     it starts where the next one does.
//   - A date that clocks left and returned to, set back across midnight, has
//     two parts: in St. John's until 2011 a minute of the new day came before
//     the last 59 of the old one. Index follows the clocks, as SQL does when it
//     truncates to a date at a time zone; Start is the first instant of the
//     date. During the second part of the old date, and only there, Index falls
//     back by one, and the start of the following period lies in the past.
//
// Numbers are exact for all times within five million years of 1970, which
// includes all that a [Purchase] may have.
type Periods struct {
	calendar Calendar
	zone     *time.Location
	lead     int64 // days of week 0 before 1970-01-01
	offsets  offsetTable
}

const (
	secondsPerDay = 24 * 60 * 60

	// widestOffset bounds the seconds by which a zone may differ from UTC
	// (RFC 9636, section 3.2).
	widestOffset = 26 * 60 * 60
)

// farPeriods are the numbers of periods in ten million years, by unit: twice as
// far as numbers are exact, and far from overflow.
var farPeriods = [...]int64{
	Day: 10e6 * 366, Week: 10e6 * 53, Month: 10e6 * 12, Quarter: 10e6 * 4, Year: 10e6,
}

func newPeriods(c Calendar, zone *time.Location) *Periods {
	return &Periods{
		calendar: c,
		zone:     zone,
		lead:     int64(time.Thursday-c.WeekStart+7) % 7, // 1970-01-01 was a Thursday
		offsets:  newOffsetTable(zone),
	}
}

// Calendar returns the calendar that was opened.
func (p *Periods) Calendar() Calendar {
	if p == nil {
		return Calendar{}
	}
	return p.calendar
}

// Zone returns the zone whose dates are counted.
func (p *Periods) Zone() *time.Location {
	if p == nil || p.zone == nil {
		return time.UTC
	}
	return p.zone
}

// MarshalJSON writes the calendar, as [Calendar.MarshalJSON] does.
func (p Periods) MarshalJSON() ([]byte, error) { return json.Marshal(p.calendar) }

// UnmarshalJSON reads a calendar, as [Calendar.UnmarshalJSON] does, and opens it, as
// [Calendar.Open] does. On error the periods stay as they were.
func (p *Periods) UnmarshalJSON(data []byte) error {
	const op = "clientele.Periods.UnmarshalJSON"
	c := p.calendar
	if err := c.read(op, data); err != nil {
		return err
	}
	zone, err := c.resolve(op)
	if err != nil {
		return err
	}
	*p = *newPeriods(c, zone)
	return nil
}

// Index returns the number of the period that holds t. Which zone t itself is
// in does not matter.
func (p *Periods) Index(t time.Time) int {
	if p == nil {
		p = new(Periods)
	}
	local := t.Unix() + p.offsets.at(t)
	switch p.calendar.Unit {
	case Day:
		return int(floorDiv(local, secondsPerDay))
	case Week:
		return int(floorDiv(local+p.lead*secondsPerDay, 7*secondsPerDay))
	}
	year, month, _ := time.Unix(local, 0).UTC().Date()
	switch p.calendar.Unit {
	case Month:
		return 12*(year-1970) + int(month-1)
	case Quarter:
		return 4*(year-1970) + int(month-1)/3
	}
	return year - 1970
}

// Start returns the first instant of period i, in the zone. Where the zone
// skipped the whole period it is the first instant of the next. It panics for a
// period more than ten million years from 1970, twice as far as Index is exact.
func (p *Periods) Start(i int) time.Time {
	if p == nil {
		p = new(Periods)
	}
	return p.firstFrom(p.firstDate(i).Unix())
}

// firstFrom returns the first instant at which clocks in the zone show a date and time, given
// as Unix seconds in UTC, or a later one.
func (p *Periods) firstFrom(local int64) time.Time {
	t := time.Unix(local-widestOffset, 0).In(p.Zone())
	for {
		offset, until := steadyOffset(t)
		if start := max(local-offset, t.Unix()); start < until {
			return time.Unix(start, 0).In(t.Location())
		}
		t = time.Unix(until, 0).In(t.Location())
	}
}

// Next returns the start of the period after the one that holds t. It panics for a time more
// than ten million years from 1970, as Start does.
func (p *Periods) Next(t time.Time) time.Time { return p.Start(p.Index(t) + 1) }

// End returns the last instant of the period that holds t, in the zone: the nanosecond
// before the next period, as in the end of the day 2025-03-30 23:59:59.999999999. It is the
// moment to describe customers as of, so that the whole day counts. Where clocks were set
// back across midnight, it is the last instant of the second part of the date. It panics for a
// time more than ten million years from 1970, as Start does.
func (p *Periods) End(t time.Time) time.Time {
	if p == nil {
		p = new(Periods)
	}
	midnight := p.firstDate(p.Index(t) + 1).Unix()
	var end time.Time
	for at := time.Unix(midnight-widestOffset, 0).In(p.Zone()); at.Unix() <= midnight+widestOffset; {
		offset, until := steadyOffset(at)
		if last := min(midnight-offset, until); last > at.Unix() {
			end = time.Unix(last, -1).In(at.Location())
		}
		at = time.Unix(until, 0).In(at.Location())
	}
	return end
}

// Label names period i: a day or week by its first date, as in 2025-03-09, a
// month 2025-03, a quarter 2025-Q1, a year 2025. Weeks carry no week number,
// because its meaning depends on the country. Labels of years 0 to 9999 sort
// as their periods do. It panics for a period more than ten million years from 1970, as Start
// does.
func (p *Periods) Label(i int) string {
	if p == nil {
		p = new(Periods)
	}
	date := p.firstDate(i)
	switch p.calendar.Unit {
	case Month:
		return date.Format("2006-01")
	case Quarter:
		return fmt.Sprintf("%04d-Q%d", date.Year(), (date.Month()+2)/3)
	case Year:
		return date.Format("2006")
	}
	return date.Format(time.DateOnly)
}

// firstDate returns the first date of period i as midnight in UTC. It panics for a period
// that is too far away to be told.
func (p *Periods) firstDate(i int) time.Time {
	if limit := farPeriods[p.calendar.Unit]; int64(i) < -limit || int64(i) > limit {
		panic("clientele: a period more than ten million years away")
	}
	switch p.calendar.Unit {
	case Day:
		return time.Unix(int64(i)*secondsPerDay, 0).UTC()
	case Week:
		return time.Unix((int64(i)*7-p.lead)*secondsPerDay, 0).UTC()
	case Month:
		return firstOfMonth(1970, i)
	case Quarter:
		return firstOfMonth(1970+i/4, i%4*3)
	}
	return firstOfMonth(1970+i, 0)
}

// firstOfMonth counts months from January of the year, in either direction.
func firstOfMonth(year, months int) time.Time {
	return time.Date(year+months/12, time.January+time.Month(months%12), 1, 0, 0, 0, 0, time.UTC)
}

// offsetTable holds the UTC offsets of a zone for the years 1678 to 2261. A
// lookup takes a few nanoseconds whatever the year, where package time may have
// to evaluate the zone's rule again for every instant.
type offsetTable struct {
	zone       *time.Location
	begin, end int64        // the Unix seconds covered, end exclusive
	spans      []offsetSpan // consecutive, from begin to end at least
	first      []int32      // by bucket of time from begin, the span in use where it starts
}

// offsetSpan is a time during which clocks are not changed.
type offsetSpan struct {
	until  int64 // Unix seconds, exclusive
	offset int64 // seconds east of UTC
}

// bucketBits makes a bucket 2^24 seconds, 194 days: few zones change their
// clocks more than twice in it.
const bucketBits = 24

func newOffsetTable(zone *time.Location) offsetTable {
	table := offsetTable{zone: zone, begin: rule.Moment(rule.FirstNanos()).Unix(), end: rule.Moment(rule.LastNanos()).Unix() + 1}
	for at := table.begin; at < table.end; {
		var offset int64
		offset, at = steadyOffset(time.Unix(at, 0).In(zone))
		table.spans = append(table.spans, offsetSpan{until: at, offset: offset})
	}

	var span int32
	for at := table.begin; at < table.end; at += 1 << bucketBits {
		for table.spans[span].until <= at {
			span++
		}
		table.first = append(table.first, span)
	}
	return table
}

// at returns the offset in use at t, in seconds east of UTC.
func (o *offsetTable) at(t time.Time) int64 {
	sec := t.Unix()
	if sec < o.begin || sec >= o.end {
		if o.zone == nil {
			return 0 // the table of the zero Periods
		}
		_, offset := t.In(o.zone).Zone()
		return int64(offset)
	}
	span := o.first[(sec-o.begin)>>bucketBits]
	for sec >= o.spans[span].until {
		span++
	}
	return o.spans[span].offset
}

// steadyOffset returns the offset in use at t in t's zone, and the Unix second
// until which it surely stays. That is the next change of clocks, or, where
// [time.Time.ZoneBounds] names none after t, the next year in UTC: it has none
// in a zone that is done with changes, and errs on the last day of leap years
// in one whose changes follow a yearly rule.
func steadyOffset(t time.Time) (offset, until int64) {
	_, east := t.Zone()
	_, change := t.ZoneBounds()
	if !change.After(t) {
		change = time.Date(t.UTC().Year()+1, time.January, 1, 0, 0, 0, 0, time.UTC)
	}
	return int64(east), change.Unix()
}

// floorDiv returns a/b rounded down, for b > 0.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
