package exact

import (
	"math/bits"

	"github.com/shopspring/decimal"
)

// AddProduct adds a times b to s, without allocation while each has at most 18
// digits: quantity times price. The exponents, and their sum, must be bounded, see
// the package comment.
func (w *Wide) AddProduct(s *Sum, a, b decimal.Decimal) {
	if t, ok := product(a, b); !ok || !s.add(t) {
		w.Add(s, a.Mul(b))
	}
}

// SubProduct subtracts a times b from s, as fast as [Wide.AddProduct].
func (w *Wide) SubProduct(s *Sum, a, b decimal.Decimal) {
	if t, ok := product(a, b); !ok || !s.add(t.opposite()) {
		w.Sub(s, a.Mul(b))
	}
}

// AddSquare adds the square of t, a Sum of w, to s, without allocation while t has at
// most 18 digits. t may be a copy of s.
func (w *Wide) AddSquare(s *Sum, t Sum) {
	if square, ok := t.square(); !ok || !s.add(square) {
		d := w.value(t)
		w.Add(s, d.Mul(d))
	}
}

// square returns s times s as a Sum without an entry.
func (s Sum) square() (t Sum, ok bool) {
	if s.ref != 0 || s.hi != int64(s.lo)>>63 {
		return Sum{}, false
	}
	x := magnitude(int64(s.lo)) // up to 2^63, whose square has 127 bits
	hi, lo := bits.Mul64(x, x)
	return Sum{hi: int64(hi), lo: lo, exp: 2 * s.exp}, true
}

// product returns a times b as a Sum without an entry.
func product(a, b decimal.Decimal) (s Sum, ok bool) {
	if a.NumDigits() > int64Digits || b.NumDigits() > int64Digits {
		return Sum{}, false
	}
	x, y := a.CoefficientInt64(), b.CoefficientInt64()
	hi, lo := bits.Mul64(magnitude(x), magnitude(y)) // at most 36 digits
	s = fromWords(hi, lo, (x < 0) != (y < 0))
	s.exp = a.Exponent() + b.Exponent()
	if s.exp > 0 {
		return s.scaled(0)
	}
	return s, true
}

func magnitude(v int64) uint64 {
	if v < 0 {
		return uint64(-v)
	}
	return uint64(v)
}
