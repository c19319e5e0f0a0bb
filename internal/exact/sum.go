package exact

import (
	"encoding/binary"
	"math/bits"

	"github.com/shopspring/decimal"
)

// Sum is an exact running total in 24 bytes without a pointer. The zero Sum
// is 0. Its methods are those of the [Wide] it belongs to.
type Sum struct {
	// The value is the two's complement integer hi:lo times 10^exp. exp is
	// never above 0, so that an integer needs no scaling to meet another.
	hi  int64
	lo  uint64
	exp int32

	// ref is 0 or, when the value does not fit, one more than the index of its
	// entry in the Wide; the other fields are then 0.
	ref int32
}

const (
	int64Digits  = 18 // decimal digits that an int64 always holds
	int128Digits = 38 // decimal digits that hi:lo always holds
	maxPower     = 18 // the last power of ten in powers
)

// powers are the powers of ten by which coefficients are scaled.
var powers = [maxPower + 1]uint64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9,
	1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
}

// narrow returns d as a Sum without an entry; ok is false when d has too many
// digits for one. Up to 18 digits it does not allocate.
func narrow(d decimal.Decimal) (s Sum, ok bool) {
	digits := d.NumDigits()
	switch {
	case digits <= int64Digits: // beyond, CoefficientInt64 wraps silently
		return New(d.CoefficientInt64(), d.Exponent())
	case digits <= int128Digits:
		s = twoWords(d)
	default:
		return Sum{}, false
	}
	if s.exp > 0 {
		return s.scaled(0)
	}
	return s, true
}

// twoWords returns d, which has at most 38 digits, as a Sum without an entry.
func twoWords(d decimal.Decimal) Sum {
	var magnitude [16]byte
	d.Coefficient().FillBytes(magnitude[:])
	s, _ := fromMagnitude(&magnitude, d.Sign() < 0)
	s.exp = d.Exponent()
	return s
}

// fromMagnitude returns the integer whose absolute value is the bytes, most
// significant first; ok is false when it needs their first bit.
func fromMagnitude(b *[16]byte, negative bool) (s Sum, ok bool) {
	hi, lo := binary.BigEndian.Uint64(b[:8]), binary.BigEndian.Uint64(b[8:])
	return fromWords(hi, lo, negative), hi>>63 == 0
}

// magnitude returns the absolute value of the coefficient of a Sum without an
// entry, most significant byte first, and whether it is below 0.
func (s Sum) magnitude() (b [16]byte, negative bool) {
	hi, lo, negative := s.words()
	binary.BigEndian.PutUint64(b[:8], hi)
	binary.BigEndian.PutUint64(b[8:], lo)
	return b, negative
}

// fromWords returns the integer whose absolute value is hi:lo.
func fromWords(hi, lo uint64, negative bool) Sum {
	if negative {
		hi, lo = negated(hi, lo)
	}
	return Sum{hi: int64(hi), lo: lo}
}

// words returns the absolute value of the coefficient of a Sum without an
// entry, and whether it is below 0.
func (s Sum) words() (hi, lo uint64, negative bool) {
	if s.hi < 0 {
		hi, lo = negated(uint64(s.hi), s.lo)
		return hi, lo, true
	}
	return uint64(s.hi), s.lo, false
}

// negated returns the two's complement of hi:lo.
func negated(hi, lo uint64) (uint64, uint64) {
	lo, borrow := bits.Sub64(0, lo, 0)
	hi, _ = bits.Sub64(0, hi, borrow)
	return hi, lo
}

// zero reports whether a Sum without an entry is 0.
func (s Sum) zero() bool { return s.hi == 0 && s.lo == 0 }

// opposite returns -s of what narrow returned, which always fits.
func (s Sum) opposite() Sum {
	t := fromWords(uint64(s.hi), s.lo, true)
	t.exp = s.exp
	return t
}

// add adds t, which has no entry. It reports whether it could; when it could
// not, s has an entry or the total needs one, and s is as it was.
func (s *Sum) add(t Sum) bool {
	if s.ref != 0 {
		return false
	}
	a := *s
	if a.exp != t.exp {
		var ok bool
		if a, t, ok = aligned(a, t); !ok {
			return false
		}
	}
	lo, carry := bits.Add64(a.lo, t.lo, 0)
	hi := a.hi + t.hi + int64(carry)
	if (a.hi^hi)&(t.hi^hi) < 0 { // both signs differ from the result's
		return false
	}
	*s = Sum{hi: hi, lo: lo, exp: a.exp}
	return true
}

// aligned returns two Sums without entries at the smaller of their exponents;
// ok is false when one does not fit there. A 0 fits anywhere.
func aligned(a, b Sum) (x, y Sum, ok bool) {
	ok = true
	switch {
	case a.zero():
		a.exp = b.exp
	case b.zero():
		b.exp = a.exp
	case a.exp > b.exp:
		a, ok = a.scaled(b.exp)
	default:
		b, ok = b.scaled(a.exp)
	}
	return a, b, ok
}

// scaled returns the same value at an exponent that is not above its own; ok
// is false when the coefficient does not fit there.
func (s Sum) scaled(exp int32) (t Sum, ok bool) {
	hi, lo, negative := s.words()
	for n := int64(s.exp) - int64(exp); n > 0; n -= maxPower {
		power := powers[min(n, maxPower)]
		over, low := bits.Mul64(hi, power)
		carry, product := bits.Mul64(lo, power)
		sum, out := bits.Add64(low, carry, 0)
		if over != 0 || out != 0 || sum>>63 != 0 {
			return Sum{}, false
		}
		hi, lo = sum, product
	}
	t = fromWords(hi, lo, negative)
	t.exp = exp
	return t, true
}

// trimmed returns a Sum without an entry in its canonical form: no digit 0 ends
// the coefficient unless the exponent is 0, and the value 0 has exponent 0.
func (s Sum) trimmed() Sum {
	hi, lo, negative := s.words()
	exp := s.exp
	for exp < 0 {
		qhi, qlo, digit := lastDigit(hi, lo)
		if digit != 0 {
			break
		}
		hi, lo = qhi, qlo
		exp++
	}
	t := fromWords(hi, lo, negative)
	t.exp = exp
	return t
}

// lastDigit divides hi:lo by ten.
func lastDigit(hi, lo uint64) (qhi, qlo, digit uint64) {
	qlo, digit = bits.Div64(hi%10, lo, 10)
	return hi / 10, qlo, digit
}

// sign returns -1, 0 or +1 as a Sum without an entry is below, at or above 0.
func (s Sum) sign() int {
	switch {
	case s.hi < 0:
		return -1
	case s.zero():
		return 0
	}
	return +1
}
