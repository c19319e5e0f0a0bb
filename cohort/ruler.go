package cohort

import (
	"fmt"
	"slices"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// ruler says what counts as one purchase, and how far it is from one to the next. A
// purchase has a mark: its moment in nanoseconds or, if days count, the number of its
// local day.
type ruler struct {
	byDay   bool
	periods *clientele.Periods
	days    *periodTable // of purchases; nil unless days count
	asOf    int64        // the last moment that is observed
	end     int64        // its mark
}

// newRuler notes what is wrong with the three fields that many questions have.
func newRuler(faults *clientele.ConfigError, asOf time.Time, byDay bool, calendar clientele.Calendar) *ruler {
	if err := rule.Time(asOf); err != nil {
		faults.Add("AsOf", asOf, err)
	}
	periods, err := calendar.Open()
	fault.AddPart(faults, "Calendar.", err)
	if calendar.Unit != clientele.Day && calendar.Unit <= clientele.Year {
		faults.Add("Calendar.Unit", calendar.Unit, fmt.Errorf("%w: days alone are counted", clientele.ErrRange))
	}
	return &ruler{byDay: byDay, periods: periods, asOf: asOf.UnixNano()}
}

// over makes the pace ready for n purchases from one moment to another. If days count
// the observation ends with the last whole one: of a day that has not ended nobody
// knows yet who will have bought on it.
func (p *ruler) over(from, to int64, n int) {
	p.end = p.asOf
	if p.byDay {
		p.days = newPeriodTable(p.periods, from, to, n)
		whole := p.days.complete(p.asOf)
		p.asOf = min(p.asOf, p.periods.Start(whole+1).UnixNano()-1)
		p.end = int64(whole)
	}
}

// mark is that of a moment.
func (p *ruler) mark(at int64) int64 {
	if p.byDay {
		return int64(p.days.index(at))
	}
	return at
}

// marks puts those of a customer's purchases into a buffer, ascending and each purchase
// that counts once, and returns how many there were in all.
func (p *ruler) marks(into []int64, own []payment) (marks []int64, purchases int) {
	marks = into[:0]
	for i := range own {
		if !own[i].refund {
			marks = append(marks, p.mark(own[i].at))
		}
	}
	purchases = len(marks)
	if p.byDay {
		if !slices.IsSorted(marks) { // clocks were set back across midnight
			slices.Sort(marks)
		}
		marks = slices.Compact(marks)
	}
	return marks, purchases
}

// daysBetween from one mark to a later one.
func (p *ruler) daysBetween(from, to int64) float64 {
	if p.byDay {
		return float64(to - from)
	}
	return daysOf(uint64(to) - uint64(from))
}

// within reports whether a later mark is at most so many days after one.
func (p *ruler) within(from, to int64, days clientele.Days) bool {
	if p.byDay {
		return to-from <= int64(days)
	}
	return uint64(to)-uint64(from) <= uint64(days.Duration())
}

// ended reports whether so many days from a mark on have been observed.
func (p *ruler) ended(from int64, days clientele.Days) bool {
	if p.byDay {
		return p.end-from >= int64(days)
	}
	return uint64(p.end)-uint64(from) >= uint64(days.Duration())
}

// reached is the time from one mark to another, at which the customer got there.
func (p *ruler) reached(from, to int64) survival.Spell {
	return survival.Spell{Time: p.daysBetween(from, to), Event: true}
}

// waiting is the time from a mark of a customer who has not got there yet.
func (p *ruler) waiting(from int64) survival.Spell {
	return survival.Spell{Time: p.daysBetween(from, p.end)}
}
