package exact

import (
	"math"
	"math/bits"
)

// Nearest is the float64 nearest to a whole number, the least significant word first, of
// units of 2^unit; infinite where that is beyond all.
func Nearest(words []uint64, unit int) float64 {
	top, at := Leading(words)
	if at > 0 && below(words, at) {
		top |= 1 // so that what is left decides a tie; float64 rounds to 53 of the 64 bits
	}
	return math.Ldexp(float64(top), unit+at)
}

// Leading are the 64 bits from the first that is set on, or all bits of a number that has
// fewer, and how many bits come after them.
func Leading(words []uint64) (top uint64, at int) {
	i := len(words) - 1
	for i > 0 && words[i] == 0 {
		i--
	}
	if i == 0 {
		return words[0], 0
	}
	zeros := bits.LeadingZeros64(words[i])
	return words[i]<<zeros | words[i-1]>>(64-zeros), 64*i - zeros
}

// below reports whether any of the last bits is set.
func below(words []uint64, n int) bool {
	for _, w := range words[:n/64] {
		if w != 0 {
			return true
		}
	}
	return words[n/64]<<(64-n%64) != 0
}
