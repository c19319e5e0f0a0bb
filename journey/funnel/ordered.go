package funnel

import "math/bits"

// orderedSearch finds chains of steps in their order, moment by moment. Its state is, for each
// number of steps that are settled, filled or left out, and of optional ones that are filled,
// the chain whose window is open longest: it can do whatever the others can. Where a step has
// limits of its own, the chains of all touches that may still go on are kept. A moment takes
// O(n) matchings of its ties, and memory is that of the states, or with limits of as many for
// each touch.
type orderedSearch struct {
	plan *plan
	most int // largest number of optional steps

	cells []cell // by settled steps, then optional ones
	fresh []move // what the present moment adds
	ties  matching

	isTracing bool
	records   []record // of chains that are kept, for tracing

	best   depth
	bestAt int32 // record of the chain that got there first; -1 for none
}

// record is a moment's part of a chain.
type record struct {
	parent      int32 // record of the moment before; -1 for none
	item        int32 // first item of the moment
	from, until uint8 // steps that are settled in it
}

// move is a chain that went on in the present moment, from so many settled steps to so many.
// Its record is that of the moment before.
type move struct {
	state
	from, until, optional int
	touches               int    // that it fills
	spoiled               uint32 // steps, a bit each, before which it was spoiled: it cannot go on with them
}

func newOrderedSearch(p *plan) *orderedSearch {
	s := &orderedSearch{plan: p, most: p.optional()}
	s.cells = make([]cell, (p.steps()+1)*(s.most+1))
	return s
}

// cell is the state of chains with so many settled steps and so many optional ones.
func (s *orderedSearch) cell(settled, optional int) *cell {
	return &s.cells[settled*(s.most+1)+optional]
}

// reach is as [searcher] says.
func (s *orderedSearch) reach(items []item, entries span, trace chain, mayDrop bool) (d depth, isDropped bool) {
	for i := range s.cells {
		s.cells[i].clear()
	}
	s.isTracing, s.records, s.best, s.bestAt = trace != nil, s.records[:0], depth{}, -1
	full := depth{s.plan.after[s.plan.steps()], s.most}
	for i := 0; i < len(items); {
		end := momentEnd(items, i)
		s.moment(items, i, end, entries)
		if s.best == full {
			break
		}
		if spoils := spoilsOf(items[i:end]); s.spoil(spoils, end-i, items[i].at) && mayDrop {
			return depth{}, true
		}
		for _, m := range s.fresh {
			s.put(m, i)
		}
		i = end
	}
	if trace != nil {
		s.trace(items, trace)
	}
	return s.best, false
}

// spoilsOf are the exclusions of a moment.
func spoilsOf(items []item) (spoils uint32) {
	for i := range items {
		spoils |= items[i].spoils
	}
	return spoils
}

// moment lets chains go on with the items of a moment, which all have one time.
func (s *orderedSearch) moment(items []item, begin, end int, entries span) {
	s.fresh = s.fresh[:0]
	now := items[begin].at
	s.ties.load(items[begin:end], s.plan.steps(), s.plan.funnel.Increasing)
	for from := s.plan.steps() - 1; from >= 0; from-- { // chains that got further before come first
		if s.ties.steps>>from&1 == 0 {
			continue
		}
		if from == 0 {
			if entries.has(now) {
				s.advance(move{state: state{s.plan.end(now), now, -1}}, 0, now, begin)
			}
			continue
		}
		for optional := range s.most + 1 {
			if best, ok := s.cell(from, optional).at(now); ok {
				s.advance(move{state: best, optional: optional}, from, now, begin)
			}
		}
	}
}

