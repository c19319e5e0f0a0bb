package ltv

import (
	"iter"

	"github.com/clientele-go/clientele/internal/table"
)

// unit is the number of a calendar period with its sign bit turned: 0 is none,
// since no time has a period so far back, and the order is that of time.
type unit uint32

const signBit = 1 << 31

func unitOf(period int) unit { return unit(int32(period)) ^ signBit }

func (u unit) period() int { return int(int32(u ^ signBit)) }

// after is the number of periods from v to u.
func (u unit) after(v unit) int { return int(int64(u) - int64(v)) }

// units is a customer's set of distinct units: the earliest stand in the
// customer's own record, the others in a chain of blocks.
type units struct {
	own   []unit // ascending; the first n are in use
	n     *int32
	chain *unitChain // empty while own is not full
}

// unitChain is an ascending list of blocks; the zero unitChain is empty.
type unitChain struct {
	head, tail int32 // 0 = none
}

// unitBlocks are what the chains of all customers consist of. One unit more costs
// constant time at either end of a customer's, where streams in order of time put
// it, and else a walk along the chain.
type unitBlocks struct {
	table table.Table[unitBlock] // block 0 belongs to no chain
	used  int32
}

// blockUnits makes a block a cache line.
const blockUnits = 14

// unitBlock holds ascending units that are above those of the blocks before.
type unitBlock struct {
	units [blockUnits]unit // the first n are in use
	n     int32
	next  int32 // 0 at the end
}

func newUnitBlocks() unitBlocks {
	var b unitBlocks
	b.take()
	return b
}

func (b *unitBlocks) at(i int32) *unitBlock { return b.table.At(i) }

// take returns a new block. Pointers to blocks that were got before are void.
func (b *unitBlocks) take() int32 {
	b.used++
	b.table.Grow(int(b.used))
	return b.used - 1
}

// add adds a unit to a set. One that finds no place among the set's own moves the
// last of them to the front of the chain.
func (b *unitBlocks) add(s units, u unit) {
	n := *s.n
	i := below(s.own[:n], u)
	switch {
	case i < n && s.own[i] == u:
	case n < int32(len(s.own)):
		insert(s.own, i, n, u)
		*s.n++
	case i == n:
		b.addToChain(s.chain, u)
	default:
		b.addToChain(s.chain, s.own[n-1])
		insert(s.own, i, n-1, u)
	}
}

// addToChain adds a unit to a chain.
func (b *unitBlocks) addToChain(c *unitChain, u unit) {
	b.begin(c)
	from := c.tail
	if u < b.at(from).units[0] {
		from = c.head
	}
	b.addFrom(c, from, u)
}

// begin gives an empty chain its first block.
func (b *unitBlocks) begin(c *unitChain) {
	if c.tail == 0 {
		c.head = b.take()
		c.tail = c.head
	}
}

// addFrom adds a unit to a chain, searching from a block that does not lie behind
// its place, and returns the block that holds it.
func (b *unitBlocks) addFrom(c *unitChain, at int32, u unit) int32 {
	p := b.at(at)
	for p.next != 0 && b.at(p.next).units[0] <= u {
		at = p.next
		p = b.at(at)
	}
	i := below(p.units[:p.n], u)
	switch {
	case i < p.n && p.units[i] == u:
	case p.n < blockUnits:
		p.insert(i, u)
	default:
		return b.addFull(c, at, i, u)
	}
	return at
}

// addFull adds a unit that belongs to place i of a full block. At the ends of the
// chain a block begins; elsewhere the full one is halved, so that no order of
// arrival leaves many blocks nearly empty.
func (b *unitBlocks) addFull(c *unitChain, at, i int32, u unit) int32 {
	const half = blockUnits / 2
	added := b.take()
	full, p := b.at(at), b.at(added)
	switch {
	case i == 0 && at == c.head:
		p.next, c.head = at, added
		p.insert(0, u)
		return added
	case i == blockUnits && at == c.tail:
		full.next, c.tail = added, added
		p.insert(0, u)
		return added
	}
	full.n, p.n = half, int32(copy(p.units[:], full.units[half:]))
	full.next, p.next = added, full.next
	if at == c.tail {
		c.tail = added
	}
	if i <= half {
		full.insert(i, u)
		return at
	}
	p.insert(i-half, u)
	return added
}

func (p *unitBlock) insert(i int32, u unit) {
	insert(p.units[:], i, p.n, u)
	p.n++
}

// below counts the units below u among ascending ones.
func below(ascending []unit, u unit) int32 {
	i := len(ascending)
	for i > 0 && ascending[i-1] >= u {
		i--
	}
	return int32(i)
}

// insert puts u at place i of n units, behind which there is room.
func insert(into []unit, i, n int32, u unit) {
	copy(into[i+1:n+1], into[i:n])
	into[i] = u
}

// join adds the units of a set of o in one walk along both.
func (b *unitBlocks) join(s units, o *unitBlocks, from units) {
	var at int32 // block of the last unit in the chain
	for u := range o.all(from) {
		if full := int(*s.n) == len(s.own); !full || u <= s.own[*s.n-1] {
			b.add(s, u)
			continue
		}
		if at == 0 {
			b.begin(s.chain)
			at = s.chain.head
		}
		at = b.addFrom(s.chain, at, u)
	}
}

// all yields the units of a set in ascending order.
func (b *unitBlocks) all(s units) iter.Seq[unit] {
	return func(yield func(unit) bool) {
		for _, u := range s.own[:*s.n] {
			if !yield(u) {
				return
			}
		}
		for at := s.chain.head; at != 0; {
			p := b.at(at)
			for _, u := range p.units[:p.n] {
				if !yield(u) {
					return
				}
			}
			at = p.next
		}
	}
}

// contains reports whether a unit is in a set; of one after all others, as those
// of a holdout mostly are, it knows at once.
func (b *unitBlocks) contains(s units, u unit) bool {
	if b.last(s) >= u {
		for v := range b.all(s) {
			if v >= u {
				return v == u
			}
		}
	}
	return false
}

// len is the number of units in a set.
func (b *unitBlocks) len(s units) int {
	n := int(*s.n)
	for at := s.chain.head; at != 0; {
		p := b.at(at)
		n += int(p.n)
		at = p.next
	}
	return n
}

// last is the last unit of a set; 0 of an empty one.
func (b *unitBlocks) last(s units) unit {
	switch {
	case s.chain.tail != 0:
		p := b.at(s.chain.tail)
		return p.units[p.n-1]
	case *s.n != 0:
		return s.own[*s.n-1]
	}
	return 0
}

// reset empties all chains, whose heads and tails the caller zeroes.
func (b *unitBlocks) reset() {
	b.table.Reset()
	b.used = 1
}

func (b *unitBlocks) clone() unitBlocks { return unitBlocks{b.table.Clone(), b.used} }
