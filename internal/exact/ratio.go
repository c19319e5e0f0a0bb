package exact

import (
	"math"
	"math/big"
	"math/bits"

	"github.com/shopspring/decimal"
)

// maxExact is the end of the integers that a float64 holds without a gap.
const maxExact = 1 << 53

// Ratio returns s/n as the nearest float64, ties to even. Equal exact ratios
// give equal floats, and a larger one never a smaller float. It is ±Inf only
// beyond the range of float64, which takes a total of 309 digits. It panics
// when n is not positive.
func (w *Wide) Ratio(s Sum, n int64) float64 {
	if n < 1 {
		panic("exact: ratio to a count below 1")
	}
	if f, ok := s.ratio(n); ok {
		return f
	}
	f, _ := new(big.Rat).SetFrac(w.fraction(s, n)).Float64()
	return f
}

// Float returns s as the nearest float64, ties to even, like [Wide.Ratio].
func (w *Wide) Float(s Sum) float64 { return w.Ratio(s, 1) }

// Quotient returns s/n with the given number of decimal places, rounded to the
// nearest, ties to even. Fewer than 0 places round to a multiple of a power of
// ten. The exponent of the result is -places. It panics when n is not positive.
func (w *Wide) Quotient(s Sum, n int64, places int32) decimal.Decimal {
	if n < 1 {
		panic("exact: quotient by a count below 1")
	}
	num, den := w.fraction(s, n)
	if places >= 0 {
		num.Mul(num, power(places))
	} else {
		den.Mul(den, power(-places))
	}
	away := big.NewInt(int64(num.Sign()))
	q, r := num.QuoRem(num, den, new(big.Int))
	if half := r.Lsh(r, 1).CmpAbs(den); half > 0 || half == 0 && q.Bit(0) == 1 {
		q.Add(q, away)
	}
	return decimal.NewFromBigInt(q, -places)
}

// ratio returns s/n without allocation; ok is false when s has an entry, or 64
// bits do not hold n at the exponent of s, or 62 bits the whole part of s/n.
func (s Sum) ratio(n int64) (f float64, ok bool) {
	hi, lo, negative := s.words()
	if s.ref != 0 || s.exp < -maxPower {
		return 0, false
	}
	over, den := bits.Mul64(uint64(n), powers[-s.exp])
	if over != 0 {
		return 0, false
	}
	if hi == 0 && lo <= maxExact && den <= maxExact {
		f = float64(lo) / float64(den) // both exact, so this rounds once
	} else if f, ok = divided(hi, lo, den); !ok {
		return 0, false
	}
	if negative {
		f = -f
	}
	return f, true
}

// divided returns the float64 nearest to hi:lo / den; ok is false when the
// quotient has more than 62 bits. It shifts the numerator until the whole part
// of the quotient has 62 or 63 bits, of which float64 keeps 53; a remainder
// decides between them as a last bit that is set, and the shift back is exact.
func divided(hi, lo, den uint64) (f float64, ok bool) {
	length := bits.Len64(lo)
	if hi != 0 {
		length = 64 + bits.Len64(hi)
	}
	shift := 62 + bits.Len64(den) - length
	if shift < 0 {
		return 0, false
	}
	left := uint(shift) // shifts by 64 and more, or by less than 0, leave 0
	hi, lo = hi<<left|lo>>(64-left)|lo<<(left-64), lo<<left
	q, r := bits.Div64(hi, lo, den)
	if r != 0 {
		q |= 1
	}
	return math.Ldexp(float64(q), -shift), true
}

// fraction returns s/n as the fraction of two integers, not in lowest terms.
func (w *Wide) fraction(s Sum, n int64) (num, den *big.Int) {
	d := w.value(s)
	den = power(-d.Exponent())
	return d.Coefficient(), den.Mul(den, big.NewInt(n))
}

// power returns 10^n for n >= 0.
func power(n int32) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
