package cohort

import (
	"sort"

	"github.com/clientele-go/clientele"
)

// layout says in which column of a customer's row a moment lies. Columns of periods are
// windows of one period each.
type layout struct {
	step     Step
	cohorts  *periodTable // of the calendar, which numbers cohorts
	days     *periodTable // of local days in its zone; nil unless steps are such
	window   int          // 0 = columns are brackets
	brackets []Bracket

	asOf      int64
	today     int // the day or period that holds asOf; 0 for steps of 24 hours
	lastEnded int // the last day or period that has ended by asOf; 0 for steps of 24 hours
}

// newLayout makes the layout of a configuration without faults.
func newLayout(cfg *TriangleConfig, periods *clientele.Periods, b *book) *layout {
	l := &layout{
		step: cfg.Step, cohorts: b.periodTable(periods), window: int(cfg.Window), brackets: cfg.Brackets,
		asOf: cfg.AsOf.UnixNano(),
	}
	if l.window == 0 && len(l.brackets) == 0 {
		l.step, l.window = CalendarPeriods, 1
	}
	switch l.step {
	case CalendarPeriods:
		l.today, l.lastEnded = l.cohorts.index(l.asOf), l.cohorts.lastEnded(l.asOf)
	case LocalDays:
		// The calendar has been opened before, and so has its zone.
		days, _ := clientele.Calendar{Zone: cfg.Calendar.Zone}.Open()
		l.days = b.periodTable(days)
		l.today, l.lastEnded = l.days.index(l.asOf), l.days.lastEnded(l.asOf)
	}
	return l
}

// start is what a customer's columns count from: the period or the day of a moment, or
// the moment itself.
func (l *layout) start(at int64) int64 {
	switch l.step {
	case CalendarPeriods:
		return int64(l.cohorts.index(at))
	case LocalDays:
		return int64(l.days.index(at))
	}
	return at
}

// since is how many steps a moment is after a start.
func (l *layout) since(start, at int64) int {
	if l.step != Days24h {
		return int(l.start(at) - start)
	}
	if at < start {
		return none
	}
	return int((uint64(at) - uint64(start)) / nanosPerDay)
}

// observed is how many steps after a start have ended by asOf, and how many have begun.
func (l *layout) observed(start int64) (ended, begun int) {
	if l.step != Days24h {
		return max(int(int64(l.lastEnded)-start)+1, 0), int(int64(l.today)-start) + 1
	}
	if l.asOf < start {
		return 0, 0
	}
	return int((uint64(l.asOf) - uint64(start) + 1) / nanosPerDay), l.since(start, l.asOf) + 1
}

// none stands for an index where there is nothing.
const none = -1

// column returns the column that holds a moment, for a customer whose columns count
// from start; none outside all columns.
func (l *layout) column(start, at int64) int {
	step := l.since(start, at)
	if l.window > 0 {
		if step < 0 {
			return none
		}
		return step / l.window
	}
	if i := l.begun(step) - 1; i >= 0 && step <= int(l.brackets[i].To) {
		return i
	}
	return none
}

// upTo returns the last column that begins no later than a moment.
func (l *layout) upTo(start, at int64) int {
	if l.window == 0 {
		return l.begun(l.since(start, at)) - 1
	}
	return l.column(start, at)
}

// begun is the number of brackets that begin by a step.
func (l *layout) begun(step int) int {
	return sort.Search(len(l.brackets), func(i int) bool { return int(l.brackets[i].From) > step })
}

// progress returns how many columns have ended by asOf and how many have begun.
func (l *layout) progress(start int64) (ended, begun int) {
	ended, begun = l.observed(start)
	if l.window > 0 {
		return ended / l.window, (begun + l.window - 1) / l.window
	}
	all := ended
	ended = sort.Search(len(l.brackets), func(i int) bool { return int(l.brackets[i].To) >= all })
	return ended, l.begun(begun - 1)
}

// name of a column.
func (l *layout) name(i int) string {
	if l.window > 0 {
		return Bracket{clientele.Days(i * l.window), clientele.Days((i+1)*l.window - 1)}.String()
	}
	return l.brackets[i].String()
}
