package exact_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/exact"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// Invariant: a sum of products is what decimal makes of it, bit for bit.
func TestAddProduct(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var w exact.Wide
		var s exact.Sum
		as, bs := rapid.SliceOfN(amounts(), 0, 6).Draw(t, "a"), rapid.SliceOfN(amounts(), 6, 6).Draw(t, "b")
		want := plain(nil)
		for i, a := range as {
			if rapid.Bool().Draw(t, "subtract") {
				w.SubProduct(&s, a, bs[i])
				want = want.Sub(a.Mul(bs[i]))
				continue
			}
			w.AddProduct(&s, a, bs[i])
			want = want.Add(a.Mul(bs[i]))
		}
		checkValue(t, &w, s, want)
	})
}

// Signs, zeros and exponents above 0; what fits needs no entry.
func TestProducts(t *testing.T) {
	for _, test := range []struct{ a, b, want string }{
		{"-1", "3", "-3"},
		{"3", "-1", "-3"},
		{"-1", "-1", "1"},
		{"-1", "1", "-1"},
		{"0", "-2.5", "0"},
		{"-2.5", "0", "0"},
		{"3e1", "2", "60"},
		{"-3e1", "0.2", "-6"},
		{"999999999999999999e1", "999999999999999999e1", "99999999999999999800000000000000000100"},
	} {
		var w exact.Wide
		var s, less exact.Sum
		a, b := decimal.RequireFromString(test.a), decimal.RequireFromString(test.b)
		w.AddProduct(&s, a, b)
		w.SubProduct(&less, a, b)
		want := decimal.RequireFromString(test.want)
		checkValue(t, &w, s, want)
		checkValue(t, &w, less, want.Neg())
		if !s.Narrow() || !less.Narrow() {
			t.Errorf("%s times %s has an entry", test.a, test.b)
		}
	}
}

// Invariant: deducting is adding the opposite, and a sum less itself is 0.
func TestDeduct(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var w, from exact.Wide
		as, bs := rapid.SliceOfN(amounts(), 0, 6).Draw(t, "a"), rapid.SliceOfN(amounts(), 0, 6).Draw(t, "b")
		s, u := total(&w, as), total(&from, bs)
		w.Deduct(&s, &from, u)
		checkValue(t, &w, s, plain(as).Sub(plain(bs)))
		w.Deduct(&s, &w, s)
		checkValue(t, &w, s, plain(nil))
	})
}

// Invariant: a sum of squares of sums is what decimal makes of it, bit for bit.
func TestAddSquare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var w exact.Wide
		var s exact.Sum
		want := plain(nil)
		for range rapid.IntRange(0, 6).Draw(t, "sums") {
			as := rapid.SliceOfN(amounts(), 0, 3).Draw(t, "a")
			one := total(&w, as)
			w.AddSquare(&s, one)
			want = want.Add(plain(as).Mul(plain(as)))
		}
		checkValue(t, &w, s, want)
		square := want.Mul(want)
		w.AddSquare(&s, s)
		checkValue(t, &w, s, want.Add(square))
	})
}

// The least integer of 64 bits has the largest square that fits.
func TestAddSquareOfExtremes(t *testing.T) {
	for _, x := range []int64{math.MinInt64, math.MinInt64 + 1, math.MaxInt64} {
		var w exact.Wide
		var s exact.Sum
		one, _ := exact.New(x, -2)
		w.AddSquare(&s, one)
		checkValue(t, &w, s, decimal.New(x, -2).Mul(decimal.New(x, -2)))
	}
}
