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
			w.AddProduct(&s, a, bs[i])
			want = want.Add(a.Mul(bs[i]))
		}
		checkValue(t, &w, s, want)
	})
}
