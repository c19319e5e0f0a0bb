package cohort

import (
	"fmt"
	"sort"

	"github.com/clientele-go/clientele"
)

// layout says in which column of a customer's row a moment lies.
type layout struct {
	kind     columnKind
	cohorts  *periodTable // of the calendar, which numbers cohorts
	days     *periodTable // of days in its zone; nil for columns of periods
	window   int
	brackets []Bracket

	asOf      int64
	period    int // the period that holds asOf
	lastEnded int // the last period that has ended by asOf
	today     int // the day that holds asOf
	lastDay   int // the last day that has ended by asOf
}

type columnKind uint8

const (
	byPeriod columnKind = iota
	byWindow
	byBracket
)

// newLayout makes the layout of a configuration without faults.
func newLayout(cfg *TriangleConfig, periods *clientele.Periods, b *book) *layout {
	l := &layout{
		cohorts: b.periodTable(periods), window: int(cfg.Window), brackets: cfg.Brackets,
		asOf: cfg.AsOf.UnixNano(),
	}
	l.period, l.lastEnded = l.cohorts.index(l.asOf), l.cohorts.lastEnded(l.asOf)
	switch {
	case cfg.Window > 0:
		l.kind = byWindow
	case len(cfg.Brackets) > 0:
		l.kind = byBracket
	default:
		return l
	}
	// The calendar has been opened before, and so has its zone.
	days, _ := clientele.Calendar{Zone: cfg.Calendar.Zone}.Open()
	l.days = b.periodTable(days)
	l.today, l.lastDay = l.days.index(l.asOf), l.days.lastEnded(l.asOf)
	return l
}

// start is what a customer's columns count from: the period or the day of a moment.
func (l *layout) start(at int64) int {
	if l.kind == byPeriod {
		return l.cohorts.index(at)
	}
	return l.days.index(at)
}

// none stands for an index where there is nothing.
const none = -1

// column returns the column that holds a moment, for a customer whose columns count
// from start; none outside all columns.
func (l *layout) column(start int, at int64) int {
	switch l.kind {
	case byPeriod:
		return max(l.cohorts.index(at)-start, none)
	case byWindow:
		if day := l.days.index(at) - start; day >= 0 {
			return day / l.window
		}
		return none
	}
	day := l.days.index(at) - start
	if i := l.begun(day) - 1; i >= 0 && day <= int(l.brackets[i].To) {
		return i
	}
	return none
}

// upTo returns the last column that begins no later than a moment.
func (l *layout) upTo(start int, at int64) int {
	if l.kind == byBracket {
		return l.begun(l.days.index(at)-start) - 1
	}
	return l.column(start, at)
}

// begun is the number of brackets that begin by a day.
func (l *layout) begun(day int) int {
	return sort.Search(len(l.brackets), func(i int) bool { return int(l.brackets[i].From) > day })
}

// progress returns how many columns have ended by asOf and how many have begun.
func (l *layout) progress(start int) (ended, begun int) {
	switch l.kind {
	case byPeriod:
		return max(l.lastEnded-start+1, 0), l.period - start + 1
	case byWindow:
		return max(l.lastDay-start+1, 0) / l.window, (l.today-start)/l.window + 1
	}
	ended = sort.Search(len(l.brackets), func(i int) bool { return int(l.brackets[i].To) > l.lastDay-start })
	return ended, l.begun(l.today - start)
}

// name of a column.
func (l *layout) name(i int) string {
	switch l.kind {
	case byPeriod:
		return fmt.Sprint(i)
	case byWindow:
		return Bracket{clientele.Days(i * l.window), clientele.Days((i+1)*l.window - 1)}.String()
	}
	return l.brackets[i].String()
}
