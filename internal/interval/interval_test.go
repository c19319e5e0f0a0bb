package interval_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"pgregory.net/rapid"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s is %.15g, want %.15g", what, got, want)
	}
}

// The ends are the shares from which the observed one is just z standard errors
// away; without a success the upper one is z²/(n+z²).
func TestWilson(t *testing.T) {
	const z = 1.959963984540054
	for _, c := range []struct{ k, n int64 }{{15, 50}, {1, 3}, {700, 100000}} {
		e := interval.Wilson(c.k, c.n, 0.95)
		for _, end := range []float64{e.Lo, e.Hi} {
			near(t, "distance", math.Abs(e.Value-end)/math.Sqrt(end*(1-end)/float64(c.n)), z, 1e-12)
		}
	}
	e := interval.Wilson(0, 10, 0.95)
	near(t, "upper end of nothing", e.Hi, z*z/(10+z*z), 1e-14)
	near(t, "lower end of nothing", e.Lo, 0, 0)
	near(t, "upper end of all", interval.Wilson(10, 10, 0.95).Hi, 1, 0)
	near(t, "standard error", interval.Wilson(15, 50, 0.95).StdErr, math.Sqrt(0.3*0.7/50), 1e-15)
}

// Newcombe, Two-Sided Confidence Intervals for the Single Proportion, Statistics in
// Medicine 17 (1998), table I, method 3.
func TestWilsonPublished(t *testing.T) {
	for _, c := range []struct {
		k, n   int64
		lo, hi float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
		{29, 29, 0.8830, 1},
	} {
		e := interval.Wilson(c.k, c.n, 0.95)
		if math.Abs(e.Lo-c.lo) > 5e-5 || math.Abs(e.Hi-c.hi) > 5e-5 || e.Value != float64(c.k)/float64(c.n) {
			t.Errorf("%v of %v: %v, want limits %v and %v", c.k, c.n, e, c.lo, c.hi)
		}
	}
	for n := int64(1); n <= 300; n++ {
		if e := interval.Wilson(0, n, 0.95); e.Lo != 0 || !(e.Hi > 0) {
			t.Errorf("nobody of %v: %v", n, e)
		}
		if e := interval.Wilson(n, n, 0.95); e.Hi != 1 || !(e.Lo < 1) {
			t.Errorf("everybody of %v: %v", n, e)
		}
	}
}

// Invariant: the interval contains the share, lies in [0, 1], is mirrored when
// successes and failures change places, and narrows with trials.
func TestWilsonLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 1e6).Draw(t, "n")
		k := rapid.Int64Range(0, n).Draw(t, "k")
		level := rapid.Float64Range(0.5, 0.999).Draw(t, "level")
		e, mirror := interval.Wilson(k, n, level), interval.Wilson(n-k, n, level)
		if !e.Contains(e.Value) || e.Lo < 0 || e.Hi > 1 {
			t.Fatal(e)
		}
		if math.Abs(e.Lo-(1-mirror.Hi)) > 1e-12 {
			t.Fatal(e, mirror)
		}
		if wide := interval.Wilson(4*k, 4*n, level); wide.Hi-wide.Lo >= e.Hi-e.Lo {
			t.Fatal(e, wide)
		}
	})
}

// A ratio of x = 1 is a mean, whose interval is the t interval.
func TestRatioOfOnesIsAMean(t *testing.T) {
	var r interval.Ratio
	for _, y := range []float64{2, 4, 9, 1} {
		r.Add(y, 1)
	}
	e, ok := r.Estimate(0.95)
	if !ok {
		t.Fatal("no estimate")
	}
	sd := math.Sqrt((4 + 0 + 25 + 9) / 3.0) // about the mean 4
	near(t, "mean", e.Value, 4, 0)
	near(t, "standard error", e.StdErr, sd/2, 1e-14)
	near(t, "upper end", e.Hi, 4+3.18244630528371*sd/2, 1e-12) // of Student's t with 3 degrees of freedom
}

