package special

import (
	"math"
	"testing"
)

// The tail is one minus the integral of the density, and with one, two and four
// degrees of freedom a closed form.
func TestStudentTail(t *testing.T) {
	for _, df := range []float64{0.5, 1, 2.5, 10, 1e3, 1e5, 0.99e6, 1.01e6, 1e9, 1e14} {
		for _, at := range []float64{0, 1e-3, 0.5, 1.5, 1.8, 2, 5} {
			area, ok := Integrate(func(u float64) float64 {
				return 2 * math.Exp(-(df+1)/2*math.Log1p(u*u/df)-LogBeta(df/2, 0.5)) / math.Sqrt(df)
			}, 0, at)
			if got := StudentTail(at, df); !ok || math.Abs(got-(1-area)) > 1e-9 {
				t.Errorf("tail beyond %v with %v degrees is %v, want %v", at, df, got, 1-area)
			}
		}
	}
	for _, at := range []float64{0.01, 0.3, 1, 1.9, 7, 1e4} {
		for df, want := range map[float64]float64{
			1: 1 - 2*math.Atan(at)/math.Pi,
			2: 1 - at/math.Sqrt(2+at*at),
		} {
			if got := StudentTail(at, df); math.Abs(got-want) > 1e-14+1e-12*want {
				t.Errorf("tail beyond %v with %v degrees is %v, want %v", at, df, got, want)
			}
		}
	}
}

// Beyond deviates whose squares are no float64 the tail is a power.
func TestStudentTailFarOut(t *testing.T) {
	for _, at := range []float64{1e160, -1e160, 1e200, 1e300, math.MaxFloat64} {
		if got, want := StudentTail(at, 1), 2/math.Pi/math.Abs(at); math.Abs(got-want) > 1e-12*want {
			t.Errorf("tail beyond %v is %v, want %v", at, got, want)
		}
		if got, want := StudentTail(at, 0.5), StudentTail(1e100, 0.5)*math.Sqrt(1e100/math.Abs(at)); math.Abs(got-want) > 1e-10*want {
			t.Errorf("tail beyond %v with half a degree is %v, want %v", at, got, want)
		}
	}
	for _, df := range []float64{1, 30, 1e5, 1e9} {
		if got := StudentTail(math.Inf(1), df); got != 0 {
			t.Errorf("tail beyond everything with %v degrees is %v", df, got)
		}
		if got := StudentTail(1e200, df); math.IsNaN(got) || got > 1e-190 {
			t.Errorf("tail beyond 1e200 with %v degrees is %v", df, got)
		}
	}
}

// Invariant: the tail beyond a quantile is the probability it was asked for, and
// quantiles of p and 1-p are opposite.
func TestStudentQuantile(t *testing.T) {
	for _, df := range []float64{0.5, 1, 2.5, 10, 1e3, 1e5, 0.99e6, 1.01e6, 1e9, 1e14} {
		for _, p := range []float64{0.5, 0.5001, 0.6, 0.9, 0.975, 0.9999, 1 - 1e-9} {
			q := StudentQuantile(p, df)
			if got, want := StudentTail(q, df), 2*(1-p); math.Abs(got-want) > 1e-9*want {
				t.Errorf("%v degrees: the tail beyond the quantile of %v is %v, want %v", df, p, got, want)
			}
			if other := StudentQuantile(1-p, df); math.Abs(q+other) > 1e-6*(1+math.Abs(q)) {
				t.Errorf("%v degrees: quantiles of %v and its opposite are %v and %v", df, p, q, other)
			}
		}
	}
	if got := StudentQuantile(0.975, 10); math.Abs(got-2.228) > 5e-4 { // of any printed table
		t.Errorf("the quantile of 0.975 with 10 degrees is %v", got)
	}
}

// Where the expansion is taken as exact it agrees with Newton's method, whose tail loses
// digits with the degrees of freedom.
func TestExpansionOfStudent(t *testing.T) {
	for _, p := range []float64{0.51, 0.75, 0.9, 0.975, 0.995, 0.9999, 1 - 1e-8} {
		z := NormalQuantile(p)
		for _, times := range []float64{1.01, 2, 10, 100} {
			df := 60 * (1 + z*z) * times
			q, exact := studentStart(2*(1-p), df)
			if tail := StudentTail(q, df); !exact || math.Abs(tail/(2*(1-p))-1) > 1e-11 {
				t.Errorf("%v degrees: the tail beyond the quantile of %v is %v", df, p, tail)
			}
		}
	}
}

func BenchmarkStudentQuantile(b *testing.B) {
	for name, df := range map[string]float64{"5": 5, "20": 20, "120": 120, "1000": 1000} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				StudentQuantile(0.975, df)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "quantiles/s")
		})
	}
}
