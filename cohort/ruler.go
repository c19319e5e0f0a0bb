package cohort

import (
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// ruler measures the time between purchases, in days of 24 hours or in local days. Each
// purchase has a mark on it: its moment in nanoseconds or the number of its local day.
// By days, all purchases of a customer on one day have the same mark and count once.
type ruler struct {
	byDay   bool
	periods *clientele.Periods
	table   *periodTable // of purchases; nil unless byDay
	asOf    int64        // the last moment that is observed
	end     int64        // the mark of the end of the observation
}

// newRuler notes the faults of the three fields that say how to measure.
func newRuler(faults *clientele.ConfigError, asOf time.Time, byDay bool, calendar clientele.Calendar) *ruler {
	fault.AddAsOf(faults, asOf)
	periods, err := calendar.Open()
	fault.AddPart(faults, "Calendar.", err)
	if calendar.Unit != clientele.Day && calendar.Unit <= clientele.Year {
		faults.Add("Calendar.Unit", calendar.Unit, errDaysAlone)
	}
	return &ruler{byDay: byDay, periods: periods, asOf: asOf.UnixNano()}
}

var errDaysAlone = rule.Because(rule.Range, "not a day", "day, since time is measured in days: of the calendar only the zone counts")

// over makes the ruler ready for n purchases between two moments. By days the
// observation ends with the last whole day: nobody knows yet who will have bought on a
// day that has not ended.
func (r *ruler) over(from, to int64, n int) {
	r.end = r.asOf
	if r.byDay {
		r.table = newPeriodTable(r.periods, from, to, n)
		whole := r.table.lastEnded(r.asOf)
		r.asOf = min(r.asOf, r.periods.Start(whole+1).UnixNano()-1)
		r.end = int64(whole)
	}
}

// nobody says that there is no customer to answer from, see [book.nobody].
func (r *ruler) nobody(b *book, op string, otherwise error) error {
	if r.byDay && b.n > 0 && r.asOf < b.from {
		first := r.periods.Label(r.table.index(b.from))
		return fault.Of(op, "customers", nil, rule.Because(rule.Empty, "no purchases on a day that has ended by AsOf", "an AsOf at the end of %s or later", first))
	}
	return b.nobody(op, r.asOf, otherwise)
}

// mark is the mark of a moment.
func (r *ruler) mark(at int64) int64 {
	if r.byDay {
		return int64(r.table.index(at))
	}
	return at
}

// marks puts the marks of a customer's purchases into a buffer, in ascending order and
// each that counts once, and returns how many purchases there were in all.
func (r *ruler) marks(into []int64, own []payment) (marks []int64, purchases int) {
	marks = into[:0]
	for i := range own {
		if !own[i].refund {
			marks = append(marks, r.mark(own[i].at))
		}
	}
	purchases = len(marks)
	if r.byDay {
		sortIfNeeded(marks)
		marks = slices.Compact(marks)
	}
	return marks, purchases
}

// sortIfNeeded sorts the days or periods of purchases that are in order of time. They
// are sorted already unless clocks were set back across midnight.
func sortIfNeeded[E int | int64](numbers []E) {
	if !slices.IsSorted(numbers) {
		slices.Sort(numbers)
	}
}

// days is how many days lie between a mark and a later one.
func (r *ruler) days(from, to int64) float64 {
	if r.byDay {
		return float64(to - from)
	}
	return daysOf(uint64(to) - uint64(from))
}

// within reports whether a later mark is at most so many days after one.
func (r *ruler) within(from, to int64, days clientele.Days) bool {
	if r.byDay {
		return to-from <= int64(days)
	}
	return uint64(to)-uint64(from) <= uint64(days.Duration())
}

// ended reports whether so many days after a mark have been observed to their end.
func (r *ruler) ended(from int64, days clientele.Days) bool {
	if r.byDay {
		return r.end-from >= int64(days)
	}
	return uint64(r.end)-uint64(from) >= uint64(days.Duration())
}

// reached is the time from one mark to another, where the event came.
func (r *ruler) reached(from, to int64) survival.Spell {
	return survival.Spell{Time: r.days(from, to), Event: true}
}

// waiting is the time from a mark to the end of the observation, without the event.
func (r *ruler) waiting(from int64) survival.Spell { return survival.Spell{Time: r.days(from, r.end)} }

const nanosPerDay = 24 * 60 * 60 * 1e9

// daysOf is a number of nanoseconds in days.
func daysOf(nanos uint64) float64 { return float64(nanos) / nanosPerDay }