// The interval covers the true ratio as often as it says, where trials of one unit
// resemble each other and those of an interval for single trials would not.
func TestRatioCovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const runs, units = 2000, 200
	covered := 0
	for range runs {
		var r interval.Ratio
		for range units {
			n, p := 1+rng.IntN(9), float64(rng.IntN(2)) // always or never
			r.Add(p*float64(n), float64(n))
		}
		if e, _ := r.Estimate(0.9); e.Contains(0.5) {
			covered++
		}
	}
	near(t, "coverage", float64(covered)/runs, 0.9, 3*math.Sqrt(0.9*0.1/runs))
}

func TestRatioOfNothing(t *testing.T) {
	var r interval.Ratio
	if _, ok := r.Estimate(0.95); ok {
		t.Error("an estimate of nothing")
	}
	r.Add(3, 2)
	if e, ok := r.Estimate(0.95); !ok || e != (clientele.Estimate{Value: 1.5, Lo: 1.5, Hi: 1.5}) {
		t.Error(e, ok)
	}
}

// Totals whose squares are no float64 have a ratio and no measured doubt; a ratio that
// is no float64 is none.
func TestRatioOfHugeTotals(t *testing.T) {
	var huge, overflow interval.Ratio
	for _, y := range []float64{1e200, 3e200} {
		huge.Add(y, 1)
		overflow.Add(y, 1e-200)
	}
	if e, ok := huge.Estimate(0.95); !ok || e != (clientele.Estimate{Value: 2e200, Lo: 2e200, Hi: 2e200}) {
		t.Error(e, ok)
	}
	if e, ok := overflow.Estimate(0.95); ok || e != (clientele.Estimate{}) {
		t.Error(e, ok)
	}
}

func TestLevel(t *testing.T) {
	for _, c := range []struct {
		level, want float64
		bad         bool
	}{
		{0, interval.DefaultLevel, false},
		{0.5, 0.5, false},
		{0x1p-52, 0x1p-52, false},
		{1 - 0x1p-52, 1 - 0x1p-52, false},
		{1, 1, true},
		{math.Nextafter(1, 0), math.Nextafter(1, 0), true},
		{1e-17, 1e-17, true}, // its quantile is 0
		{-0.5, -0.5, true},
		{-1, -1, true},
		{math.NaN(), 0, true},
	} {
		got, err := interval.Level(c.level)
		if (err != nil) != c.bad || got != c.want && c.level == c.level {
			t.Errorf("level %v: %v, %v", c.level, got, err)
		}
	}
}

// The quantile of the normal distribution at 0.975 is 1.95996, that of Student's t with one
// degree of freedom is the tangent of its angle.
func TestNormalAndStudent(t *testing.T) {
	e := interval.Normal(3, 2, 0.95)
	near(t, "lower end", e.Lo, 3-2*1.959963984540054, 1e-14)
	near(t, "upper end", e.Hi, 3+2*1.959963984540054, 1e-14)
	if e.Value != 3 || e.StdErr != 2 || e.Level != 0.95 {
		t.Errorf("%+v", e)
	}
	e = interval.Student(3, 2, 1, 0.9)
	near(t, "lower end", e.Lo, 3-2*math.Tan(0.45*math.Pi), 1e-12)
	near(t, "upper end", e.Hi, 3+2*math.Tan(0.45*math.Pi), 1e-12)
	if e.Value != 3 || e.StdErr != 2 || e.Level != 0.9 {
		t.Errorf("%+v", e)
	}
}

func TestClip(t *testing.T) {
	for _, c := range []struct {
		name          string
		value, lo, hi float64
		most          float64
		wantLo        float64
		wantHi        float64
	}{
		{"within", 0.5, 0.4, 0.6, 1, 0.4, 0.6},
		{"below 0", 0.5, -0.1, 0.6, 1, 0, 0.6},
		{"above most", 0.5, 0.4, 1.1, 1, 0.4, 1},
		{"a value below 0", -0.5, -1, -0.2, 1, -0.5, -0.2},
		{"a value above most", 1.5, 1.2, 1.7, 1, 1.2, 1.5},
		{"another most", 4, 2, 9, 6, 2, 6},
	} {
		e := clientele.Estimate{Value: c.value, StdErr: 0.1, Lo: c.lo, Hi: c.hi, Level: 0.9}
		want := clientele.Estimate{Value: c.value, StdErr: 0.1, Lo: c.wantLo, Hi: c.wantHi, Level: 0.9}
		if got := interval.Clip(e, c.most); got != want {
			t.Errorf("%s: %+v, want %+v", c.name, got, want)
		}
	}
}

