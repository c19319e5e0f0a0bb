package clientele

import (
	"hash/maphash"
	"iter"
	"math"
	"slices"
	"sync/atomic"

	"github.com/clientele-go/clientele/internal/key"
	"github.com/clientele-go/clientele/internal/parallel"
)

// Roster numbers customers in order of first appearance: 0, 1, 2 … are their slots.
// Accumulators that share a roster look each customer up once, which takes most of the time
// of a pass over purchases. The zero Roster is ready and empty. It may be read by many
// goroutines at once, but not while one adds to it. It keeps copies of string ids, so that
// a reader may cut ids from whatever it read. It holds at most 2³¹−1 customers and panics
// beyond.
type Roster[K ID] struct {
	ids   []K
	table []entry[K] // open addressing, a power of two long, at most half full
	shift uint8      // an entry's home is its tag >> shift
	seed  maphash.Seed

	touched uint32 // see touch
}

// entry is a customer in the table. The tag, 32 bits of the id's hash, settles
// nearly all comparisons, and lets the table grow without hashing again. The id is
// here as well as in ids, so that a look-up misses the cache once.
type entry[K ID] struct {
	id   K
	tag  uint32
	past int32 // slot plus one; 0 = no entry
}

// none is the slot of a customer that a roster lacks.
const none = int32(-1)

// Len returns the number of customers.
func (r *Roster[K]) Len() int {
	if r == nil {
		return 0
	}
	return len(r.ids)
}

// ID returns the customer of a slot, which is from 0 to Len()-1.
func (r *Roster[K]) ID(slot int32) K { return r.ids[slot] }

// Find returns the slot of a customer; ok is false when the roster lacks it.
func (r *Roster[K]) Find(id K) (slot int32, ok bool) {
	if r == nil || len(r.table) == 0 {
		return none, false
	}
	slot = r.find(r.tag(id), id)
	return slot, slot != none
}

// Slot returns the slot of a customer, who gets the next one if new.
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

// Slots appends the slots of customers to dst, one an id; new customers get the next ones.
// It is [Roster.Slot] for many at once, whose look-ups do not wait for each other.
func (r *Roster[K]) Slots(dst []int32, ids []K) []int32 {
	if len(ids) == 0 {
		return dst
	}
	if len(r.table) == 0 {
		r.grow()
	}
	var tags [batchSize]uint32
	dst = slices.Grow(dst, len(ids))
	for batch := range slices.Chunk(ids, batchSize) {
		for i, id := range batch {
			tags[i] = r.tag(id)
		}
		r.touched += r.touch(tags[:len(batch)])
		for i, id := range batch {
			slot := r.find(tags[i], id)
			if slot == none {
				slot = r.add(tags[i], id)
			}
			dst = append(dst, slot)
		}
	}
	return dst
}

// All yields slots and customers in order of first appearance. Customers who
// are added meanwhile may or may not be seen.
func (r *Roster[K]) All() iter.Seq2[int32, K] {
	return func(yield func(int32, K) bool) {
		if r == nil {
			return
		}
		for i, id := range r.ids {
			if !yield(int32(i), id) {
				return
			}
		}
	}
}

// Sorted returns the slots in the order of their customers' ids, which is that of
// reports and binary forms: numbers ascending, strings and 16-byte ids bytewise.
func (r *Roster[K]) Sorted() []int32 {
	if r == nil {
		return nil
	}
	return key.Order(r.ids)
}

// Join adds the customers of another roster and returns, for each slot of
// other, its slot here. New customers are numbered in other's order. Look-ups
// run on up to workers goroutines (0 = GOMAXPROCS); the result does not depend
// on their number. other is only read.
func (r *Roster[K]) Join(other *Roster[K], workers int) []int32 {
	slots := make([]int32, other.Len())
	if r == other || len(slots) == 0 {
		for i := range slots {
			slots[i] = int32(i)
		}
		return slots
	}
	if len(r.table) == 0 {
		r.grow()
	}
	var touched atomic.Uint32
	parallel.Chunks(len(slots), workers, func(lo, hi int) {
		touched.Add(r.findAll(other.ids[lo:hi], slots[lo:hi]))
	})
	for i, slot := range slots {
		if slot == none {
			slots[i] = r.addOwn(r.tag(other.ids[i]), other.ids[i])
		}
	}
	return slots
}

// findAll looks up ids in batches; the sum means nothing, see touch.
func (r *Roster[K]) findAll(ids []K, slots []int32) (touched uint32) {
	var tags [batchSize]uint32
	for len(ids) > 0 {
		n := min(len(ids), batchSize)
		for i, id := range ids[:n] {
			tags[i] = r.tag(id)
		}
		touched += r.touch(tags[:n])
		for i, id := range ids[:n] {
			slots[i] = r.find(tags[i], id)
		}
		ids, slots = ids[n:], slots[n:]
	}
	return touched
}

// number sets slots[i] to the slot of batch[i].Customer for up to batchSize
// purchases. A loop that resolved one customer after another would wait for the
// cache each time; here the loops are apart (hash, touch, find), so that the waits
// of a batch overlap.
func (r *Roster[K]) number(batch []Purchase[K], slots []int32) {
	if len(r.table) == 0 {
		r.grow()
	}
	var tags [batchSize]uint32
	for i := range batch {
		tags[i] = r.tag(batch[i].Customer)
	}
	r.touched += r.touch(tags[:len(batch)])
	for i := range batch {
		id := batch[i].Customer
		if slots[i] = r.find(tags[i], id); slots[i] == none {
			slots[i] = r.add(tags[i], id)
		}
	}
}

// touch loads the homes of some tags into the cache, as tables of values do with theirs.
// Nothing waits for these loads, so they overlap; the sum, which means nothing, keeps them
// from being optimised away.
func (r *Roster[K]) touch(tags []uint32) (sum uint32) {
	table, mask, shift := r.table, uint32(len(r.table)-1), r.shift&31
	for _, tag := range tags {
		sum += table[tag>>shift&mask].tag
	}
	return sum
}

// find probes for an id with its tag; none when absent.
func (r *Roster[K]) find(tag uint32, id K) int32 {
	table, mask := r.table, uint32(len(r.table)-1)
	for at := tag >> (r.shift & 31); ; at++ {
		e := &table[at&mask]
		if e.tag == tag && e.id == id || e.past == 0 {
			return e.past - 1
		}
	}
}

// add numbers a customer that the roster lacks. It keeps a copy of the id, which may be a
// piece of something large.
func (r *Roster[K]) add(tag uint32, id K) int32 { return r.addOwn(tag, key.Clone(id)) }

// addOwn is add for an id that is a copy already.
func (r *Roster[K]) addOwn(tag uint32, id K) int32 {
	if len(r.ids) == math.MaxInt32 {
		panic("clientele: more than 2147483647 customers in one Roster")
	}
	if 2*(len(r.ids)+1) > len(r.table) {
		r.grow()
	}
	r.ids = append(r.ids, id)
	r.insert(entry[K]{id, tag, int32(len(r.ids))})
	return int32(len(r.ids) - 1)
}

// insert puts an entry into the first free place of its probe sequence.
func (r *Roster[K]) insert(e entry[K]) {
	mask := uint32(len(r.table) - 1)
	at := e.tag >> (r.shift & 31) & mask
	for r.table[at].past != 0 {
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
		r.table, r.shift = make([]entry[K], 1<<firstBits), 32-firstBits
		return
	}
	old := r.table
	r.table = make([]entry[K], 2*len(old))
	if r.shift > 0 {
		r.shift--
	}
	for _, e := range old {
		if e.past != 0 {
			r.insert(e)
		}
	}
}
