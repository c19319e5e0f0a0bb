package exact

import (
	"math"
	"math/bits"
)

// FloatSum is a running total of finite float64 numbers without rounding, so that it
// depends on neither their order nor how they are split into parts. The zero FloatSum is
// 0. It holds every total of fewer than 2^63 numbers.
type FloatSum struct {
	words [floatWords]uint64 // a two's complement integer, least significant word first, times 2^-1074
}

const (
	// floatWords hold the largest float64 at 2^2098 units of the smallest, times 2^63 for the
	// factor of a number, times 2^63 for how many numbers there are, and a sign.
	floatWords = 35

	lowestExponent = -1074 // of the smallest float64
	mantissaBits   = 52
	hiddenBit      = 1 << mantissaBits
)

// Add adds v.
func (s *FloatSum) Add(v float64) { s.AddTimes(v, 1) }

// AddTimes adds v n times, n being 0 or more.
func (s *FloatSum) AddTimes(v float64, n int64) {
	all := math.Float64bits(v)
	mantissa, exponent := all&(hiddenBit-1), uint(all>>mantissaBits&0x7ff)
	if exponent > 0 {
		mantissa |= hiddenBit
		exponent--
	}
	hi, lo := bits.Mul64(mantissa, uint64(n))
	at, shift := exponent/64, exponent%64
	part := (*[3]uint64)(s.words[at:])
	low, middle, high := lo<<shift, hi<<shift|lo>>(64-shift), hi>>(64-shift)
	var carry uint64
	if v < 0 {
		part[0], carry = bits.Sub64(part[0], low, 0)
		part[1], carry = bits.Sub64(part[1], middle, carry)
		part[2], carry = bits.Sub64(part[2], high, carry)
		for i := at + 3; carry != 0 && i < floatWords; i++ {
			s.words[i], carry = bits.Sub64(s.words[i], 0, carry)
		}
		return
	}
	part[0], carry = bits.Add64(part[0], low, 0)
	part[1], carry = bits.Add64(part[1], middle, carry)
	part[2], carry = bits.Add64(part[2], high, carry)
	for i := at + 3; carry != 0 && i < floatWords; i++ {
		s.words[i], carry = bits.Add64(s.words[i], 0, carry)
	}
}

// Join adds another total.
func (s *FloatSum) Join(o *FloatSum) {
	carry := uint64(0)
	for i, word := range o.words {
		s.words[i], carry = bits.Add64(s.words[i], word, carry)
	}
}

// Value is the float64 nearest to the total; infinite where that is beyond all.
func (s *FloatSum) Value() float64 {
	words, sign := s.words, 1.0
	if int64(words[floatWords-1]) < 0 {
		sign = -1
		borrow := uint64(0)
		for i, word := range words {
			words[i], borrow = bits.Sub64(0, word, borrow)
		}
	}
	return sign * Nearest(words[:], lowestExponent)
}
