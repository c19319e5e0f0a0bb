package kernel

import "math"

// Cache keeps what was last computed for some frequencies and times. A base has far fewer
// different frequencies and times than customers. A nil cache keeps nothing.
type Cache struct {
	futures []cachedFuture
	tails   []cachedTail
}

// cachedFuture is what the living of a frequency and an age will bring, on which
// that depends alone; with the recency, where purchases are regular.
type cachedFuture struct {
	x          int // plus one; 0 = free
	t, recency float64
	future     Future
}

// Future is what the living will bring in a horizon.
type Future struct {
	Expected float64 // mean purchases
	Present  float64 // the mean of their discounted sum
}

// cachedTail is a part of the probability of being alive that depends on the
// frequency and a time.
type cachedTail struct {
	x        int // plus one; 0 = free
	t, value float64
}

const cacheBits = 13

// Find returns what was kept for the living with a history, or with one like it: of the
// same frequency and age, and recency where that matters, see [Phased].
func (c *Cache) Find(s Summary, phased bool) (f Future, ok bool) {
	if c == nil {
		return Future{}, false
	}
	if c.futures == nil {
		c.futures = make([]cachedFuture, 1<<cacheBits)
	}
	p := &c.futures[cachePlace(s.Frequency, s.T)]
	return p.future, p.x == s.Frequency+1 && p.t == s.T && (!phased || p.recency == s.Recency)
}

// Keep keeps what the living with a history will bring.
func (c *Cache) Keep(s Summary, f Future) {
	if c != nil {
		c.futures[cachePlace(s.Frequency, s.T)] = cachedFuture{s.Frequency + 1, s.T, s.Recency, f}
	}
}

// Phased reports whether the living of one frequency and age differ by recency: where
// they buy at regular intervals.
func Phased(k Kernel) bool {
	g, ok := k.(BetaGeometric)
	return ok && g.K > 1
}

// Alive is [Kernel.Alive] of k, with the help of a cache.
func (c *Cache) Alive(k Kernel, s Summary) float64 {
	if l, ok := k.(Lifetime); ok && c != nil {
		return l.aliveBy(s, c)
	}
	return k.Alive(s)
}

// lookTail returns what is kept for a frequency and a time.
func (c *Cache) lookTail(x int, t float64) (value float64, ok bool) {
	if c == nil {
		return 0, false
	}
	if c.tails == nil {
		c.tails = make([]cachedTail, 1<<cacheBits)
	}
	p := &c.tails[cachePlace(x, t)]
	return p.value, p.x == x+1 && p.t == t
}

// keepTail replaces what is kept in the place of a frequency and a time.
func (c *Cache) keepTail(x int, t, value float64) {
	if c != nil {
		c.tails[cachePlace(x, t)] = cachedTail{x + 1, t, value}
	}
}

// cachePlace is the only place where a frequency and a time may be.
func cachePlace(x int, t float64) uint64 {
	const odd = 0x9e3779b97f4a7c15
	return (math.Float64bits(t) ^ uint64(x)*0xd1b54a32d192ed03) * odd >> (64 - cacheBits)
}
