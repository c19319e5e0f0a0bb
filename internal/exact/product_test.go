package exact_test

import (
	"testing"

	"github.com/clientele-go/clientele/internal/exact"
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
