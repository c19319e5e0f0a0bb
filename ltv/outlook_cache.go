package ltv

import "math"

// outlookCache keeps what was last computed for the living of some frequencies
// and ages, on which the future of the living depends alone (with the recency,
// where purchases are regular). In a base far fewer of these differ than
// customers do. A nil cache keeps nothing.
type outlookCache struct {
	places []cached
}

// cached is a place of the cache.
type cached struct {
	x          int // plus one; 0 = free
	t, recency float64
	living     living
}

// living is what the living of a frequency and age will bring.
type living struct{ expected, present float64 }

const cacheBits = 13

// look returns what is kept for a history.
func (c *outlookCache) look(s Summary, phased bool) (l living, ok bool) {
	if c == nil {
		return living{}, false
	}
	if c.places == nil {
		c.places = make([]cached, 1<<cacheBits)
	}
	p := c.place(s)
	return p.living, p.x == s.Frequency+1 && p.t == s.T && (!phased || p.recency == s.Recency)
}

// keep replaces what is kept in the place of a history.
func (c *outlookCache) keep(s Summary, l living) {
	if c != nil {
		*c.place(s) = cached{s.Frequency + 1, s.T, s.Recency, l}
	}
}

// place is the only place where a history may be.
func (c *outlookCache) place(s Summary) *cached {
	const odd = 0x9e3779b97f4a7c15
	mixed := (math.Float64bits(s.T) ^ uint64(s.Frequency)*0xd1b54a32d192ed03) * odd
	return &c.places[mixed>>(64-cacheBits)]
}
