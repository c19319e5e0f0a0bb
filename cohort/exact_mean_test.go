package cohort

import (
	"math"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/clientele-go/clientele/internal/exact"
)

// The sums of a group give the variance that the definition gives of its members, for
// amounts of any size.
func TestMeansOfPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		exponent := rapid.Int32Range(-90, 90).Draw(t, "exponent")
		n := rapid.IntRange(2, 12).Draw(t, "n")
		x, y := make([]float64, n), make([]float64, n)
		var p pairs
		var wide exact.Wide
		for i := range n {
			x[i] = float64(rapid.IntRange(0, 5).Draw(t, "x"))
			y[i] = float64(rapid.IntRange(-9, 99).Draw(t, "y"))
			p.add(&wide, int64(x[i]), decimal.New(int64(y[i]), exponent))
		}
		sum := func(of func(i int) float64) (s float64) {
			for i := range n {
				s += of(i)
			}
			return s
		}
		sumX, sumY := sum(func(i int) float64 { return x[i] }), sum(func(i int) float64 { return y[i] })
		check := func(what string, m exactMean, ratio, residual, over, scale float64) {
			if m.variance == nil {
				if residual > 1e-9 {
					t.Fatal(what, residual)
				}
				return
			}
			want := math.Sqrt(residual*float64(n)/float64(n-1)) / over * scale
			if got := root(m.variance); math.Abs(got-want) > 1e-6*want || math.Abs(float(m.value)-ratio*scale) > 1e-12*math.Abs(ratio*scale) {
				t.Fatalf("%s: %v ± %v, want %v ± %v", what, float(m.value), got, ratio*scale, want)
			}
		}
		of := func(y, x []float64, ratio float64) float64 {
			return sum(func(i int) float64 { return (y[i] - ratio*x[i]) * (y[i] - ratio*x[i]) })
		}
		ones := slices.Repeat([]float64{1}, n)
		scale := math.Pow10(int(exponent))
		mean := sumY / float64(n)
		check("per customer", p.perCustomer(&wide), mean, of(y, ones, mean), float64(n), scale)
		mean = sumX / float64(n)
		check("count", p.count(), mean, of(x, ones, mean), float64(n), 1)
		if sumX > 0 {
			ratio := sumY / sumX
			check("per count", p.perCount(&wide), ratio, of(y, x, ratio), sumX, scale)
		} else if p.perCount(&wide).value != nil {
			t.Fatal("a ratio to nothing")
		}
	})
}
