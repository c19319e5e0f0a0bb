package nps

import (
	"math"
	"math/bits"

	"github.com/clientele-go/clientele/internal/exact"
)

// The weights that are not 0 lie between these, so that sums of weights and of their
// squares are exact in the words of weightSum and squareSum: 2^53 weights of mostWeight are
// below 2^103, and the last bit of leastWeight is 2^-102.
const (
	leastWeight = 1e-15
	mostWeight  = 1e15
	lastBit     = -102
)

// weightSum is a sum of weights, exact, and so the same in any order: a whole number of
// units of 2^lastBit, the low word first.
type weightSum [4]uint64

// squareSum is a sum of squares of weights, exact, in units of 2^(2·lastBit).
type squareSum [6]uint64

// add adds a weight.
func (s *weightSum) add(weight float64) {
	m, e := parts(weight)
	addShifted(s[:], 0, m, uint(e-lastBit))
}

// add adds the square of a weight.
func (s *squareSum) add(weight float64) {
	m, e := parts(weight)
	hi, lo := bits.Mul64(m, m)
	addShifted(s[:], hi, lo, uint(2*(e-lastBit)))
}

// join adds another sum.
func (s *weightSum) join(o *weightSum) { addWords(s[:], o[:]) }

// join adds another sum.
func (s *squareSum) join(o *squareSum) { addWords(s[:], o[:]) }

// float is the float64 nearest to the sum.
func (s *weightSum) float() float64 { return exact.Nearest(s[:], lastBit) }

// float is the float64 nearest to the sum.
func (s *squareSum) float() float64 { return exact.Nearest(s[:], 2*lastBit) }

// parts are the whole number m of 53 bits and the exponent e of a normal number m·2^e.
func parts(x float64) (m uint64, e int) {
	b := math.Float64bits(x)
	return b&(1<<52-1) | 1<<52, int(b>>52) - 1075
}

// addShifted adds a number of two words, shifted to the left.
func addShifted(words []uint64, hi, lo uint64, shift uint) {
	i, by := shift/64, shift%64
	three := [3]uint64{lo << by, hi<<by | lo>>(64-by), hi >> (64 - by)} // shifts by 64 give 0
	addWords(words[i:], three[:min(3, len(words)-int(i))])
}

// addWords adds a number of as many words or fewer.
func addWords(words, more []uint64) {
	var carry uint64
	for i := range words {
		var x uint64
		if i < len(more) {
			x = more[i]
		} else if carry == 0 {
			return
		}
		words[i], carry = bits.Add64(words[i], x, carry)
	}
}

// split returns the float64s whose sum a number of units is, the greatest first: none of 0.
// Each has the next 53 bits from one that is set on.
func split(words []uint64, unit int) []float64 {
	terms := []float64{}
	for left := append([]uint64(nil), words...); ; {
		top, at := exact.Leading(left)
		if top == 0 {
			return terms
		}
		spare := max(0, bits.Len64(top)-53)
		top = top >> spare << spare
		terms = append(terms, math.Ldexp(float64(top), unit+at))
		var piece [len(squareSum{})]uint64
		addShifted(piece[:len(left)], 0, top, uint(at))
		var borrow uint64
		for i := range left {
			left[i], borrow = bits.Sub64(left[i], piece[i], borrow)
		}
	}
}

// merge adds the terms that split returned, and reports whether there can be such a number
// in the words.
func merge(words []uint64, unit int, terms []float64) bool {
	if len(terms) > 2*len(words) {
		return false
	}
	for _, x := range terms {
		most := math.Ldexp(1, unit+64*len(words)-3) // so that as many terms do not overflow
		if !(x > 0 && x < most) {
			return false
		}
		m, e := parts(x)
		if e < unit {
			if low := unit - e; low > 52 || m&(1<<low-1) != 0 {
				return false
			}
			m, e = m>>(unit-e), unit
		}
		addShifted(words, 0, m, uint(e-unit))
	}
	return true
}
