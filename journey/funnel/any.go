package funnel

import (
	"math/bits"
	"slices"
)

// anySearch finds the largest number of steps, in any order, that touches within a window
// fill. Sets of touches that can fill different steps are the independent sets of a matroid
// (Edmonds & Fulkerson, Transversals and Matroid Partition, Journal of Research NBS 69B
// (1965)). Of the touches so far it keeps a basis, in which those stay whose window is open
// longest: its touches whose window is still open are then as many as any set can have. An
// item takes O(n²) for n steps.
type anySearch struct {
	plan          *plan
	required, all basis

	begin    int   // first item that no exclusion has spoiled
	openTo   int64 // latest end of a window that an entry began; earliest for none
	best     depth
	bestFrom int // items of the moment at which the best was reached: those from bestFrom on, which no exclusion spoiled,
	bestEnd  int // and before bestEnd
}

func newAnySearch(p *plan) *anySearch { return &anySearch{plan: p} }

// reach is as [searcher] says. A chain may begin with any touch that is a step.
func (s *anySearch) reach(items []item, entries span, trace chain, mayDrop bool) (d depth, isDropped bool) {
	s.reset(0)
	s.best = depth{}
	full := depth{s.plan.after[s.plan.steps()], s.plan.optional()}
	for i := 0; i < len(items); {
		end := momentEnd(items, i)
		now, spoils := items[i].at, spoilsOf(items[i:end])
		wasOpen := s.openTo >= now
		s.moment(items, i, end, entries)
		if s.best == full {
			break
		}
		if spoils != 0 { // what stood before is spoiled, and the moment itself begins anew
			if mayDrop && wasOpen && spoils&s.plan.drops != 0 {
				return depth{}, true
			}
			s.reset(i)
			s.moment(items, i, end, entries)
		}
		i = end
	}
	if trace != nil {
		s.trace(items, entries, trace)
	}
	return s.best, false
}

// reset forgets the touches before an item.
func (s *anySearch) reset(begin int) {
	s.required.clear()
	s.all.clear()
	s.begin, s.openTo = begin, earliest
}

// moment adds the items of a moment and notes how deep a chain gets with them.
func (s *anySearch) moment(items []item, begin, end int, entries span) {
	now := items[begin].at
	s.required.expire(now)
	s.all.expire(now)
	if now < entries.from {
		return
	}
	until := s.plan.end(now)
	add := func(steps uint32) {
		if steps == 0 {
			return
		}
		if entries.has(now) {
			s.openTo = max(s.openTo, until)
		}
		s.required.add(candidate{steps & s.plan.required, until})
		s.all.add(candidate{steps, until})
	}
	if s.plan.funnel.Increasing {
		add(stepsOf(items[begin:end]))
	} else {
		for i := begin; i < end; i++ {
			add(items[i].steps)
		}
	}
	if s.openTo < now {
		return
	}
	d := depth{required: len(s.required.members)}
	d.optional = len(s.all.members) - d.required
	if d.isDeeper(s.best) {
		s.best, s.bestFrom, s.bestEnd = d, s.begin, end
	}
}

// stepsOf are all steps that items may fill.
func stepsOf(items []item) (steps uint32) {
	for i := range items {
		steps |= items[i].steps
	}
	return steps
}

// trace fills the chain, given that entries are of one moment: one entry fills a step, then
// required steps are filled in their order, then optional ones.
func (s *anySearch) trace(items []item, entries span, c chain) {
	for i := range c {
		c[i] = -1
	}
	if s.best == (depth{}) {
		return
	}
	var touches matching
	now := items[s.bestEnd-1].at
	for i := s.bestFrom; i < s.bestEnd; {
		end := i + 1
		if s.plan.funnel.Increasing {
			end = momentEnd(items, i)
		}
		if steps := stepsOf(items[i:end]); steps != 0 && items[i].at >= entries.from && s.plan.end(items[i].at) >= now {
			touches.masks, touches.touches = append(touches.masks, steps), append(touches.touches, int32(i))
		}
		i = end
	}
	touches.begin(&touches.all)
	first := touches.masks[0]
	if required := first & s.plan.required; required != 0 {
		first = required
	}
	touches.add(&touches.all, bits.TrailingZeros32(first))
	for _, required := range []bool{true, false} {
		for step := range s.plan.steps() {
			if s.plan.isRequired(step) == required && !slices.Contains(touches.all.step, int8(step)) {
				touches.add(&touches.all, step)
			}
		}
	}
	for i, step := range touches.all.step {
		if step >= 0 {
			at := int(touches.touches[i])
			for items[at].steps>>step&1 == 0 {
				at++ // within the moment, where times must increase
			}
			c[step] = items[at].touch
		}
	}
}

// candidate is a touch that may fill steps, with the end of the window that it begins.
type candidate struct {
	steps uint32
	until int64
}

// basis are touches that fill different steps.
type basis struct {
	members []member
	visited uint32 // steps, in the present search
}

// member is a touch of a basis.
type member struct {
	candidate
	step int8 // that it fills
}

func (b *basis) clear() { b.members = b.members[:0] }

// expire forgets touches whose window has ended.
func (b *basis) expire(now int64) {
	b.members = slices.DeleteFunc(b.members, func(m member) bool { return m.until < now })
}

// add adds a touch. If it cannot fill a step besides the others, the touch with the earliest
// end leaves of those that could give it a place.
func (b *basis) add(c candidate) {
	if c.steps == 0 {
		return
	}
	b.visited = 0
	if step, ok := b.place(c.steps); ok {
		b.members = append(b.members, member{c, step})
		return
	}
	first := -1
	for i := range b.members {
		m := &b.members[i]
		if b.visited>>m.step&1 == 1 && m.until < c.until && (first < 0 || m.until < b.members[first].until) {
			first = i
		}
	}
	if first < 0 {
		return
	}
	b.members = slices.Delete(b.members, first, first+1)
	b.visited = 0
	if step, ok := b.place(c.steps); ok {
		b.members = append(b.members, member{c, step})
	}
}

// place finds a step for a touch, moving others to another step if it must. Otherwise
// visited are the steps that it could have.
func (b *basis) place(steps uint32) (step int8, ok bool) {
	for rest := steps &^ b.visited; rest != 0; rest = steps &^ b.visited {
		step := int8(bits.TrailingZeros32(rest))
		b.visited |= 1 << step
		holder := slices.IndexFunc(b.members, func(m member) bool { return m.step == step })
		if holder < 0 {
			return step, true
		}
		if next, ok := b.place(b.members[holder].steps); ok {
			b.members[holder].step = next
			return step, true
		}
	}
	return 0, false
}
