package path

import (
	"iter"
	"math/bits"
	"slices"
)

// edgeStat is what is known of a pair of steps that follow each other.
type edgeStat struct {
	count      int
	waited     nanos // sum of the waits
	least      int64 // shortest wait
	most       int64 // longest wait
	overlaps   int   // pairs of which the second began before the first ended
	overlapped nanos // sum of those overlaps
}

// nanos is a sum of nanoseconds that cannot overflow.
type nanos struct{ hi, lo uint64 }

func (n *nanos) add(d uint64) {
	var carry uint64
	n.lo, carry = bits.Add64(n.lo, d, 0)
	n.hi += carry
}

func (n *nanos) plus(o nanos) {
	n.add(o.lo)
	n.hi += o.hi
}

// mean is the sum divided by the number of addends, each below 2⁶³.
func (n nanos) mean(count int) int64 {
	quotient, _ := bits.Div64(n.hi, n.lo, uint64(count))
	return int64(quotient)
}

// edgeTable has the pairs of steps: a square while there are few labels, a map beyond.
type edgeTable struct {
	side       int // labels that the square holds
	square     []edgeStat
	sparse     map[edgeKey]*edgeStat
	keepsWaits bool
	waits      map[edgeKey][]int64
}

type edgeKey struct{ from, to int32 }

// widest is the largest side of the square: 4.7 MB.
const widest = 256

// fit makes the square hold so many labels, up to widest.
func (t *edgeTable) fit(labels int) {
	if labels <= t.side || t.side == widest {
		return
	}
	old, side := *t, min(widest, max(16, 2*labels))
	t.side, t.square = side, make([]edgeStat, side*side)
	for i, row := range slices.Collect(slices.Chunk(old.square, max(old.side, 1))) {
		copy(t.square[i*side:], row)
	}
}

// at is the entry of a pair, which is made where there is none.
func (t *edgeTable) at(k edgeKey) *edgeStat {
	if int(k.from) < t.side && int(k.to) < t.side {
		return &t.square[int(k.from)*t.side+int(k.to)]
	}
	e := t.sparse[k]
	if e == nil {
		if t.sparse == nil {
			t.sparse = make(map[edgeKey]*edgeStat)
		}
		e = new(edgeStat)
		t.sparse[k] = e
	}
	return e
}

// add counts a pair of steps.
func (t *edgeTable) add(from, to *step) {
	k := edgeKey{from.label, to.label}
	e := t.at(k)
	wait := int64(0)
	if to.from >= from.end {
		wait = to.from - from.end
	} else {
		e.overlaps++
		e.overlapped.add(uint64(from.end - to.from))
	}
	if e.count == 0 || wait < e.least {
		e.least = wait
	}
	e.most = max(e.most, wait)
	e.count++
	e.waited.add(uint64(wait))
	if t.keepsWaits {
		if t.waits == nil {
			t.waits = make(map[edgeKey][]int64)
		}
		t.waits[k] = append(t.waits[k], wait)
	}
}

// all yields the pairs that occur.
func (t *edgeTable) all() iter.Seq2[edgeKey, *edgeStat] {
	return func(yield func(edgeKey, *edgeStat) bool) {
		for i := range t.square {
			if e := &t.square[i]; e.count > 0 && !yield(edgeKey{int32(i / t.side), int32(i % t.side)}, e) {
				return
			}
		}
		for k, e := range t.sparse {
			if !yield(k, e) {
				return
			}
		}
	}
}

// merge adds the pairs of another table, whose labels have these numbers here.
func (t *edgeTable) merge(o *edgeTable, here []int32) {
	for k, e := range o.all() {
		k := edgeKey{here[k.from], here[k.to]}
		own := t.at(k)
		if own.count == 0 || e.least < own.least {
			own.least = e.least
		}
		own.most = max(own.most, e.most)
		own.count += e.count
		own.overlaps += e.overlaps
		own.waited.plus(e.waited)
		own.overlapped.plus(e.overlapped)
	}
	for k, waits := range o.waits {
		if t.waits == nil {
			t.waits = make(map[edgeKey][]int64)
		}
		k := edgeKey{here[k.from], here[k.to]}
		t.waits[k] = append(t.waits[k], waits...)
	}
}
