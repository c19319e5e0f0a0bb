package cohort

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// periodTable numbers the periods of moments faster than a calendar does: a table tells the
// period of every piece of time that lies in one alone, and the calendar the others.
type periodTable struct {
	periods *clientele.Periods
	from    int64
	table   []int32 // by piece; split where a period begins within
}

const (
	pieceBits = 44 // 4.9 hours of nanoseconds
	split     = -1 << 31
)

// newPeriodTable makes a clock for many moments from one to another; n says how many.
func newPeriodTable(periods *clientele.Periods, from, to int64, n int) *periodTable {
	c := &periodTable{periods: periods, from: from}
	pieces := (uint64(to)-uint64(from))>>pieceBits + 1
	if to < from || pieces > uint64(n) {
		return c // a table would cost more than it saves
	}
	c.table = make([]int32, pieces)
	for i := range c.table {
		begin := from + int64(uint64(i)<<pieceBits)
		c.table[i] = c.steady(begin, begin+1<<pieceBits-1)
	}
	return c
}

// steady is the period of all moments from one to another, or split. Where clocks are
// changed a day may come back after it was left.
func (c *periodTable) steady(from, to int64) int32 {
	first, last := rule.Moment(from).In(c.periods.Zone()), rule.Moment(to).In(c.periods.Zone())
	_, before := first.Zone()
	_, after := last.Zone()
	period := c.periods.Index(first)
	if before != after || period != c.periods.Index(last) {
		return split
	}
	return int32(period)
}

// index is the number of the period of a moment.
func (c *periodTable) index(at int64) int {
	if piece := (uint64(at) - uint64(c.from)) >> pieceBits; piece < uint64(len(c.table)) {
		if i := c.table[piece]; i != split {
			return int(i)
		}
	}
	return c.periods.Index(rule.Moment(at))
}

// complete is the last period that has ended by a moment, itself included.
func (c *periodTable) complete(asOf int64) int { return c.index(asOf+1) - 1 }
