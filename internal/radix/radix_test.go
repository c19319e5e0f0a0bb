package radix_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/radix"
)

// Invariant: sorting by digits is sorting.
func TestSort(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	for _, c := range []struct {
		name string
		n    int
		draw func() float64
	}{
		{"none", 0, rng.Float64},
		{"few", 100, rng.Float64},
		{"many", 10_000, rng.ExpFloat64},
		{"of all sizes", 10_000, func() float64 { return math.Exp(1400*rng.Float64() - 700) }},
		{"equal", 5_000, func() float64 { return 3 }},
		{"ties", 5_000, func() float64 { return 1 + float64(rng.IntN(7)) }},
		{"zeros", 5_000, func() float64 { return float64(rng.IntN(3)) }},
		{"close", 5_000, func() float64 { return 1 + float64(rng.IntN(4000))*0x1p-52 }},
		{"far and close", 5_000, func() float64 {
			return math.Exp(float64(rng.IntN(5))) * (1 + float64(rng.IntN(4000))*0x1p-52)
		}},
		{"infinite", 5_000, func() float64 { return 1 / float64(rng.IntN(3)) }},
	} {
		v := make([]float64, c.n)
		for i := range v {
			v[i] = c.draw()
		}
		want := slices.Sorted(slices.Values(v))
		radix.Sort(v, make([]float64, len(v)+c.n%3))
		if !slices.Equal(v, want) {
			t.Errorf("%s: not sorted", c.name)
		}
	}
}

func BenchmarkSort(b *testing.B) {
	const n = 1_000_000
	rng := rand.New(rand.NewPCG(1, 2))
	numbers, v, buffer := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range numbers {
		numbers[i] = rng.ExpFloat64()
	}
	b.ReportAllocs()
	for b.Loop() {
		copy(v, numbers)
		radix.Sort(v, buffer)
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "numbers/s")
}