// advance lets a chain, of which step from is the next that is filled, go on as far as the
// items of the moment allow, and notes everywhere it can stop.
func (s *orderedSearch) advance(m move, from int, now int64, begin int) {
	m.from, m.last = from, now
	optional := m.optional
	s.ties.fill(s.plan, from, func(until, filled, required int) {
		m.until, m.optional, m.touches = until, optional+filled-required, filled
		s.fresh = append(s.fresh, m)
		if d := (depth{s.plan.after[until], m.optional}); d.isDeeper(s.best) {
			s.best, s.bestAt = d, s.record(&m, begin)
		}
	})
}

// record records a move, for tracing, and returns the number of the record.
func (s *orderedSearch) record(m *move, begin int) int32 {
	if !s.isTracing {
		return -1
	}
	s.records = append(s.records, record{m.state.record, int32(begin), uint8(m.from), uint8(m.until)})
	return int32(len(s.records) - 1)
}

// spoil ends what the touches of a moment spoil: chains that wait for a step before which
// they spoil, unless the moment took them past. It reports whether one takes the case out.
func (s *orderedSearch) spoil(spoils uint32, touches int, now int64) (drops bool) {
	if s.plan.funnel.Order == StrictOrder {
		s.spoilBetween(cover{1, s.plan.steps() - 1}, func(m *move) bool { return m.from == 0 || m.touches == touches })
	}
	if spoils == 0 {
		return false
	}
	furthest := s.furthest(now)
	for rest := spoils; rest != 0; rest &= rest - 1 {
		x := bits.TrailingZeros32(rest)
		c := s.plan.covers[x]
		drops = drops || s.plan.drops>>x&1 == 1 && c.from <= furthest && furthest <= c.until
		s.spoilBetween(c, func(m *move) bool { return m.from < c.from || m.from > c.until })
	}
	return drops
}

// spoilBetween ends the chains that wait for a step of a cover. Those of the present moment
// that escape, since the touch may stand before them, go on.
func (s *orderedSearch) spoilBetween(c cover, escapes func(*move) bool) {
	for settled := c.from; settled <= c.until; settled++ {
		for optional := range s.most + 1 {
			s.cell(settled, optional).clear()
		}
	}
	for i := range s.fresh {
		if m := &s.fresh[i]; !escapes(m) {
			m.spoiled |= 1<<(c.until+1) - 1<<c.from
		}
	}
}

// furthest is the largest number of settled steps of a chain whose window is open, counting
// what the present moment adds; 0 for none. Steps that were merely left out do not count.
func (s *orderedSearch) furthest(now int64) int {
	most := 0
	for _, m := range s.fresh {
		if m.from > 0 {
			most = max(most, m.until)
		}
	}
	for settled := s.plan.steps(); settled > most; settled-- {
		for optional := range s.most + 1 {
			if s.cell(settled, optional).openTo >= now {
				return settled
			}
		}
	}
	return most
}

// put adds a chain where it stands, and where it stands when optional steps are left out.
// Begin is the first item of the moment.
func (s *orderedSearch) put(m move, begin int) {
	if m.spoiled>>m.until&1 == 0 {
		c := s.cell(m.until, m.optional)
		c.openTo = max(c.openTo, m.end)
	}
	kept, isKept := m.state, false
	for step := m.until; step < s.plan.steps(); step++ {
		c := s.cell(step, m.optional)
		if m.spoiled>>step&1 == 0 && c.wants(m.end, s.plan, step) {
			if !isKept {
				kept.record, isKept = s.record(&m, begin), true
			}
			c.put(kept, s.plan, step)
		}
		if s.plan.isRequired(step) {
			return
		}
	}
}

// trace fills the chain that got deepest first.
func (s *orderedSearch) trace(items []item, c chain) {
	for i := range c {
		c[i] = -1
	}
	for at := s.bestAt; at >= 0; at = s.records[at].parent {
		r := s.records[at]
		begin := int(r.item)
		moment := items[begin:momentEnd(items, begin)]
		s.ties.load(moment, s.plan.steps(), s.plan.funnel.Increasing)
		s.ties.assign(s.plan, int(r.from), int(r.until), moment, c)
	}
}
