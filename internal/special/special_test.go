package special

import (
	"fmt"
	"math"
	"testing"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*math.Abs(want)) {
		t.Errorf("%s = %.16g, want %.16g (%.2g off)", what, got, want, math.Abs(got/want-1))
	}
}

// exponents are exponents and scales of every method: series, fraction and split.
func exponents(f func(p, q, a, b float64)) {
	for _, p := range []float64{0.01, 0.5, 1, 3.7, 40, 2000} {
		for _, q := range []float64{0, 0.3, 1, 1.6, 25, 1e5} {
			for _, a := range []float64{1e-3, 1, 40} {
				for _, b := range []float64{1e-3, 1, 1.0001, 40, 1e4} {
					if p+q > 1.2 {
						f(p, q, a, b)
					}
				}
			}
		}
	}
}

// The Mills ratio against its integral by quadrature.
func TestLogMillsAgainstQuadrature(t *testing.T) {
	exponents(func(p, q, a, b float64) {
		got, ok := LogMills(p, q, a, b)
		if !ok {
			t.Fatalf("no Mills ratio of %v %v %v %v", p, q, a, b)
		}
		want, ok := Integrate(func(y float64) float64 { return math.Exp(-p*math.Log1p(y/a) - q*math.Log1p(y/b)) }, 0, math.Inf(1))
		if !ok {
			return // the quadrature decays too slowly
		}
		if math.Abs(got.Log-math.Log(want)) > 1e-10 {
			t.Errorf("ln M(%v, %v, %v, %v) = %v, want %v", p, q, a, b, got.Log, math.Log(want))
		}
		value, ok := LogMillsValue(p, q, a, b)
		if !ok || math.Abs(value-got.Log) > 1e-12*(1+math.Abs(got.Log)) {
			t.Errorf("without derivatives it is %v, with them %v", value, got.Log)
		}
	})
}

// Invariant: exchanging the two factors exchanges the derivatives, and all
// derivatives are those of the value.
func TestLogMillsDerivatives(t *testing.T) {
	exponents(func(p, q, a, b float64) {
		got, _ := LogMills(p, q, a, b)
		other, ok := LogMills(q, p, b, a)
		if !ok || math.Abs(got.Log-other.Log) > 1e-13*(1+math.Abs(got.Log)) || math.Abs(got.DP-other.DQ) > 1e-12*(1+math.Abs(got.DP)) ||
			math.Abs(got.DA-other.DB) > 1e-12*(1+math.Abs(got.DA)) {
			t.Errorf("exchanged, %v %v %v %v has %+v, not %+v", p, q, a, b, other, got)
		}
		at := [4]float64{p, q, a, b}
		for i, derivative := range []float64{got.DP, got.DQ, got.DA, got.DB} {
			if at[i] == 0 {
				continue
			}
			step := 1e-5 * at[i]
			up, down := at, at
			up[i] += step
			down[i] -= step
			hi, _ := LogMillsValue(up[0], up[1], up[2], up[3])
			lo, _ := LogMillsValue(down[0], down[1], down[2], down[3])
			if want := (hi - lo) / (2 * step); math.Abs(derivative-want)*at[i] > 1e-8*(1+math.Abs(got.Log)) {
				t.Errorf("derivative %d at %v is %v, differences say %v", i, at, derivative, want)
			}
		}
	})
}

func TestLogMillsRefuses(t *testing.T) {
	for _, at := range [][4]float64{
		{0.5, 0.5, 1, 1}, {-1, 3, 1, 1}, {2, 2, 0, 1}, {2, 2, 1, -1}, {math.NaN(), 2, 1, 1}, {2, math.Inf(1), 1, 1}, {2, 2, math.Inf(1), 1},
	} {
		if v, ok := LogMills(at[0], at[1], at[2], at[3]); ok {
			t.Errorf("%v gives %v", at, v)
		}
	}
}

// The mean against the sum of its definition, P(N ≥ n) E[(1-p)^(n-1)], whose terms
// are positive.
func TestBetaGeoMeanAgainstSum(t *testing.T) {
	for _, r := range []float64{0.01, 0.3, 4, 300} {
		for _, a := range []float64{1e-6, 0.3, 1, 1.0000001, 5, 1e6} {
			for _, b := range []float64{0.01, 1, 30, 1e4} {
				for _, w := range []float64{1e-9, 0.1, 1, 20} {
					got, ok := BetaGeoMean(r, 1, a, b, w)
					if !ok {
						t.Fatalf("no mean of %v %v %v %v", r, a, b, w)
					}
					near(t, fmt.Sprint("mean of ", r, a, b, w), got, meanBySum(r, a, b, w), 1e-10)
				}
			}
		}
	}
	near(t, "without drop-out", first(BetaGeoMean(2, 4, 0, 1, 6)), 3, 1e-15)
	if _, ok := BetaGeoMean(-1, 1, 1, 1, 1); ok {
		t.Error("a negative shape is accepted")
	}
}

func first(v float64, _ bool) float64 { return v }

// meanBySum multiplies each probability of n purchases by the sum of the chances of
// having stayed so long.
func meanBySum(r, a, b, w float64) float64 {
	z := w / (1 + w)
	log, stayed, sum, mean := -r*math.Log1p(w), 1.0, 0.0, 0.0
	for n := 1.0; n < 2e5; n++ {
		sum += stayed
		stayed *= (b + n - 1) / (a + b + n - 1)
		log += math.Log((r + n - 1) / n * z)
		term := math.Exp(log) * sum
		if mean += term; term < 1e-18*mean && n > r*w {
			break
		}
	}
	return mean
}

