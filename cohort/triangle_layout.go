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

	asOf     int64
	period   int // that holds asOf
	complete int // the last period that has ended by asOf
	today    int // the day that holds asOf
	lastDay  int // the last day that has ended by asOf
}

type columnKind uint8

const (
	byPeriod columnKind = iota
	byWindow
	byBracket
)

// newLayout needs a configuration that was filled.
func newLayout(c *TriangleConfig, periods *clientele.Periods, l *book) (*layout, error) {
	k := &layout{
		cohorts: newPeriodTable(periods, l.from, l.to, l.n), window: c.Window, brackets: c.Brackets,
		asOf: c.AsOf.UnixNano(),
	}
	k.period, k.complete = k.cohorts.index(k.asOf), k.cohorts.complete(k.asOf)
	switch {
	case c.Window > 0:
		k.kind = byWindow
	case len(c.Brackets) > 0:
		k.kind = byBracket
	default:
		return k, nil
	}
	days, err := clientele.Calendar{Zone: c.Calendar.Zone}.Open()
	if err != nil {
		return nil, err
	}
	k.days = newPeriodTable(days, l.from, l.to, l.n)
	k.today, k.lastDay = k.days.index(k.asOf), k.days.complete(k.asOf)
	return k, nil
}

// start is what a customer's columns count from: the period or the day.
func (k *layout) start(at int64) int {
	if k.kind == byPeriod {
		return k.cohorts.index(at)
	}
	return k.days.index(at)
}

// none is the column of what lies in none.
const none = -1

// of returns the column that holds a moment, for a customer whose columns count from
// start; none outside.
func (k *layout) of(start int, at int64) int {
	switch k.kind {
	case byPeriod:
		return max(k.cohorts.index(at)-start, none)
	case byWindow:
		if day := k.days.index(at) - start; day >= 0 {
			return day / k.window
		}
		return none
	}
	day := k.days.index(at) - start
	if i := k.begun(day) - 1; i >= 0 && day <= k.brackets[i].To {
		return i
	}
	return none
}

// upTo returns the last column that begins no later than a moment.
func (k *layout) upTo(start int, at int64) int {
	if k.kind == byBracket {
		return k.begun(k.days.index(at)-start) - 1
	}
	return k.of(start, at)
}

// begun is the number of brackets that begin by a day.
func (k *layout) begun(day int) int {
	return sort.Search(len(k.brackets), func(i int) bool { return k.brackets[i].From > day })
}

// span returns how many columns have ended by asOf and how many have begun.
func (k *layout) span(start int) (ended, begun int) {
	switch k.kind {
	case byPeriod:
		return max(k.complete-start+1, 0), k.period - start + 1
	case byWindow:
		return max(k.lastDay-start+1, 0) / k.window, (k.today-start)/k.window + 1
	}
	ended = sort.Search(len(k.brackets), func(i int) bool { return k.brackets[i].To > k.lastDay-start })
	return ended, k.begun(k.today - start)
}

// name of a column.
func (k *layout) name(i int) string {
	switch k.kind {
	case byPeriod:
		return fmt.Sprint(i)
	case byWindow:
		return Bracket{i * k.window, (i+1)*k.window - 1}.String()
	}
	return k.brackets[i].String()
}
