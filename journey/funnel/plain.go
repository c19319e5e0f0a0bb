package funnel

import "math/bits"

// plainSearch finds the chains of a funnel with required steps in order and nothing else,
// which is what most funnels are, in O(1) an item. Forward, it keeps for each step the latest
// end of the window of a chain that waits for it. Backward, it keeps the earliest end of the
// rest of a chain from each step on, and so finds the first entry that suffices. A property
// test proves it equal to [orderedSearch].
type plainSearch struct {
	steps   int
	entries span
	end     [mostSteps + 1]int64 // by step, see above; forward or backward
	deepest int

	// The chain that the first entry, or the one that was found, makes.
	chain  chain
	filled int
	until  int64 // end of its window
}

// find returns the depth of the deepest chain and fills the one that begins first; ok is
// false for items that it cannot judge: ties of which one may fill several steps.
func (s *plainSearch) find(p *plan, items []item, entries span, c chain) (d depth, ok bool) {
	s.steps, s.entries, s.chain = p.steps(), entries, c
	s.begin()
	for i := 0; i < s.steps; i++ {
		s.end[i] = earliest
	}
	if !s.forward(p, items) {
		return depth{}, false
	}
	if s.filled < s.deepest {
		begin := s.backward(p, items)
		s.begin()
		s.until = p.end(items[begin].at)
		for i := begin; s.filled < s.deepest; {
			end := momentEnd(items, i)
			s.follow(items[i:end], i == begin)
			i = end
		}
	}
	return depth{required: s.deepest}, true
}

// begin makes the chain empty.
func (s *plainSearch) begin() {
	s.filled = 0
	for i := range s.chain {
		s.chain[i] = -1
	}
}

// forward finds how deep any chain gets, and follows the chain of the first entry.
func (s *plainSearch) forward(p *plan, items []item) (ok bool) {
	s.deepest = 0
	for i := 0; i < len(items) && s.filled < s.steps; {
		begin := i
		steps := items[i].steps
		if i++; i < len(items) && items[i].moment == items[begin].moment {
			if steps, i, ok = union(items, begin); !ok {
				return false
			}
		}
		now, isEntry := items[begin].at, false
		if steps&1 == 1 && s.entries.has(now) {
			isEntry = true
			if s.filled == 0 {
				s.until = p.end(now)
			}
		}
		if s.filled > 0 || isEntry {
			s.follow(items[begin:i], isEntry)
		}
		s.extend(p, steps, now, i-begin > 1, isEntry)
	}
	return true
}

// extend lets the chains that are open longest go on with the steps of a moment: upwards
// where several touches share it, since each can fill one step after the other; downwards for
// a single touch, which fills one.
func (s *plainSearch) extend(p *plan, steps uint32, now int64, upwards, isEntry bool) {
	for steps != 0 {
		step := bits.TrailingZeros32(steps)
		if !upwards {
			step = 31 - bits.LeadingZeros32(steps)
		}
		steps &^= 1 << step
		var until int64
		if step == 0 {
			if !isEntry {
				continue
			}
			until = p.end(now)
		} else if until = s.end[step-1]; until < now {
			continue
		}
		s.end[step] = max(s.end[step], until)
		s.deepest = max(s.deepest, step+1)
	}
}

// union is all steps that the items of a moment may fill, and the index after them; ok is
// false if one of several may fill more than one step.
func union(items []item, begin int) (steps uint32, end int, ok bool) {
	end = momentEnd(items, begin)
	for i := begin; i < end; i++ {
		if one := items[i].steps; one&(one-1) != 0 {
			return 0, end, false
		}
		steps |= items[i].steps
	}
	return steps, end, true
}

// follow lets the chain go on with the items of a moment, of which each fills one step.
func (s *plainSearch) follow(moment []item, isEntry bool) {
	if moment[0].at > s.until || s.filled == 0 && !isEntry {
		return
	}
	for s.filled < s.steps {
		i := 0
		for i < len(moment) && moment[i].steps>>s.filled&1 == 0 {
			i++
		}
		if i == len(moment) {
			return
		}
		s.chain[s.filled] = moment[i].touch
		if s.filled++; len(moment) == 1 {
			return
		}
	}
}

// backward returns the index of the first item of the moment at which the first chain begins
// that gets deepest.
func (s *plainSearch) backward(p *plan, items []item) (start int) {
	last := s.deepest - 1
	for i := range s.deepest {
		s.end[i] = latest
	}
	for end := len(items); end > 0; {
		begin := end - 1
		for begin > 0 && items[begin-1].moment == items[begin].moment {
			begin--
		}
		now := items[begin].at
		steps, _, _ := union(items, begin)
		if end-begin == 1 {
			steps = items[begin].steps
		}
		for rest := steps & (1<<s.deepest - 1); rest != 0; {
			step := 31 - bits.LeadingZeros32(rest)
			if end-begin == 1 {
				step = bits.TrailingZeros32(rest)
			}
			rest &^= 1 << step
			done := now
			if step < last {
				done = s.end[step+1]
			}
			if step > 0 {
				s.end[step] = min(s.end[step], done)
			} else if s.entries.has(now) && done <= p.end(now) {
				start = begin
			}
		}
		end = begin
	}
	return start
}
