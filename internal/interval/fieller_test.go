package interval_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
	"pgregory.net/rapid"
)

// The standard error is that of the delta method; where x is just as many standard errors from
// 0 as Student's t allows, there is no upper limit.
func TestFiellerAtItsEnds(t *testing.T) {
	e := interval.Fieller(3, 0.03, 0.01, 30, 0.95)
	near(t, "standard error", e.StdErr, 3*math.Sqrt(0.04), 1e-14)
	checked := 0
	for df := 1.0; df <= 40; df++ {
		quantile := special.StudentQuantile(0.975, df)
		variance := 1 / (quantile * quantile)
		if quantile*quantile*variance != 1 {
			continue // by rounding
		}
		checked++
		if e := interval.Fieller(3, 0.03, variance, df, 0.95); e != interval.Bare(3) {
			t.Errorf("%v degrees of freedom: %+v", df, e)
		}
	}
	if checked < 10 {
		t.Errorf("%d cases", checked)
	}
}

// Invariants: at each limit θ the difference y - θx is as far from 0 as Student's t allows;
// the interval holds the ratio; it excludes 1 exactly where the test of the difference does;
// swapping the two means gives reciprocal limits.
func TestFieller(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y, x := rapid.Float64Range(0.1, 1000).Draw(t, "y"), rapid.Float64Range(0.1, 1000).Draw(t, "x")
		ofY, ofX := rapid.Float64Range(0, 0.3).Draw(t, "variance of y"), rapid.Float64Range(0.0001, 0.3).Draw(t, "variance of x")
		df := rapid.Float64Range(1, 100).Draw(t, "df")
		quantile := special.StudentQuantile(0.975, df)
		e := interval.Fieller(y/x, ofY, ofX, df, 0.95)
		if e.Level == 0 {
			if quantile*quantile*ofX < 1 || e.Lo != e.Value || e.Hi != e.Value {
				t.Fatalf("%+v, quantile %v", e, quantile)
			}
			return
		}
		if !(0 <= e.Lo && e.Lo <= e.Value && e.Value <= e.Hi) || e.Level != 0.95 {
			t.Fatalf("%+v", e)
		}
		distance := func(theta float64) float64 {
			return math.Abs(y-theta*x) / math.Sqrt(y*y*ofY+theta*theta*x*x*ofX)
		}
		for _, theta := range []float64{e.Lo, e.Hi} {
			if theta > 0 && math.Abs(distance(theta)/quantile-1) > 1e-6 {
				t.Fatalf("%+v: %v is %v away, not %v", e, theta, distance(theta), quantile)
			}
		}
		if far := distance(1) / quantile; math.Abs(far-1) > 1e-6 && e.Contains(1) != (far <= 1) {
			t.Fatalf("%+v, the difference is %v of the quantile", e, far)
		}
		if swapped := interval.Fieller(x/y, ofX, ofY, df, 0.95); swapped.Level > 0 {
			if math.Abs(swapped.Lo*e.Hi-1) > 1e-9 || math.Abs(swapped.Hi*e.Lo-1) > 1e-9 {
				t.Fatalf("%+v swapped is %+v", e, swapped)
			}
		}
	})
}
