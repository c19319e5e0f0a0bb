package exact_test

import (
	"bytes"
	"math/big"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/clientele-go/clientele/internal/exact"
)

// readAmounts makes amounts of any bytes: for each, a byte of exponent (its
// double, so ±256), one of length and sign, and the coefficient.
func readAmounts(src []byte) []decimal.Decimal {
	var ds []decimal.Decimal
	for len(src) >= 2 {
		exp, head := 2*int32(int8(src[0])), src[1]
		n := min(int(head>>1)%48, len(src)-2)
		c := new(big.Int).SetBytes(src[2 : 2+n])
		if head&1 == 1 {
			c.Neg(c)
		}
		ds = append(ds, decimal.NewFromBigInt(c, exp))
		src = src[2+n:]
	}
	return ds
}

// FuzzAdd: sums, and sums of two halves joined, equal decimal's own.
func FuzzAdd(f *testing.F) {
	f.Add([]byte{0xff, 2, 125, 0, 4, 4, 0xb0, 0xfe, 3, 99})
	f.Add(append([]byte{0, 16, 0x7f}, bytes.Repeat([]byte{0xff}, 7)...))
	f.Add(append([]byte{0, 17, 0x80}, make([]byte, 7)...))
	f.Add(bytes.Repeat(append([]byte{0, 32, 0x4b}, make([]byte, 15)...), 2))
	f.Add(append([]byte{0xec, 2, 1, 0, 32, 0x4b}, make([]byte, 15)...))
	f.Add([]byte{100, 2, 1, 0x9c, 2, 1, 100, 3, 1})
	f.Fuzz(func(t *testing.T, src []byte) {
		ds := readAmounts(src)
		want := plain(ds)
		var w, other exact.Wide
		s := total(&w, ds)
		checkValue(t, &w, s, want)

		joined, rest := total(&w, ds[len(ds)/2:]), total(&other, ds[:len(ds)/2])
		w.Join(&joined, &other, rest)
		checkValue(t, &w, joined, want)
		if w.Compare(s, joined) != 0 {
			t.Fatalf("Compare tells %v from itself", want)
		}
		if a, b := w.Append(nil, s), w.Append(nil, joined); !bytes.Equal(a, b) {
			t.Fatalf("Append gives %x, and %x after Join", a, b)
		}
		n := int64(len(src)) + 1
		if got, exact := w.Ratio(s, n), rat(want, n); !isNearest(got, exact) {
			t.Fatalf("Ratio is %v, want %v", got, exact)
		}
		for _, d := range ds {
			w.Sub(&s, d)
		}
		checkValue(t, &w, s, decimal.Decimal{})
	})
}

// isNearest reports whether f is the float64 of r.
func isNearest(f float64, r *big.Rat) bool {
	want, _ := r.Float64()
	return f == want
}

// FuzzCut: what Cut accepts is what Append writes, and a refusal leaves no trace.
func FuzzCut(f *testing.F) {
	f.Add([]byte{0})
	f.Add([]byte{1})
	f.Add([]byte{2, 1, 0x7d})
	f.Add([]byte{2, 1, 0x0a})
	f.Add([]byte{3, 0xe8, 7, 1, 0})
	f.Add(append([]byte{32, 0, 0x80}, make([]byte, 15)...))
	f.Add(append([]byte{35, 0, 1}, make([]byte, 16)...))
	f.Add([]byte{0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 0, 1})
	f.Fuzz(func(t *testing.T, src []byte) {
		var w exact.Wide
		s, rest, ok := w.Cut(src)
		if !ok {
			if s != (exact.Sum{}) || w.Capacity() != 0 || !bytes.Equal(rest, src) {
				t.Fatalf("refused, but gave %v, rest %x and %d entries", s, rest, w.Capacity())
			}
			return
		}
		if got := append(w.Append(nil, s), rest...); !bytes.Equal(got, src) {
			t.Fatalf("accepted %x, which is written %x", src, got)
		}
		checkValue(t, &w, s, w.Decimal(s))
	})
}
