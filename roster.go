package clientele

import (
	"hash/maphash"
	"iter"
	"math"

	"github.com/clientele-go/clientele/internal/key"
	"github.com/clientele-go/clientele/internal/parallel"
)

// Roster numbers customers in order of first appearance: 0, 1, 2 … are their
// slots. Accumulators that share a roster share its index, which is the dearest
// part of a pass over purchases. The zero Roster is ready and empty. It may be
// read by many goroutines at once, but not while one adds to it. It holds at
// most 2³¹−1 customers and panics beyond, as a slice does.
type Roster[K ID] struct {
	ids   []K
	table []entry // open addressing, a power of two long, at most half full
	shift uint8   // an entry's home is its tag >> shift
	seed  maphash.Seed
}

// entry is a customer in the table: the tag (32 bits of the id's hash) above the
// slot plus one; 0 is a free place. Tags settle nearly all comparisons without a
// look at the id, and the table grows without hashing again.
type entry uint64

func (e entry) tag() uint32 { return uint32(e >> 32) }
func (e entry) slot() int32 { return int32(uint32(e)) - 1 }

func newEntry(tag uint32, slot int32) entry { return entry(tag)<<32 | entry(slot+1) }

// none is the slot of a customer that a roster lacks.
const none = int32(-1)

// Len returns the number of customers.
func (r *Roster[K]) Len() int { return len(r.ids) }

// ID returns the customer of a slot from 0 to Len()-1.
func (r *Roster[K]) ID(slot int32) K { return r.ids[slot] }

// Find returns the slot of a customer; ok is false when the roster lacks it.
func (r *Roster[K]) Find(id K) (slot int32, ok bool) {
	if len(r.table) == 0 {
		return none, false
	}
	slot = r.find(r.tag(id), id)
	return slot, slot != none
}

// Slot returns the slot of a customer, numbering it if it is new.
func (r *Roster[K]) Slot(id K) int32 {
	if len(r.table) == 0 {
		r.grow()
	}
	tag := r.tag(id)
	if slot := r.find(tag, id); slot != none {
		return slot
	}
	return r.add(tag, id)
}

// All yields slots and customers in order of first appearance. Customers that
// are added meanwhile may or may not be seen.
func (r *Roster[K]) All() iter.Seq2[int32, K] {
	return func(yield func(int32, K) bool) {
		for i, id := range r.ids {
			if !yield(int32(i), id) {
				return
			}
		}
	}
}

// Sorted returns the slots in the order of [CompareIDs], for reports and binary
// forms.
func (r *Roster[K]) Sorted() []int32 { return key.Order(r.ids) }

// Join adds the customers of another roster and returns, for each slot of
// other, its slot here. New customers are numbered in other's order. Look-ups
// run on up to workers goroutines (0 = GOMAXPROCS); the result does not depend
// on their number. other is only read.
func (r *Roster[K]) Join(other *Roster[K], workers int) []int32 {
	slots := make([]int32, len(other.ids))
	if r == other || len(slots) == 0 {
		for i := range slots {
			slots[i] = int32(i)
		}
		return slots
	}
	if len(r.table) == 0 {
		r.grow()
	}
	parallel.Chunks(len(slots), workers, func(lo, hi int) {
		r.findAll(other.ids[lo:hi], slots[lo:hi])
	})
	for i, slot := range slots {
		if slot == none {
			slots[i] = r.add(r.tag(other.ids[i]), other.ids[i])
		}
	}
	return slots
}

// findAll looks up ids in batches.
func (r *Roster[K]) findAll(ids []K, slots []int32) {
	var tags [batchSize]uint32
	for len(ids) > 0 {
		n := min(len(ids), batchSize)
		for i, id := range ids[:n] {
			tags[i] = r.tag(id)
		}
		r.guess(tags[:n], slots)
		for i, id := range ids[:n] {
			if s := slots[i]; s != none && r.ids[s] != id {
				slots[i] = r.find(tags[i], id)
			}
		}
		ids, slots = ids[n:], slots[n:]
	}
}

// number sets slots[i] to the slot of batch[i].Customer for up to batchSize
// purchases. A loop that resolved one customer after another would wait for the
// cache three times each; here the loops are apart (hash, guess by tag, compare
// ids), so that the waits of a batch overlap.
func (r *Roster[K]) number(batch []Purchase[K], slots []int32) {
	if len(r.table) == 0 {
		r.grow()
	}
	var tags [batchSize]uint32
	for i := range batch {
		tags[i] = r.tag(batch[i].Customer)
	}
	r.guess(tags[:len(batch)], slots)
	for i := range batch {
		if s := slots[i]; s == none || r.ids[s] != batch[i].Customer {
			slots[i] = r.Slot(batch[i].Customer)
		}
	}
}

// guess sets slots[i] to the first slot in the probe sequence of tags[i] that
// has this tag, or none.
func (r *Roster[K]) guess(tags []uint32, slots []int32) {
	table, mask, shift := r.table, uint32(len(r.table)-1), r.shift&31
	var touched entry
	for _, tag := range tags { // no branch depends on these loads, so they overlap
		touched |= table[tag>>shift&mask]
	}
	if touched == 0 {
		for i := range tags {
			slots[i] = none
		}
		return
	}
	for i, tag := range tags {
		at := tag >> shift
		for {
			e := table[at&mask]
			if e == 0 || e.tag() == tag {
				slots[i] = e.slot()
				break
			}
			at++
		}
	}
}

// find probes for an id with its tag; none when absent.
func (r *Roster[K]) find(tag uint32, id K) int32 {
	mask := uint32(len(r.table) - 1)
	for at := tag >> r.shift; ; at++ {
		e := r.table[at&mask]
		if e == 0 {
			return none
		}
		if e.tag() == tag && r.ids[e.slot()] == id {
			return e.slot()
		}
	}
}

// add numbers a customer that the roster lacks.
func (r *Roster[K]) add(tag uint32, id K) int32 {
	if len(r.ids) == math.MaxInt32 {
		panic("clientele: more than 2147483647 customers in one Roster")
	}
	if 2*(len(r.ids)+1) > len(r.table) {
		r.grow()
	}
	slot := int32(len(r.ids))
	r.ids = append(r.ids, id)
	r.place(newEntry(tag, slot))
	return slot
}

// place puts an entry into the first free place of its probe sequence.
func (r *Roster[K]) place(e entry) {
	mask := uint32(len(r.table) - 1)
	at := e.tag() >> r.shift & mask
	for r.table[at] != 0 {
		at = (at + 1) & mask
	}
	r.table[at] = e
}

// tag hashes an id.
func (r *Roster[K]) tag(id K) uint32 {
	return uint32(maphash.Comparable(r.seed, id) >> 32)
}

// grow makes the first table or doubles it. Order of appearance, not the random
// seed, decides everything that can be seen.
func (r *Roster[K]) grow() {
	const firstBits = 6
	if len(r.table) == 0 {
		r.seed = maphash.MakeSeed()
		r.table, r.shift = make([]entry, 1<<firstBits), 32-firstBits
		return
	}
	old := r.table
	r.table = make([]entry, 2*len(old))
	if r.shift > 0 {
		r.shift--
	}
	for _, e := range old {
		if e != 0 {
			r.place(e)
		}
	}
}
