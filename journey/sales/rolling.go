package sales

import (
	"time"

	"github.com/clientele-go/clientele/internal/rule"
)

// Window is what a person had in one rolling window.
type Window struct {
	First time.Time `json:"first"` // when the first day of the window begins
	Until time.Time `json:"until"` // when the window ends: the beginning of the day after its last, or AsOf

	Measures
}

// stretch is where a window is in time.
type stretch struct {
	span
	start, end time.Time
}

// windows are the rolling windows, by time: the last one ends at AsOf, and one each at the
// end of the periods before. Windows that begin before Since are left out, since they are not
// whole.
func (c *Counter[K]) windows() (all []stretch) {
	if c.cfg.Rolling == 0 {
		return nil
	}
	periods, _ := c.cfg.Calendar.Open()
	period := periods.Index(c.cfg.AsOf)
	for i := c.cfg.Points - 1; i >= 0; i-- {
		last, end := c.days.Index(c.cfg.AsOf), c.cfg.AsOf
		if i > 0 {
			end = periods.Start(period - i + 1)
			last = c.days.Index(end) - 1
		}
		first := last - int(c.cfg.Rolling) + 1
		start := c.days.Start(first)
		if !rule.InTime(start) || start.UnixNano() < c.since {
			continue
		}
		until := end.UnixNano()
		if i > 0 {
			until--
		}
		all = append(all, stretch{span{start.UnixNano(), until, first, last}, start, end})
	}
	return all
}

// rolling is what people had in each window together.
func rolling(windows []stretch, by counting, level float64, people ...*person) (all []Window) {
	for _, w := range windows {
		var s sums
		for _, p := range people {
			s.add(by, new(p.within(w.span)))
		}
		all = append(all, Window{w.start, w.end, s.measures(level)})
	}
	return all
}

// pointers are the people of a list.
func pointers(people []person) (all []*person) {
	for i := range people {
		all = append(all, &people[i])
	}
	return all
}