func TestShare(t *testing.T) {
	if e := interval.Share(0, 0, 0.95); e != nil {
		t.Errorf("the share of nobody is %+v", e)
	}
	for _, n := range []int{1, 3} {
		if e := interval.Share(1, n, 0.9); e == nil || *e != interval.Wilson(1, int64(n), 0.9) {
			t.Errorf("1 of %d: %+v", n, e)
		}
	}
}

// Intervals of logarithms are positive and contain the value.
func TestLogStudent(t *testing.T) {
	e := interval.LogStudent(2, 0.1, 1e18, 0.95) // as the normal distribution
	near(t, "lower end", e.Lo, 2*math.Exp(-0.1959963984540054), 1e-12)
	near(t, "upper end", e.Hi, 2*math.Exp(0.1959963984540054), 1e-12)
	near(t, "standard error", e.StdErr, 0.2, 1e-15)
	if e := interval.LogStudent(2, 1, 1, 1-0x1p-52); e != (clientele.Estimate{Value: 2, Lo: 2, Hi: 2}) {
		t.Errorf("at a level next to 1: %+v", e)
	}
	if e := interval.LogStudent(1e308, 10, 1e18, 0.01); e != (clientele.Estimate{Value: 1e308, Lo: 1e308, Hi: 1e308}) {
		t.Errorf("a standard error that is no float64: %+v", e)
	}
	e = interval.LogStudent(2, 0.1, 1, 0.9) // one degree of freedom: a Cauchy distribution
	near(t, "lower end", e.Lo, 2*math.Exp(-0.1*math.Tan(0.45*math.Pi)), 1e-12)
}

// Units that are alike say nothing about how much others differ: there is no interval, however
// the sums were rounded.
func TestRatioOfTheAlike(t *testing.T) {
	for _, value := range []float64{0, 1, 10, 0.1, 1.0 / 3, 1e-9, 12345.67} {
		for _, n := range []int{2, 3, 30, 1000} {
			var r, uneven interval.Ratio
			for i := range n {
				r.Add(value, 1)
				uneven.Add(value*float64(i+1), float64(i+1))
			}
			for _, r := range []interval.Ratio{r, uneven} {
				e, ok := r.Estimate(0.95)
				near(t, "value", e.Value, value, 1e-12)
				if !ok || e.Level != 0 || e.Lo != e.Value || e.Hi != e.Value || e.StdErr != 0 {
					t.Errorf("%d times %v: %+v", n, value, e)
				}
			}
		}
	}
	var r interval.Ratio
	r.Add(1, 1)
	r.Add(1.001, 1)
	if e, _ := r.Estimate(0.95); e.Level != 0.95 || !(e.Lo < 1 && e.Hi > 1.001) {
		t.Errorf("two that differ: %+v", e)
	}
}

// Two units of 1 - d and 1 + d have squares of residuals of 2d² and may be rounded by
// 2^-50 · 2 · (2 + 4 + 2) = 2^-46: from d = 2^-23.5 on they differ.
func TestRatioOfTheNearlyAlike(t *testing.T) {
	for _, c := range []struct {
		exponent float64
		level    float64
	}{{-23.4, 0.95}, {-23.6, 0}} {
		d := math.Exp2(c.exponent)
		if e, ok := interval.RatioOf(2, 2, 2, 2+2*d*d, 2, 2).Estimate(0.95); !ok || e.Level != c.level {
			t.Errorf("1 ± 2^%v: %+v, %v", c.exponent, e, ok)
		}
	}
}

// Totals tell as much as units do, and a total of x below 0 only changes signs.
func TestRatioOfTotals(t *testing.T) {
	var r, opposite interval.Ratio
	for _, unit := range [][2]float64{{2, 1}, {4, 3}, {9, 2}} {
		r.Add(unit[0], unit[1])
		opposite.Add(unit[0], -unit[1])
	}
	want, _ := r.Estimate(0.95)
	if e, ok := interval.RatioOf(3, 15, 6, 101, 32, 14).Estimate(0.95); !ok || e != want {
		t.Errorf("by totals %+v, want %+v", e, want)
	}
	// Residuals of 2.5 x: -0.5, -3.5, 4.
	near(t, "standard error", want.StdErr, math.Sqrt((0.25+12.25+16)*3/2)/6, 1e-14)
	e, ok := opposite.Estimate(0.95)
	near(t, "upper end", e.Hi, -want.Lo, 1e-14)
	near(t, "lower end", e.Lo, -want.Hi, 1e-14)
	if !ok || e.Value != -want.Value || e.StdErr != want.StdErr {
		t.Errorf("opposite %+v, want that of %+v", e, want)
	}
}

