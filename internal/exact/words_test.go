package exact_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/clientele-go/clientele/internal/exact"
)

// words are those of an integer, the least significant first, with one more than it needs.
func words(n *big.Int) []uint64 {
	var all []uint64
	mask := new(big.Int).SetUint64(math.MaxUint64)
	for rest := new(big.Int).Set(n); rest.Sign() > 0; rest.Rsh(rest, 64) {
		all = append(all, new(big.Int).And(rest, mask).Uint64())
	}
	return append(all, 0)
}

// 2^p + 2^(p-53) lies halfway between two floats, and goes to the even one; any bit below
// takes it to the other.
func TestNearestDecidesTies(t *testing.T) {
	one := big.NewInt(1)
	for p := 53; p < 260; p++ {
		tie := new(big.Int).Lsh(one, uint(p))
		tie.Or(tie, new(big.Int).Lsh(one, uint(p-53)))
		if got := exact.Nearest(words(tie), 0); got != math.Ldexp(1, p) {
			t.Fatalf("2^%d + 2^%d is %v", p, p-53, got)
		}
		for q := range p - 53 {
			beyond := new(big.Int).Or(tie, new(big.Int).Lsh(one, uint(q)))
			if got := exact.Nearest(words(beyond), 0); got != math.Ldexp(1+0x1p-52, p) {
				t.Fatalf("2^%d + 2^%d + 2^%d is %v", p, p-53, q, got)
			}
		}
	}
}

func TestNearestOfWordsAllUsed(t *testing.T) {
	for _, test := range []struct {
		words []uint64
		unit  int
		want  float64
	}{
		{[]uint64{7}, 0, 7},
		{[]uint64{7}, -3, 0.875},
		{[]uint64{0, 3}, 0, 0x3p64},
		{[]uint64{0, 0}, 5, 0},
		{[]uint64{0, 1 << 63}, 896, 0x1p1023},
		{[]uint64{0, 1 << 63}, 897, math.Inf(1)},
	} {
		if got := exact.Nearest(test.words, test.unit); got != test.want {
			t.Errorf("%v in units of 2^%d is %v, want %v", test.words, test.unit, got, test.want)
		}
	}
}
