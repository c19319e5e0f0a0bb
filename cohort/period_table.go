package cohort

import (
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// periodTable finds the number of the period of a moment faster than a calendar does:
// time is cut into pieces, and a table holds the period of each piece that lies in a
// single one. The calendar is asked only for moments in the other pieces.
type periodTable struct {
	periods *clientele.Periods
	from    int64
	table   []int32 // by piece; split where a period begins within
}

const (
	pieceBits = 44 // 4.9 hours in nanoseconds
	split     = -1 << 31
)

// newPeriodTable makes a table for n moments that lie between two.
func newPeriodTable(periods *clientele.Periods, from, to int64, n int) *periodTable {
	t := &periodTable{periods: periods, from: from}
	pieces := (uint64(to)-uint64(from))>>pieceBits + 1
	if to < from || pieces > uint64(n) {
		return t // a table would cost more than it saves
	}
	t.table = make([]int32, pieces)
	for i := range t.table {
		begin := from + int64(uint64(i)<<pieceBits)
		t.table[i] = t.single(begin, begin+1<<pieceBits-1)
	}
	return t
}

// periodTable makes a table for the payments of a book.
func (b *book) periodTable(periods *clientele.Periods) *periodTable {
	return newPeriodTable(periods, b.from, b.to, b.n)
}

// span is the number of the first period of a book and how many there are up to AsOf, of which
// there must not be too many for a table that has a row for each.
func (t *periodTable) span(faults *clientele.ConfigError, from int64, asOf time.Time) (first, n int, err error) {
	first = t.index(from)
	n = max(t.index(asOf.UnixNano())-first+1, 0)
	if n > rule.MostPeriods {
		faults.Add("AsOf", asOf, rule.ErrPeriods)
	}
	return first, n, faults.Err()
}

// single is the period of all moments from one to another, or split. Where clocks are
// changed, a day that has ended may come back.
func (t *periodTable) single(from, to int64) int32 {
	first, last := rule.Moment(from).In(t.periods.Zone()), rule.Moment(to).In(t.periods.Zone())
	_, before := first.Zone()
	_, after := last.Zone()
	period := t.periods.Index(first)
	if before != after || period != t.periods.Index(last) {
		return split
	}
	return int32(period)
}

// index is the number of the period of a moment.
func (t *periodTable) index(at int64) int {
	if piece := (uint64(at) - uint64(t.from)) >> pieceBits; piece < uint64(len(t.table)) {
		if i := t.table[piece]; i != split {
			return int(i)
		}
	}
	return t.periods.Index(rule.Moment(at))
}

// lastEnded is the number of the last period that has ended by a moment, itself
// included.
func (t *periodTable) lastEnded(asOf int64) int { return t.index(asOf+1) - 1 }
