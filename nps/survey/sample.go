package survey

import "strconv"

// Sampled reports whether a customer is in the share of customers that a salt selects. It
// depends on its arguments alone and does not change between versions of the library:
// whoever is in a share is in every greater one, and different salts select independently.
// A share of 1 or more selects everybody, and a share of 0 or less nobody.
//
// The salt, a zero byte and the id are hashed by 64-bit FNV-1a (Fowler, Noll & Vo) and
// mixed by the finaliser of SplitMix64 (Steele, Lea & Flood, Fast Splittable Pseudorandom
// Number Generators, OOPSLA 2014). A customer is in the share if the upper 53 bits, divided
// by 2^53, are below it.
func Sampled(salt, customer string, share float64) bool {
	return newLottery(salt).draw(customer) < share
}

// lottery draws a number for each customer: the hash of a salt and the zero byte, from
// which that of the customer is continued.
type lottery uint64

func newLottery(salt string) lottery {
	const offset = 14695981039346656037
	return lottery(offset).with(salt) * prime
}

const prime = 1099511628211

// with continues the hash with a text.
func (l lottery) with(text string) lottery {
	for i := range len(text) {
		l = (l ^ lottery(text[i])) * prime
	}
	return l
}

// at is the lottery of a moment, in nanoseconds since 1970: drawn anew each time.
func (l lottery) at(now int64) lottery { return l.with(strconv.FormatInt(now, 10)) * prime }

// draw returns the number of a customer, in [0, 1).
func (l lottery) draw(customer string) float64 {
	h := l.with(customer)
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	h ^= h >> 31
	return float64(h>>11) / (1 << 53)
}