// Without an event in 80 days the rate is below 16.8 a year: by Poisson, e^-(16.8 · 80/365) is
// half of 5 %.
func TestRateOfNoEvents(t *testing.T) {
	var r interval.Ratio
	r.Add(0, 30.0/365)
	r.Add(0, 50.0/365)
	e, ok := r.EstimateRate(0.95)
	near(t, "upper limit", e.Hi, -math.Log(0.025)*365/80, 1e-14)
	near(t, "upper limit", e.Hi, 16.83, 5e-3)
	if !ok || e.Value != 0 || e.Lo != 0 || e.Level != 0.95 {
		t.Errorf("no event: %+v, %v", e, ok)
	}
	var none, one interval.Ratio
	if _, ok := none.EstimateRate(0.95); ok {
		t.Error("a rate of nothing")
	}
	none.Add(0, 0)
	if e, ok := none.EstimateRate(0.95); ok {
		t.Errorf("a rate in no time: %+v", e)
	}
	one.Add(0, 4)
	e, ok = one.EstimateRate(0.95)
	near(t, "upper limit of one", e.Hi, -math.Log(0.025)/4, 1e-14)
	if !ok || e.Level != 0.95 {
		t.Errorf("one unit without an event: %+v, %v", e, ok)
	}
}

// Definition 7 of R's quantile.
func TestQuantile(t *testing.T) {
	for _, c := range []struct {
		sorted  []float64
		p, want float64
	}{
		{[]float64{3}, 0.25, 3},
		{[]float64{2, 7}, 0.25, 3.25},
		{[]float64{2, 7}, 1, 7},
		{[]float64{1, 2, 4, 8}, 0.5, 3},
		{[]float64{1, 2, 4, 8}, 0, 1},
	} {
		if got := interval.Quantile(c.sorted, c.p); got != c.want {
			t.Errorf("quantile %v of %v is %v, want %v", c.p, c.sorted, got, c.want)
		}
	}
}

// As binom.test of R says.
func TestExact(t *testing.T) {
	for _, c := range []struct {
		k, n   int64
		lo, hi float64
	}{
		{5, 100, 0.01643188, 0.11283491},
		{0, 10, 0, 0.3084971},
		{10, 10, 0.6915029, 1},
		{1, 10, 0.002528579, 0.44501612},
	} {
		got := interval.Exact(c.k, c.n, 0.95)
		near(t, "lower limit", got.Lo, c.lo, 1e-7)
		near(t, "upper limit", got.Hi, c.hi, 1e-7)
	}
}

// Invariant: limits of however many trials are numbers from 0 to 1 around the share, and
// those of shares that are not rare are near Wilson's.
func TestExactOfVeryMany(t *testing.T) {
	for _, n := range []int64{1e9, 1e12, 1e12 + 1, 1e15, 1e18, math.MaxInt64} {
		for _, k := range []int64{0, 1, 3, 1000, 1e6, n / 1000, n / 2, n - n/1000, n - 1e6, n - 1000, n - 3, n - 1, n} {
			for _, level := range []float64{1e-16, 0.1, 0.95, 0.999999} {
				got := interval.Exact(k, n, level)
				if !(0 <= got.Lo && got.Lo <= got.Value && got.Value <= got.Hi && got.Hi <= 1) {
					t.Errorf("%d of %d at level %v: %v", k, n, level, got)
				}
				if like := interval.Wilson(k, n, level); level == 0.95 && k >= 1e6 && n-k >= 1e6 {
					width := like.Hi - like.Lo
					near(t, "lower limit", got.Lo, like.Lo, 0.005*width+1e-15)
					near(t, "upper limit", got.Hi, like.Hi, 0.005*width+1e-15)
				}
			}
		}
	}
}
