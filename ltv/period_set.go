package ltv

import (
	"iter"

	"github.com/clientele-go/clientele/internal/table"
)

// period is the number of a calendar period with its sign bit turned: 0 is none,
// since no time has a period so far back, and the order is that of time.
type period uint32

const signBit = 1 << 31

func periodOf(index int) period { return period(int32(index)) ^ signBit }

func (u period) index() int { return int(int32(u ^ signBit)) }

// after is the number of periods from v to u.
func (u period) after(v period) int { return int(int64(u) - int64(v)) }

// periodSet is a customer's set of distinct periods: the earliest stand in the
// customer's own record, the others in a chain of blocks.
type periodSet struct {
	own   []period // ascending; the first n are in use
	n     *int32
	chain *periodChain // empty while own is not full
}

// periodChain is an ascending list of blocks; the zero periodChain is empty.
type periodChain struct {
	head, tail int32 // 0 = none
}

// periodBlocks are what the chains of all customers consist of. One period more costs
// constant time at either end of a customer's, where streams in order of time put
// it, and else a walk along the chain.
type periodBlocks struct {
	table table.Table[periodBlock] // block 0 belongs to no chain
	used  int32
}

// blockPeriods makes a block a cache line.
const blockPeriods = 14

// periodBlock holds ascending periods that are above those of the blocks before.
type periodBlock struct {
	periods [blockPeriods]period // the first n are in use
	n       int32
	next    int32 // 0 at the end
}

func newPeriodBlocks() periodBlocks {
	var b periodBlocks
	b.take()
	return b
}

func (b *periodBlocks) at(i int32) *periodBlock { return b.table.At(i) }

// take returns a new block. Pointers to blocks that were got before are void.
func (b *periodBlocks) take() int32 {
	b.used++
	b.table.Grow(int(b.used))
	return b.used - 1
}

// add adds a period to a set. One that finds no place among the set's own moves the
// last of them to the front of the chain.
func (b *periodBlocks) add(s periodSet, u period) {
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

// addToChain adds a period to a chain.
func (b *periodBlocks) addToChain(c *periodChain, u period) {
	b.begin(c)
	from := c.tail
	if u < b.at(from).periods[0] {
		from = c.head
	}
	b.addFrom(c, from, u)
}

// begin gives an empty chain its first block.
func (b *periodBlocks) begin(c *periodChain) {
	if c.tail == 0 {
		c.head = b.take()
		c.tail = c.head
	}
}

// addFrom adds a period to a chain, searching from a block that does not lie behind
// its place, and returns the block that holds it.
func (b *periodBlocks) addFrom(c *periodChain, at int32, u period) int32 {
	p := b.at(at)
	for p.next != 0 && b.at(p.next).periods[0] <= u {
		at = p.next
		p = b.at(at)
	}
	i := below(p.periods[:p.n], u)
	switch {
	case i < p.n && p.periods[i] == u:
	case p.n < blockPeriods:
		p.insert(i, u)
	default:
		return b.addFull(c, at, i, u)
	}
	return at
}

// addFull adds a period that belongs to place i of a full block. At the ends of the
// chain a block begins; elsewhere the full one is halved, so that no order of
// arrival leaves many blocks nearly empty.
func (b *periodBlocks) addFull(c *periodChain, at, i int32, u period) int32 {
	const half = blockPeriods / 2
	added := b.take()
	full, p := b.at(at), b.at(added)
	switch {
	case i == 0 && at == c.head:
		p.next, c.head = at, added
		p.insert(0, u)
		return added
	case i == blockPeriods && at == c.tail:
		full.next, c.tail = added, added
		p.insert(0, u)
		return added
	}
	full.n, p.n = half, int32(copy(p.periods[:], full.periods[half:]))
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

func (p *periodBlock) insert(i int32, u period) {
	insert(p.periods[:], i, p.n, u)
	p.n++
}

// below counts the periods below u among ascending ones.
func below(ascending []period, u period) int32 {
	i := len(ascending)
	for i > 0 && ascending[i-1] >= u {
		i--
	}
	return int32(i)
}

// insert puts u at place i of n periods, which are fewer than the list can hold.
func insert(into []period, i, n int32, u period) {
	copy(into[i+1:n+1], into[i:n])
	into[i] = u
}

// join adds the periods of a set of o in one walk along both.
func (b *periodBlocks) join(s periodSet, o *periodBlocks, from periodSet) {
	var at int32 // block of the last period in the chain
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

// all yields the periods of a set in ascending order.
func (b *periodBlocks) all(s periodSet) iter.Seq[period] {
	return func(yield func(period) bool) {
		for _, u := range s.own[:*s.n] {
			if !yield(u) {
				return
			}
		}
		for at := s.chain.head; at != 0; {
			p := b.at(at)
			for _, u := range p.periods[:p.n] {
				if !yield(u) {
					return
				}
			}
			at = p.next
		}
	}
}

// contains reports whether a period is in a set; of one after all others, as those
// of a holdout mostly are, it knows at once.
func (b *periodBlocks) contains(s periodSet, u period) bool {
	if b.last(s) >= u {
		for v := range b.all(s) {
			if v >= u {
				return v == u
			}
		}
	}
	return false
}

// len is the number of periods in a set.
func (b *periodBlocks) len(s periodSet) int {
	n := int(*s.n)
	for at := s.chain.head; at != 0; {
		p := b.at(at)
		n += int(p.n)
		at = p.next
	}
	return n
}

// last is the last period of a set; 0 of an empty one.
func (b *periodBlocks) last(s periodSet) period {
	switch {
	case s.chain.tail != 0:
		p := b.at(s.chain.tail)
		return p.periods[p.n-1]
	case *s.n != 0:
		return s.own[*s.n-1]
	}
	return 0
}

// reset empties all chains, whose heads and tails the caller zeroes.
func (b *periodBlocks) reset() {
	b.table.Reset()
	b.used = 1
}

func (b *periodBlocks) clone() periodBlocks { return periodBlocks{b.table.Clone(), b.used} }
