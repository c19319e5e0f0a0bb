package trend_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/trend"
	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-12*max(1, math.Abs(want))) {
		t.Errorf("%s is %.15g, want %.15g", what, got, want)
	}
}

func fixed(variance float64) func(float64) float64 {
	return func(float64) float64 { return variance }
}

// Means 1, 2, 6 of one observation each: the line is 3 + 5/2 (x - 1), and it misses
// them by 1/2, -1, 1/2.
func TestFit(t *testing.T) {
	points := []trend.Point{{0, 1, 1}, {1, 2, 1}, {2, 6, 1}}
	var seen float64
	line := trend.Fit(points, 0.5, func(mean float64) float64 { seen = mean; return 0.5 })
	near(t, "mean", seen, 3)
	near(t, "slope", line.Slope.Value, 2.5)
	near(t, "dispersion", line.Dispersion, 1.5/0.5)                  // over one degree of freedom
	near(t, "standard error", line.Slope.StdErr, math.Sqrt(0.5/2*3)) // Σx² is 2
	near(t, "lower end", line.Slope.Lo, 2.5-line.Slope.StdErr)       // of Cauchy's distribution at 1/2
	near(t, "p", line.P, 1-2/math.Pi*math.Atan(2.5/line.Slope.StdErr))
	if less := trend.Fit(points, 0.5, fixed(100)); less.Dispersion != 1 {
		t.Error("dispersion below 1:", less.Dispersion)
	}
}

// Two points, and no variance, have a slope without measured doubt.
func TestFitWithoutDoubt(t *testing.T) {
	two := trend.Fit([]trend.Point{{0, 1, 5}, {2, 2, 3}}, 0.95, fixed(1))
	same := trend.Fit([]trend.Point{{0, 1, 5}, {2, 1, 3}, {3, 1, 3}}, 0.95, fixed(0))
	for _, line := range []trend.Line{two, same} {
		if line.Slope.Level != 0 || line.P != 1 || line.Dispersion != 1 || !line.Slope.Contains(line.Slope.Value) {
			t.Error(line)
		}
	}
	near(t, "slope", two.Slope.Value, 0.5)
}

// Invariant: a point counts as much as the same observations at the same X would.
func TestFitWeighs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var whole, split []trend.Point
		for x := range rapid.IntRange(2, 9).Draw(t, "points") {
			p := trend.Point{X: float64(x), Mean: rapid.Float64Range(-1, 1).Draw(t, "mean"), N: float64(rapid.IntRange(2, 50).Draw(t, "n"))}
			half := p
			half.N /= 2
			whole, split = append(whole, p), append(split, half, half)
		}
		a, b := trend.Fit(whole, 0.95, fixed(0.5)), trend.Fit(split, 0.95, fixed(0.5))
		if math.Abs(a.Slope.Value-b.Slope.Value) > 1e-12 {
			t.Fatal(a, b)
		}
	})
}
