package rfm

import (
	"slices"
	"sync"

	"github.com/clientele-go/clientele/internal/parallel"
)

// merge adds o's columns to c's: o's slot i to slots[i], which are different
// from each other, so that chunks of them can be merged at the same time. Slots
// whose sums need the shared wide totals are left for a second, single-file
// round. o is only read.
func (c *columns) merge(slots []int32, o *columns) {
	slots = slots[:min(len(slots), len(o.life))]
	var mu sync.Mutex
	var wide []int32
	parallel.Chunks(len(slots), c.cfg.Workers, func(lo, hi int) {
		for i := lo; i < hi; i++ {
			if !c.mergeNarrow(slots[i], o, int32(i)) {
				mu.Lock()
				wide = append(wide, int32(i))
				mu.Unlock()
			}
		}
	})
	slices.Sort(wide)
	for _, i := range wide {
		c.mergeWide(slots[i], o, i)
	}
	c.later += o.later
}

// mergeNarrow merges a slot that needs no wide total; otherwise it reports false
// and has changed nothing.
func (c *columns) mergeNarrow(slot int32, o *columns, from int32) bool {
	sum := c.life[slot].total
	if !sum.Plus(o.life[from].total) || !c.life[slot].recent.narrow() || !o.life[from].recent.narrow() {
		return false
	}
	if c.cfg.Window > 0 {
		in := c.window[slot].sum
		if !in.Plus(o.window[from].sum) {
			return false
		}
		c.window[slot].sum = in
	}
	c.life[slot].total = sum
	c.mergeRest(slot, o, from)
	return true
}

// mergeWide merges a slot whose sums may need the wide totals.
func (c *columns) mergeWide(slot int32, o *columns, from int32) {
	c.wide.Join(&c.life[slot].total, &o.wide, o.life[from].total)
	if c.cfg.Window > 0 {
		c.wide.Join(&c.window[slot].sum, &o.wide, o.window[from].sum)
	}
	c.mergeRest(slot, o, from)
}

// mergeRest merges all but the sums.
func (c *columns) mergeRest(slot int32, o *columns, from int32) {
	l, m := &c.life[slot], &o.life[from]
	switch {
	case m.n == 0:
		return
	case l.n == 0:
		l.first, l.last = m.first, m.last
	}
	l.first, l.last, l.n = min(l.first, m.first), max(l.last, m.last), l.n+m.n
	if c.cfg.Window > 0 {
		c.window[slot].n += o.window[from].n
	}
	c.recent.merge(&l.recent, &o.recent, &m.recent)
	if c.cfg.Amounts {
		c.amounts[slot] = append(c.amounts[slot], o.amounts[from]...)
	}
}
