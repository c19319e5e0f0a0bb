package exact

import (
	"bytes"
	"math/big"

	"github.com/shopspring/decimal"

	"github.com/clientele-go/clientele/internal/wire"
)

// maxPlaces is the most decimal places that Cut accepts, ten times what an
// amount may have. A coefficient is as long as its bytes, so this is what bounds
// the memory that a hostile form of a few bytes can claim when it is added.
const maxPlaces = 1000

// Append appends the canonical binary form of s to dst and returns the extended
// slice. The value 0 is one byte 0. Any other value is
//
//	varint   2n, or 2n+1 for a value below 0
//	varint   p, the number of decimal places, at most 1000
//	n bytes  the coefficient |value| * 10^p, most significant byte first and not 0
//
// with the smallest p that makes the coefficient whole. Varints are unsigned and
// in their shortest form. Equal values have equal bytes, whatever they were added
// up from: 12.50 is 02 01 7d, which is one byte, one place, 125.
func (w *Wide) Append(dst []byte, s Sum) []byte {
	if s.ref != 0 {
		d := w.Decimal(s)
		return appendForm(dst, d.Coefficient().Bytes(), -d.Exponent(), d.Sign() < 0)
	}
	s = s.trimmed()
	magnitude, negative := s.magnitude()
	return appendForm(dst, bytes.TrimLeft(magnitude[:], "\x00"), -s.exp, negative)
}

// appendForm appends the form of a coefficient without leading zeros.
func appendForm(dst, coefficient []byte, places int32, negative bool) []byte {
	if len(coefficient) == 0 {
		return append(dst, 0)
	}
	head := 2 * uint64(len(coefficient))
	if negative {
		head++
	}
	dst = wire.AppendUint(dst, head)
	dst = wire.AppendUint(dst, uint64(places))
	return append(dst, coefficient...)
}

// Cut decodes the form at the start of src, as written by [Wide.Append], and
// returns its value as a Sum of w with the bytes that follow. A form that is
// truncated, not canonical or has more than 1000 places is not ok; w and the
// bytes are then as they were. The result never aliases src.
func (w *Wide) Cut(src []byte) (s Sum, rest []byte, ok bool) {
	r := wire.NewReader(src)
	head := r.UintMax(2*uint64(len(src)) + 1)
	if r.Ok() && head == 0 {
		return Sum{}, r.Rest(), true
	}
	places := int32(r.UintMax(maxPlaces))
	coefficient := r.Bytes(int(head / 2))
	if len(coefficient) == 0 || coefficient[0] == 0 { // empty after any failure
		return Sum{}, src, false
	}
	if s, ok = w.decoded(coefficient, places, head%2 == 1); !ok {
		return Sum{}, src, false
	}
	return s, r.Rest(), true
}

// decoded returns the Sum of w with this coefficient; it is not ok when fewer
// places would do.
func (w *Wide) decoded(coefficient []byte, places int32, negative bool) (s Sum, ok bool) {
	var magnitude [16]byte
	if n := len(coefficient); n <= len(magnitude) {
		copy(magnitude[len(magnitude)-n:], coefficient)
		if s, ok = fromMagnitude(&magnitude, negative); ok {
			s.exp = -places
			return s, s == s.trimmed() // both have the same form, so == is exact
		}
	}
	c := new(big.Int).SetBytes(coefficient)
	if places > 0 && new(big.Int).Rem(c, big.NewInt(10)).Sign() == 0 {
		return Sum{}, false
	}
	if negative {
		c.Neg(c)
	}
	return w.entry(decimal.NewFromBigInt(c, -places)), true
}
