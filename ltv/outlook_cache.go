package ltv

import "math"

// outlookCache keeps what was last computed for some frequencies and times. In a
// base far fewer of these differ than customers do. A nil cache keeps nothing.
type outlookCache struct {
	futures []cachedFuture
	tails   []cachedTail
}

// cachedFuture is what the living of a frequency and an age will bring, on which
// that depends alone; with the recency, where purchases are regular.
type cachedFuture struct {
	x          int // plus one; 0 = free
	t, recency float64
	living     living
}

// living is what the living of a frequency and age will bring.
type living struct{ expected, present float64 }

// cachedTail is a part of the probability of being alive that depends on the
// frequency and a time.
type cachedTail struct {
	x        int // plus one; 0 = free
	t, value float64
}

const cacheBits = 13

// look returns what is kept for a history.
func (c *outlookCache) look(s Summary, phased bool) (l living, ok bool) {
	if c == nil {
		return living{}, false
	}
	if c.futures == nil {
		c.futures = make([]cachedFuture, 1<<cacheBits)
	}
	p := &c.futures[cachePlace(s.Frequency, s.T)]
	return p.living, p.x == s.Frequency+1 && p.t == s.T && (!phased || p.recency == s.Recency)
}

// keep replaces what is kept in the place of a history.
func (c *outlookCache) keep(s Summary, l living) {
	if c != nil {
		c.futures[cachePlace(s.Frequency, s.T)] = cachedFuture{s.Frequency + 1, s.T, s.Recency, l}
	}
}

// lookTail returns what is kept for a frequency and a time.
func (c *outlookCache) lookTail(x int, t float64) (value float64, ok bool) {
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
func (c *outlookCache) keepTail(x int, t, value float64) {
	if c != nil {
		c.tails[cachePlace(x, t)] = cachedTail{x + 1, t, value}
	}
}

// cachePlace is the only place where a frequency and a time may be.
func cachePlace(x int, t float64) uint64 {
	const odd = 0x9e3779b97f4a7c15
	return (math.Float64bits(t) ^ uint64(x)*0xd1b54a32d192ed03) * odd >> (64 - cacheBits)
}
