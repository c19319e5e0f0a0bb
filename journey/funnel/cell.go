package funnel

// state is a chain that waits for its next step.
type state struct {
	end    int64 // last moment of its window
	last   int64 // moment of its last touch
	record int32
}

// cell has the chains that wait for one step. For a step without limits of its own, that is
// the best one.
type cell struct {
	best   state
	has    bool
	openTo int64 // latest end of the windows of chains whose last touch filled the step before; earliest for none

	early heap // chains for which the step comes too early, the first to be ready on top
	ready heap // chains that can go on, the best on top
}

// clear forgets all chains.
func (c *cell) clear() {
	c.has, c.openTo = false, earliest
	c.early.all, c.ready.all = c.early.all[:0], c.ready.all[:0]
}

// wants reports whether a chain whose window ends at a moment is kept: where the step has
// limits all are, elsewhere the one with the latest end, of equal ones the first.
func (c *cell) wants(end int64, p *plan, step int) bool {
	return p.isLimited(step) || !c.has || end > c.best.end
}

// put keeps a chain that waits for a step.
func (c *cell) put(s state, p *plan, step int) {
	if !p.isLimited(step) {
		c.best, c.has = s, true
		return
	}
	limits := &p.funnel.Steps[step]
	w := waiting{state: s, from: limits.After.after(s.last, p.zone), until: latest}
	if !limits.Within.IsZero() {
		w.until = limits.Within.after(s.last, p.zone)
	}
	c.early.push(w, isSooner)
}

// at returns the best chain that can go on at a moment; moments only grow.
func (c *cell) at(now int64) (best state, ok bool) {
	if c.has && c.best.end >= now {
		return c.best, true
	}
	for len(c.early.all) > 0 && c.early.all[0].from <= now {
		c.ready.push(c.early.pop(isSooner), isLonger)
	}
	for len(c.ready.all) > 0 && min(c.ready.all[0].until, c.ready.all[0].end) < now {
		c.ready.pop(isLonger)
	}
	if len(c.ready.all) == 0 {
		return state{}, false
	}
	return c.ready.all[0].state, true
}

// waiting is a chain whose next step has limits: it must come within from..until.
type waiting struct {
	state
	from, until int64
}

func isSooner(a, b *waiting) bool { return a.from < b.from || a.from == b.from && a.last < b.last }

func isLonger(a, b *waiting) bool { return a.end > b.end || a.end == b.end && a.last < b.last }

// heap keeps the first by an order on top.
type heap struct{ all []waiting }

func (h *heap) push(w waiting, isBefore func(a, b *waiting) bool) {
	h.all = append(h.all, w)
	for i := len(h.all) - 1; i > 0; {
		up := (i - 1) / 2
		if !isBefore(&h.all[i], &h.all[up]) {
			return
		}
		h.all[i], h.all[up] = h.all[up], h.all[i]
		i = up
	}
}

func (h *heap) pop(isBefore func(a, b *waiting) bool) waiting {
	top, last := h.all[0], len(h.all)-1
	h.all[0] = h.all[last]
	h.all = h.all[:last]
	for i := 0; ; {
		first := i
		for child := 2*i + 1; child <= 2*i+2 && child < last; child++ {
			if isBefore(&h.all[child], &h.all[first]) {
				first = child
			}
		}
		if first == i {
			return top
		}
		h.all[i], h.all[first] = h.all[first], h.all[i]
		i = first
	}
}