func TestNegBin(t *testing.T) {
	for _, r := range []float64{0.2, 3, 150} {
		for _, z := range []float64{0.01, 0.5, 0.95} {
			below := 0.0
			for n := range 40 {
				if tail := NegBinTail(n, r, z); math.Abs(tail-(1-below)) > 1e-12 {
					t.Errorf("P(N ≥ %d) of %v %v = %v, want %v", n, r, z, tail, 1-below)
				}
				below += math.Exp(LogNegBin(n, r, z))
			}
		}
	}
	if p := NegBinTail(0, 1, 0.5); p != 1 {
		t.Errorf("P(N ≥ 0) = %v", p)
	}
	if p := LogNegBin(0, 2, 0); p != 0 {
		t.Errorf("without time, ln P(0) = %v", p)
	}
}

func TestLogRise(t *testing.T) {
	for _, r := range []float64{1e-8, 0.3, 1, 7, 1e4, 1e9} {
		sum, slope := 0.0, 0.0
		for n := range 300 {
			if got := LogRise(r, n); math.Abs(got-sum) > 1e-12*(1+math.Abs(sum)) {
				t.Errorf("LogRise(%v, %d) = %v, want %v", r, n, got, sum)
			}
			if got := DigammaRise(r, n); math.Abs(got-slope) > 1e-11*(1+slope) {
				t.Errorf("DigammaRise(%v, %d) = %v, want %v", r, n, got, slope)
			}
			sum += math.Log(r + float64(n))
			slope += 1 / (r + float64(n))
		}
	}
}

func TestLogBeta(t *testing.T) {
	for _, test := range []struct{ a, b, want float64 }{
		{1, 1, 0}, {2, 3, math.Log(1.0 / 12)}, {0.5, 0.5, math.Log(math.Pi)}, {1, 1e9, -math.Log(1e9)}, {1e-9, 1, math.Log(1e9)},
	} {
		if got := LogBeta(test.a, test.b); math.Abs(got-test.want) > 1e-13*(1+math.Abs(test.want)) {
			t.Errorf("ln B(%v, %v) = %v, want %v", test.a, test.b, got, test.want)
		}
	}
}

func TestIntegrate(t *testing.T) {
	inf := math.Inf(1)
	for name, test := range map[string]struct {
		f            func(float64) float64
		lo, hi, want float64
	}{
		"polynomial":     {func(x float64) float64 { return x * x * x }, 0, 2, 4},
		"sine":           {math.Sin, 0, math.Pi, 2},
		"peak":           {func(x float64) float64 { return 1 / (1e-4 + x*x) }, 0, 1, 100 * math.Atan(100)},
		"exponential":    {func(x float64) float64 { return math.Exp(-x) }, 0, inf, 1},
		"a heavy tail":   {func(x float64) float64 { return 1 / (x * x) }, 1, inf, 1},
		"no interval":    {math.Exp, 1, 1, 0},
		"a long plateau": {func(x float64) float64 { return math.Exp(-x / 1e6) }, 0, inf, 1e6},
	} {
		got, ok := Integrate(test.f, test.lo, test.hi)
		if !ok || math.Abs(got-test.want) > 1e-11*math.Max(1, test.want) {
			t.Errorf("%s: %v, %v, want %v", name, got, ok, test.want)
		}
	}
	for name, f := range map[string]func(float64) float64{
		"a pole":       func(x float64) float64 { return 1 / x },
		"not a number": func(float64) float64 { return math.NaN() },
		"no decay":     func(float64) float64 { return 1 },
	} {
		if v, ok := Integrate(f, 0, inf); ok {
			t.Errorf("%s: %v", name, v)
		}
	}
}

func TestNormalQuantile(t *testing.T) {
	near(t, "the quantile of 0.975", NormalQuantile(0.975), 1.959963984540054, 1e-14)
}

// Reference: 40 digits (mpmath 1.3.0).
func TestLogsOfLargeAndSmall(t *testing.T) {
	for s, want := range map[float64]float64{
		0.5: -1.4189385332046727418, 3: -0.39731031455561623523, 9.9: 0.21891419147150913433, 16: 0.46214817199560823661, 20: 0.57476128388032583248, 100: 1.3828132292337380276,
		1e10: 10.593986931757222345, 1e100: 114.21031611649761147,
	} {
		if got := LogGammaPeak(s); math.Abs(got-want) > 4e-15*max(1, math.Abs(want)) {
			t.Errorf("LogGammaPeak(%v) = %v, want %v", s, got, want)
		}
	}
	for v, want := range map[float64]float64{
		0: 0, 0.5: 0.14872127070012814685, 0.3: 0.0498588075760031001, 1e-3: 5.0016670834166807658e-7, -0.5: 0.1065306597126334236,
		1e-9: 5.0000000016666672899e-19, -1e-9: 4.9999999983333339566e-19, 1e-160: 5e-321, 2: 4.3890560989306502272,
	} {
		if got := Expm1Rest(v); math.Abs(got-want) > 4e-16*math.Abs(want) {
			t.Errorf("Expm1Rest(%v) = %v, want %v", v, got, want)
		}
	}
}
