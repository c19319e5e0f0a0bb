package rfm

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/clientele-go/clientele/internal/parallel"
	"github.com/clientele-go/clientele/internal/table"
)

// merge adds o's columns to c's: o's slot i to slots[i]. All slots are different, so that
// chunks can be merged at the same time. Those whose sums need the shared c.wide are left
// for a second round in one goroutine. o is only read.
func (c *columns) merge(slots []int32, o *columns) {
	slots = slots[:min(len(slots), o.life.Len())]
	var mu sync.Mutex
	var rest []int32
	var touched atomic.Int64
	parallel.Chunks(len(slots), c.cfg.Workers, func(lo, hi int) {
		var left []int32
		for ; lo < hi; lo += table.Ahead {
			end := min(lo+table.Ahead, hi)
			touched.Add(c.touch(slots[lo:end]))
			for i := lo; i < end; i++ {
				if !c.mergeNarrow(slots[i], o, int32(i)) {
					left = append(left, int32(i))
				}
			}
		}
		mu.Lock()
		defer mu.Unlock()
		rest = append(rest, left...)
	})
	slices.Sort(rest)
	for _, i := range rest {
		c.mergeWide(slots[i], o, i)
	}
	c.later += o.later
}

// mergeNarrow merges a slot whose sums fit in themselves; otherwise it reports false and
// has changed nothing.
func (c *columns) mergeNarrow(slot int32, o *columns, from int32) bool {
	sum := c.life.At(slot).total
	if !sum.Plus(o.life.At(from).total) || !c.life.At(slot).recent.narrow() || !o.life.At(from).recent.narrow() {
		return false
	}
	if c.cfg.Window > 0 {
		in := c.window.At(slot).sum
		if !in.Plus(o.window.At(from).sum) {
			return false
		}
		c.window.At(slot).sum = in
	}
	c.life.At(slot).total = sum
	c.mergeRest(slot, o, from)
	return true
}

// mergeWide merges a slot whose sums may need c.wide.
func (c *columns) mergeWide(slot int32, o *columns, from int32) {
	c.wide.Join(&c.life.At(slot).total, &o.wide, o.life.At(from).total)
	if c.cfg.Window > 0 {
		c.wide.Join(&c.window.At(slot).sum, &o.wide, o.window.At(from).sum)
	}
	c.mergeRest(slot, o, from)
}

// mergeRest merges all but the sums.
func (c *columns) mergeRest(slot int32, o *columns, from int32) {
	l, m := c.life.At(slot), o.life.At(from)
	if c.cfg.Rolling {
		inside := c.inside.At(slot)
		*inside = append(*inside, *o.inside.At(from)...)
	}
	switch {
	case m.n == 0:
		return
	case l.n == 0:
		l.first, l.last = m.first, m.last
	}
	l.first, l.last, l.n = min(l.first, m.first), max(l.last, m.last), l.n+m.n
	if c.cfg.Window > 0 {
		c.window.At(slot).n += o.window.At(from).n
	}
	c.recent.merge(&l.recent, &o.recent, &m.recent)
	if c.cfg.Amounts {
		a := c.amounts.At(slot)
		*a = append(*a, *o.amounts.At(from)...)
	}
}
