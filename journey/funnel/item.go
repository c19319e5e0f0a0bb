package funnel

import (
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/journey"
)

// item is a touch that matters to the funnel.
type item struct {
	at int64 // in Unix nanoseconds
	marks
	touch  int32 // index in the timeline
	moment int32 // ascending; items of one moment are ties
}

// reading is what was read of a timeline.
type reading struct {
	items []item
	ties  int // items that are ties with the one before
	later int // touches after the observation
}

// read makes items of the touches up to a moment, in memory that is used again. It returns
// an InputError without Op and Index for a timeline without a profile, a time that has no
// exact count of nanoseconds, and touches that are not in their order.
func (p *plan) read(r *reading, line *journey.Timeline, asOf int64) error {
	r.items, r.ties, r.later = r.items[:0], 0, 0
	if line.Profile == "" {
		return fault.Of("", "Profile", nil, errNoProfile)
	}
	keepAll, bySeq := p.keepsAll(), !p.funnel.Increasing
	entered := p.funnel.Per != "" || p.keepsAll()
	entry := p.entry()
	last := item{at: earliest}
	before := earliest
	for i := range line.Touches {
		t := &line.Touches[i]
		if !rule.InTime(t.At) {
			return fault.Of("", place(i)+"At", t.At, rule.Time(t.At))
		}
		at := t.At.UnixNano()
		if at <= before && (at < before || t.Seq < line.Touches[i-1].Seq) {
			return fault.Of("", place(i)+"At", t.At, errUnordered)
		}
		before = at
		if at > asOf {
			r.later++
			continue
		}
		m := p.marks(t)
		if m == (marks{}) && !keepAll {
			continue
		}
		if at != last.at || bySeq && t.Seq != line.Touches[last.touch].Seq {
			last.moment++
			if !entered {
				r.items = r.items[:0] // what stands before the first entry fills no step
			}
		} else {
			r.ties++
		}
		entered = entered || m.steps&entry != 0
		last = item{at, m, int32(i), last.moment}
		r.items = append(r.items, last)
	}
	return nil
}

// earliest is before all moments.
const earliest = -latest - 1

// keepsAll reports whether touches that are no step matter too.
func (p *plan) keepsAll() bool {
	return p.funnel.Order == StrictOrder || p.funnel.ClickHouse != nil && p.funnel.ClickHouse.StrictOrder
}

// entry are the steps with which a chain can begin.
func (p *plan) entry() uint32 {
	if p.funnel.Order == AnyOrder {
		return p.all()
	}
	return 1
}

// momentEnd is the index after the items that share the moment of item i.
func momentEnd(items []item, i int) int {
	end := i + 1
	for end < len(items) && items[end].moment == items[i].moment {
		end++
	}
	return end
}
