package funnel

import (
	"cmp"
	"slices"
)

// ClickHouse names the modes of windowFunnel in which that database would be asked, as of its
// version 26.7, for reports that have to agree with it. Its answers can differ from the
// longest chain: one touch may fill two steps that match it, and with StrictIncrease a later
// touch of a step can overwrite an earlier one that would have done. The zero ClickHouse is
// the function without modes. Its mode strict_once is what a Funnel answers without ClickHouse.
type ClickHouse struct {
	StrictOrder         bool `json:"strictOrder,omitempty"`         // strict_order: stop where another touch comes once the first step was seen
	StrictDeduplication bool `json:"strictDeduplication,omitempty"` // strict_deduplication: stop where a step other than the first comes again
	StrictIncrease      bool `json:"strictIncrease,omitempty"`      // strict_increase: times must grow
	AllowReentry        bool `json:"allowReentry,omitempty"`        // allow_reentry: under StrictOrder, pass over steps that come too early
}

// clickHouseSearch answers as windowFunnel does: it goes through the touches once, by time and
// then by step, and keeps for each step one chain, the last that got there.
type clickHouseSearch struct {
	plan   *plan
	modes  ClickHouse
	events []clickHouseEvent
	levels []clickHouseLevel
}

// clickHouseEvent is a touch as one step; step -1 is a touch that fills no step.
type clickHouseEvent struct {
	at    int64
	step  int
	touch int32
}

// clickHouseLevel is the chain that got to a step last.
type clickHouseLevel struct {
	isReached  bool
	until, at  int64 // end of the window, and moment of the last touch
	wholeChain chain
}

func newClickHouseSearch(p *plan) *clickHouseSearch {
	return &clickHouseSearch{plan: p, modes: *p.funnel.ClickHouse, levels: make([]clickHouseLevel, p.steps())}
}

// reach is as [searcher] says, but for the chain, which is the one that it found.
func (s *clickHouseSearch) reach(items []item, entries span, trace chain, _ bool) (d depth, isDropped bool) {
	s.load(items, entries)
	for i := range s.levels {
		l := &s.levels[i]
		l.isReached, l.wholeChain = false, l.wholeChain[:0]
	}
	level := s.level()
	if trace != nil {
		for i := range trace {
			trace[i] = -1
		}
		if level > 0 {
			copy(trace, s.levels[level-1].wholeChain)
		}
	}
	return depth{required: level}, false
}

// load lists the touches as steps, by time and then by step.
func (s *clickHouseSearch) load(items []item, entries span) {
	s.events = s.events[:0]
	for i := range items {
		it := &items[i]
		if it.steps == 0 && s.modes.StrictOrder {
			s.events = append(s.events, clickHouseEvent{it.at, -1, it.touch})
		}
		for step := range s.plan.steps() {
			if it.steps>>step&1 == 1 && (step > 0 || entries.has(it.at)) {
				s.events = append(s.events, clickHouseEvent{it.at, step, it.touch})
			}
		}
	}
	slices.SortStableFunc(s.events, func(a, b clickHouseEvent) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.step, b.step))
	})
}

// level goes through the events and returns how many steps are reached.
func (s *clickHouseSearch) level() int {
	for _, e := range s.events {
		isBegun := s.levels[0].isReached
		switch {
		case e.step < 0:
			if isBegun {
				return s.highest()
			}
		case e.step == 0:
			s.levels[0].set(nil, s.plan.end(e.at), e)
		case s.modes.StrictDeduplication && s.levels[e.step].isReached:
			return s.highest()
		case !s.levels[e.step-1].isReached:
			if s.modes.StrictOrder && isBegun && !s.modes.AllowReentry {
				return slices.IndexFunc(s.levels, func(l clickHouseLevel) bool { return !l.isReached })
			}
		default:
			before := &s.levels[e.step-1]
			if e.at <= before.until && (!s.modes.StrictIncrease || before.at < e.at) {
				s.levels[e.step].set(before.wholeChain, before.until, e)
			}
		}
		if s.levels[len(s.levels)-1].isReached {
			break
		}
	}
	return s.highest()
}

// set makes the chain of a level that of the level before and one more touch.
func (l *clickHouseLevel) set(before chain, until int64, e clickHouseEvent) {
	l.isReached, l.until, l.at = true, until, e.at
	l.wholeChain = append(append(l.wholeChain[:0], before...), e.touch)
}

// highest is the number of the highest step that is reached.
func (s *clickHouseSearch) highest() int {
	for i := len(s.levels); i > 0; i-- {
		if s.levels[i-1].isReached {
			return i
		}
	}
	return 0
}
