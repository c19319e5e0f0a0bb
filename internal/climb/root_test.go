package climb

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestRoot(t *testing.T) {
	for _, test := range []struct {
		name   string
		f      func(float64) float64
		lo, hi float64
		want   float64
		most   int // evaluations
	}{
		{"linear", func(x float64) float64 { return 3*x - 1 }, -1, 1, 1.0 / 3, 6},
		{"square root", func(x float64) float64 { return x*x - 2 }, 0, 2, math.Sqrt2, 10},
		{"either order", func(x float64) float64 { return x*x - 2 }, 2, 0, math.Sqrt2, 10},
		{"falling", func(x float64) float64 { return 1 - math.Exp(x) }, -3, 2, 0, 11},
		{"profile", func(x float64) float64 { return 1.92 - 100*(math.Exp(x)-1-x) }, 0, 3, 0.1897628111574377, 14},
		{"triple", func(x float64) float64 { return x * x * x }, -1, 3, 0, 120},
		{"step", func(x float64) float64 { return math.Copysign(1, x-0.7) }, 0, 1, 0.7, 40},
		{"at lo", func(x float64) float64 { return x }, 0, 1, 0, 2},
		{"at hi", func(x float64) float64 { return x - 1 }, 0, 1, 1, 2},
		{"infinite end", func(x float64) float64 { return -math.Log(x) }, 0, 5, 1, 14},
		{"great", func(x float64) float64 { return x - 1e12 }, 0, 1e14, 1e12, 60},
	} {
		t.Run(test.name, func(t *testing.T) {
			asked := 0
			x, ok := Root(func(x float64) float64 { asked++; return test.f(x) }, test.lo, test.hi)
			if !ok || math.Abs(x-test.want) > 1e-10*max(1, math.Abs(test.want)) {
				t.Errorf("%v, ok %v, want %v", x, ok, test.want)
			}
			if asked > test.most {
				t.Errorf("%d evaluations, want at most %d", asked, test.most)
			}
			t.Log(asked, x)
		})
	}
}

func TestNoRoot(t *testing.T) {
	inf := math.Inf(1)
	line := func(x float64) float64 { return x }
	for _, test := range []struct {
		name   string
		f      func(float64) float64
		lo, hi float64
	}{
		{"same sign", line, 1, 2},
		{"NaN inside", func(x float64) float64 { return x / math.Abs(x) * math.Sqrt(x*x-0.01) }, -1, 1},
		{"NaN at an end", func(x float64) float64 { return math.Log(x) }, -1, 2},
		{"NaN end", line, math.NaN(), 1},
		{"infinite end", line, -1, inf},
		{"infinite distance", line, -math.MaxFloat64, math.MaxFloat64},
	} {
		if x, ok := Root(test.f, test.lo, test.hi); ok {
			t.Errorf("%s: root %v", test.name, x)
		}
	}
}

// TestRootOfMonotone: the root of a rising function is found to the precision that
// is promised.
func TestRootOfMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.Float64Range(-9, 9).Draw(t, "root")
		cubic := rapid.Float64Range(0, 10).Draw(t, "cubic")
		steep := rapid.Float64Range(0.01, 5).Draw(t, "steep")
		asked := 0
		x, ok := Root(func(x float64) float64 {
			asked++
			d := x - want
			return cubic*d*d*d + math.Expm1(steep*d)
		}, -10, 10)
		if !ok || math.Abs(x-want) > 1e-10*max(1, math.Abs(want)) || asked > 60 {
			t.Fatalf("root %v after %d evaluations, want %v", x, asked, want)
		}
	})
}
