package rfm

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// distributions are shapes of more values than are merely sorted, each hard for
// some way to select: ties, long tails, both signs, all magnitudes, the ends of
// float64.
func distributions() map[string]func(*rand.Rand) float64 {
	return map[string]func(*rand.Rand) float64{
		"equal":       func(*rand.Rand) float64 { return 7 },
		"two values":  func(r *rand.Rand) float64 { return float64(r.IntN(2)) },
		"one outlier": func(r *rand.Rand) float64 { return math.Pow(10, 300*float64(r.IntN(1000)/999)) },
		"integers":    func(r *rand.Rand) float64 { return float64(r.IntN(50)) },
		"uniform":     (*rand.Rand).Float64,
		"normal":      (*rand.Rand).NormFloat64,
		"long tail":   func(r *rand.Rand) float64 { return math.Exp(20 * r.NormFloat64()) },
		"magnitudes":  func(r *rand.Rand) float64 { return math.Ldexp(1, r.IntN(2000)-1000) },
		"signs":       func(r *rand.Rand) float64 { return math.Copysign(math.Ldexp(1, r.IntN(2000)-1000), r.NormFloat64()) },
		"neighbours":  func(r *rand.Rand) float64 { return math.Float64frombits(0x4059000000000000 + r.Uint64N(5000)) },
		"subnormal":   func(r *rand.Rand) float64 { return math.Float64frombits(r.Uint64N(5000)) },
		"around zero": func(r *rand.Rand) float64 { return float64(r.IntN(3)-1) * math.SmallestNonzeroFloat64 },
		"signed zero": func(r *rand.Rand) float64 { return math.Copysign(0, r.NormFloat64()) },
		"ends": func(r *rand.Rand) float64 {
			return []float64{-math.MaxFloat64, -1, 0, 1, math.MaxFloat64}[r.IntN(5)]
		},
		"bits": func(r *rand.Rand) float64 {
			for {
				if v := math.Float64frombits(r.Uint64()); !math.IsNaN(v) && !math.IsInf(v, 0) {
					return v
				}
			}
		},
	}
}

// Invariant: order statistics are the values of the sorted slice, which stays as
// it was given.
func TestOrderStatisticsEqualSorting(t *testing.T) {
	for name, draw := range distributions() {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(3, 4))
			for _, n := range []int{1, 2, sortBelow, sortBelow + 1, 5000, 40_000} {
				values := make([]float64, n)
				for i := range values {
					values[i] = draw(rng)
				}
				given, sorted := slices.Clone(values), slices.Sorted(slices.Values(values))
				for range 10 {
					ranks := []int{0, n - 1, rng.IntN(n), rng.IntN(n), n / 2, min(n/2+1, n-1), n / 2}
					slices.Sort(ranks)
					for i, got := range orderStatistics(values, ranks) {
						if want := sorted[ranks[i]]; got != want {
							t.Fatalf("rank %d of %d is %v, want %v", ranks[i], n, got, want)
						}
					}
				}
				if !slices.Equal(values, given) {
					t.Fatalf("%d values were reordered", n)
				}
			}
		})
	}
}

// Invariant: keys order floats as numbers, and value undoes sortKey.
func TestKeyOrdersFloats(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	draw := distributions()
	for range 20_000 {
		for _, name := range []string{"bits", "ends", "signs", "around zero"} {
			a, b := draw[name](rng), draw["bits"](rng)
			if (a < b) != (sortKey(a) < sortKey(b)) || (a == b) != (sortKey(a) == sortKey(b)) {
				t.Fatalf("keys of %v and %v are %x and %x", a, b, sortKey(a), sortKey(b))
			}
			if back := value(sortKey(a)); back != a {
				t.Fatalf("%v becomes %v", a, back)
			}
		}
	}
	if sortKey(math.Copysign(0, -1)) != sortKey(0) {
		t.Error("-0 and 0 have different keys")
	}
}

// Edges between the ends of float64 are finite, as the values are.
func TestType7AtTheEnds(t *testing.T) {
	const end = math.MaxFloat64
	for _, c := range []struct {
		name   string
		values []float64
		want   float64 // the median
	}{
		{"on a value", []float64{-end, -end, end}, -end},
		{"between two", []float64{-end, end}, 0},
	} {
		if got := type7(c.values, 2)[0]; got != c.want {
			t.Errorf("%s: median of %v is %v, want %v", c.name, c.values, got, c.want)
		}
	}
}
