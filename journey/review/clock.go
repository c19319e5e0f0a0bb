package review

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// clock tells periods, and what is late.
type clock struct {
	periods      *clientele.Periods
	since, until int64 // bounds of the moments that count, until not included
	closesAfter  int64 // nanoseconds after the end of a period; 0 = never
	closed       map[int32]int64
}

func newClock(cfg *Config, periods *clientele.Periods) clock {
	c := clock{
		periods: periods, since: rule.FirstNanos(), until: rule.LastNanos(),
		closesAfter: int64(cfg.ClosesAfter.Duration()), closed: make(map[int32]int64),
	}
	if !cfg.Since.IsZero() {
		c.since = cfg.Since.UnixNano()
	}
	if !cfg.Until.IsZero() {
		c.until = cfg.Until.UnixNano()
	} else {
		c.until++ // the last moment is one that counts
	}
	return c
}

// counts reports whether a moment is within the bounds.
func (c *clock) counts(nanos int64) bool { return c.since <= nanos && nanos < c.until }

// index is the number of the period that holds a moment.
func (c *clock) index(nanos int64) int32 { return int32(c.periods.Index(rule.Moment(nanos))) }

// isLate reports whether a review was written late, or arrived when its period was closed.
func (c *clock) isLate(r *row) bool {
	if r.isTardy || c.closesAfter == 0 {
		return r.isTardy
	}
	return r.arrived > c.closes(c.index(r.at))
}

// closes is the moment after which a period is closed.
func (c *clock) closes(period int32) int64 {
	end, ok := c.closed[period]
	if !ok {
		if start := c.periods.Start(int(period) + 1); rule.InTime(start) && start.UnixNano() <= rule.LastNanos()-c.closesAfter {
			end = start.UnixNano() + c.closesAfter
		} else {
			end = rule.LastNanos()
		}
		c.closed[period] = end
	}
	return end
}
