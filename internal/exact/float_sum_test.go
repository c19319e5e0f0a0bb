package exact

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// wideFloats are numbers of all sizes and signs, many of them nearly opposite.
func wideFloats(t *rapid.T) []float64 {
	all := rapid.SliceOfN(rapid.Float64(), 0, 40).Draw(t, "numbers")
	for i := 0; i+1 < len(all); i += 3 {
		all[i+1] = -math.Nextafter(all[i], 0)
	}
	return all
}

// Invariant: a total is that of a big float that never rounds, rounded once, in any
// order, from any parts, with any factors.
func TestFloatSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := wideFloats(t)
		seed := rapid.Uint64().Draw(t, "seed")
		want := new(big.Float).SetPrec(4000)
		var sum, other FloatSum
		var parts [3]FloatSum
		times := make([]int64, len(all))
		for i, v := range all {
			times[i] = rapid.OneOf(rapid.Int64Range(0, 3), rapid.Int64Range(0, math.MaxInt64)).Draw(t, "times")
			want.Add(want, new(big.Float).SetPrec(4000).Mul(big.NewFloat(v), new(big.Float).SetInt64(times[i])))
			sum.AddTimes(v, times[i])
		}
		rng := rand.New(rand.NewPCG(seed, 0))
		for _, i := range rng.Perm(len(all)) {
			part := &parts[rng.IntN(len(parts))]
			part.AddTimes(all[i], times[i]/2)
			part.AddTimes(all[i], times[i]-times[i]/2)
		}
		for _, i := range rng.Perm(len(parts)) {
			other.Join(&parts[i])
		}
		exact, _ := want.Float64()
		if got := sum.Value(); got != exact || other.Value() != got {
			t.Fatalf("total is %v, by parts %v, want %v", got, other.Value(), exact)
		}
	})
}

// The ends: the smallest and the largest number, a tie that goes to even, a total beyond
// all numbers.
func TestFloatSumEnds(t *testing.T) {
	const tiny = math.SmallestNonzeroFloat64
	for _, c := range []struct {
		all  []float64
		want float64
	}{
		{nil, 0},
		{[]float64{tiny, tiny, -tiny}, tiny},
		{[]float64{0x1p-1022}, 0x1p-1022}, // the smallest whose first bit is hidden
		{[]float64{math.MaxFloat64, tiny, -math.MaxFloat64}, tiny},
		{[]float64{math.MaxFloat64, math.MaxFloat64, -math.MaxFloat64}, math.MaxFloat64},
		{[]float64{math.MaxFloat64, math.MaxFloat64}, math.Inf(1)},
		{[]float64{-math.MaxFloat64, -math.MaxFloat64}, math.Inf(-1)},
		{[]float64{1, 0x1p-53}, 1},
		{[]float64{1, 0x1p-53, tiny}, 1 + 0x1p-52},
		{[]float64{1 + 0x1p-52, 0x1p-53}, 1 + 0x1p-51},
	} {
		var s FloatSum
		for _, v := range c.all {
			s.Add(v)
		}
		if got := s.Value(); got != c.want {
			t.Errorf("total of %v is %v, want %v", c.all, got, c.want)
		}
	}
}

func BenchmarkFloatSum(b *testing.B) {
	var s FloatSum
	for i := range b.N {
		s.Add(float64(i) * 0.37)
	}
}
