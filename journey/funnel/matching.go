package funnel

import "math/bits"

// matching puts the touches of one moment to steps, each touch to one: a maximum matching by
// augmenting paths (Kuhn, The Hungarian Method for the Assignment Problem, Naval Research
// Logistics Quarterly 2 (1955)).
type matching struct {
	steps uint32 // that any touch may fill

	masks   []uint32 // of touches, steps each may fill
	touches []int32  // index of each among the items of the moment

	required, all assignment
}

// assignment is which step each touch fills.
type assignment struct {
	step    []int8 // by touch; -1 for none
	visited []bool
	filled  int
}

// load takes the items of a moment. Of many that could fill one step as many are kept as
// there are steps, which is enough for every matching. Where moments must increase, the items
// are one touch, which may be any of them.
func (m *matching) load(items []item, steps int, increasing bool) {
	m.steps, m.masks, m.touches = 0, m.masks[:0], m.touches[:0]
	if len(items) == 1 || increasing {
		for i := range items {
			m.steps |= items[i].steps
		}
		if m.steps != 0 {
			m.masks, m.touches = append(m.masks, m.steps), append(m.touches, 0)
		}
		return
	}
	var kept [mostSteps]int
	for i := range items {
		mask := items[i].steps
		m.steps |= mask
		isNeeded := false
		for rest := mask; rest != 0; rest &= rest - 1 {
			step := bits.TrailingZeros32(rest)
			isNeeded = isNeeded || kept[step] < steps
			kept[step]++
		}
		if isNeeded {
			m.masks, m.touches = append(m.masks, mask), append(m.touches, int32(i))
		}
	}
}

// begin makes an assignment empty.
func (m *matching) begin(a *assignment) {
	a.step, a.filled = a.step[:0], 0
	for range m.masks {
		a.step = append(a.step, -1)
	}
}

// add fills one more step, changing which touches fill the others if it must; ok is false if
// it cannot be filled.
func (m *matching) add(a *assignment, step int) (ok bool) {
	a.visited = append(a.visited[:0], make([]bool, len(m.masks))...)
	if ok = m.augment(a, step); ok {
		a.filled++
	}
	return ok
}

func (m *matching) augment(a *assignment, step int) bool {
	for i, mask := range m.masks {
		if mask>>step&1 == 0 || a.visited[i] {
			continue
		}
		a.visited[i] = true
		if a.step[i] < 0 || m.augment(a, int(a.step[i])) {
			a.step[i] = int8(step)
			return true
		}
	}
	return false
}

// fill fills step from, which some touch may fill, and as many as possible of those that
// follow. It tells after which steps a chain can stop: the number of steps that are settled
// then, how many touches are used, and how many of those fill required steps.
func (m *matching) fill(p *plan, from int, stop func(until, filled, required int)) {
	if len(m.masks) == 1 {
		stop(from+1, 1, p.after[from+1]-p.after[from])
		return
	}
	m.begin(&m.required) // fills step from and the required ones
	m.begin(&m.all)      // fills as many as possible
	for step := from; step < p.steps(); step++ {
		if step > from && !p.funnel.Steps[step].After.IsZero() {
			if p.isRequired(step) {
				return
			}
			continue
		}
		if step == from || p.isRequired(step) {
			if m.steps>>step&1 == 0 || !m.add(&m.required, step) {
				return
			}
			m.add(&m.all, step)
		} else if m.steps>>step&1 == 0 || !m.add(&m.all, step) {
			continue
		}
		stop(step+1, m.all.filled, p.after[step+1]-p.after[from])
	}
}

// assign writes the touches that settle the steps from..until-1 as fill found.
func (m *matching) assign(p *plan, from, until int, items []item, c chain) {
	if len(m.masks) == 1 {
		for i := range items {
			if items[i].steps>>from&1 == 1 {
				c[from] = items[i].touch
				return
			}
		}
	}
	m.begin(&m.all)
	for _, required := range []bool{true, false} {
		for step := from; step < until; step++ {
			if required == (step == from || p.isRequired(step)) && (step == from || p.funnel.Steps[step].After.IsZero()) {
				m.add(&m.all, step)
			}
		}
	}
	for i, step := range m.all.step {
		if step >= 0 {
			c[step] = items[m.touches[i]].touch
		}
	}
}
