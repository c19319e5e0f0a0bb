package nps_test

import (
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

func TestSyntheticSampleSizes(t *testing.T) {
	var golden struct {
		syntheticSamples
		SampleSize map[string]any `json:"sample_size"`
	}
	syntheticNPS(t, &golden)
	variance := func(s sampled) float64 { return verify.Must(s.tally().Variance()) }
	observed := variance(golden.Overall)
	for name, got := range map[string]nps.Size{
		"wald_margin_0_05_95_observed_variance":     verify.Must(nps.SampleSize{MarginOfError: 5, Variance: observed, Method: nps.Wald}.Required()),
		"adjusted_margin_0_05_95_observed_variance": verify.Must(nps.SampleSize{MarginOfError: 5, Variance: observed, Method: nps.AdjustedWald}.Required()),
		"adjusted_margin_0_05_95_variance_1":        verify.Must(nps.SampleSize{MarginOfError: 5, Method: nps.AdjustedWald}.Required()),
		"adjusted_margin_0_03_90_observed_variance": verify.Must(nps.SampleSize{MarginOfError: 3, Level: 0.9, Variance: observed, Method: nps.AdjustedWald}.Required()),
		"two_groups_difference_0_10_power_0_80_observed_variance_each": verify.Must(nps.Detectable{
			Difference: 10, First: observed, Second: observed,
		}.Required()),
		"two_groups_difference_0_10_power_0_80_search_social": verify.Must(nps.Detectable{
			Difference: 10, Power: 0.8, First: variance(golden.ByGroup["search"]), Second: variance(golden.ByGroup["social"]),
		}.Required()),
	} {
		want, _ := golden.SampleSize[name].(float64)
		relative(t, name, got.Exact, want, closedForm)
		if got.N != uint64(math.Ceil(want)) {
			t.Errorf("%s is %d, want the next of %v", name, got.N, want)
		}
	}
}

func TestPublishedSampleSizes(t *testing.T) {
	var golden struct {
		SampleSize struct {
			Most float64 `json:"moe5_maxvar_adjwald"`
			Some float64 `json:"moe10_var0.7_conf90"`
			Two  float64 `json:"two_group_delta10_var0.7_power80"`
		} `json:"sample_size"`
	}
	publishedNPS(t, &golden)
	for _, c := range []struct {
		got  nps.Size
		want float64
		n    uint64
	}{
		{verify.Must(nps.SampleSize{MarginOfError: 5, Method: nps.AdjustedWald}.Required()), golden.SampleSize.Most, 1534},
		{verify.Must(nps.SampleSize{MarginOfError: 10, Variance: 7000, Level: 0.9, Method: nps.AdjustedWald}.Required()), golden.SampleSize.Some, 187},
		{verify.Must(nps.Detectable{Difference: 10, First: 7000, Second: 7000}.Required()), golden.SampleSize.Two, 1099},
	} {
		relative(t, "size", c.got.Exact, c.want, closedForm)
		if c.got.N != c.n {
			t.Error(c.got, c.n)
		}
	}
}

// Against the roots n of z²·variance/(n+more)·(N-n)/(N-1) = margin², by mpmath with 30
// digits, for 0 customers more with Wald and 3 with AdjustedWald.
func TestSampleSizeOfFinitePopulations(t *testing.T) {
	for _, c := range []struct {
		size nps.SampleSize
		want float64
		n    uint64
	}{
		{nps.SampleSize{MarginOfError: 5, Method: nps.Wald, Population: 1000}, 606.00785229166075843, 607},
		{nps.SampleSize{MarginOfError: 5, Method: nps.AdjustedWald, Population: 1000}, 604.82587584853574071, 605},
		{nps.SampleSize{MarginOfError: 10, Level: 0.9, Variance: 7000, Method: nps.AdjustedWald, Population: 300}, 114.49791508291784383, 115},
		{nps.SampleSize{MarginOfError: 10, Level: 0.9, Variance: 7000, Method: nps.Wald, Population: 300}, 116.33456938902756815, 117},
		{nps.SampleSize{MarginOfError: 5, Method: nps.AdjustedWald, Population: 20_000}, 1424.2322955994698146, 1425},
		{nps.SampleSize{MarginOfError: 20, Level: 0.99, Variance: 5000, Method: nps.AdjustedWald, Population: 50}, 30.316244881082146149, 31},
		{nps.SampleSize{MarginOfError: 1e-300, Population: 50}, 50, 50},
		{nps.SampleSize{MarginOfError: 1e-20, Method: nps.Wald, Population: 1 << 53}, 1 << 53, 1 << 53},
		{nps.SampleSize{MarginOfError: 100, Population: 1}, 1, 1},
		{nps.SampleSize{MarginOfError: 100, Level: 1e-15, Variance: 1e-300, Population: 1}, 1, 1},
	} {
		got := verify.Must(c.size.Required())
		relative(t, "size", got.Exact, c.want, closedForm)
		if got.N != c.n {
			t.Errorf("%+v: %+v, want %d", c.size, got, c.n)
		}
	}
	if got := verify.Must(nps.SampleSize{MarginOfError: 100, Level: 1e-15, Variance: 1e-300, Population: 2}.Required()); got != (nps.Size{N: 1}) {
		t.Errorf("no answers would do: %+v", got)
	}
}

// Invariant: fewer customers need no more answers, never more than there are, and very
// many as many as without a limit.
func TestSampleSizeGrowsWithThePopulation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := nps.SampleSize{
			MarginOfError: rapid.Float64Range(0.1, 100).Draw(t, "margin"), Level: rapid.Float64Range(0.5, 0.99).Draw(t, "level"),
			Variance: rapid.Float64Range(1, 10_000).Draw(t, "variance"), Method: rapid.SampledFrom([]nps.Method{nps.AdjustedT, nps.AdjustedWald, nps.Wald}).Draw(t, "method"),
		}
		infinite := verify.Must(s.Required())
		s.Population = rapid.Uint64Range(1, 1<<40).Draw(t, "population")
		few := verify.Must(s.Required())
		s.Population++
		more := verify.Must(s.Required())
		if few.N > s.Population-1 || few.N > more.N || more.N > infinite.N {
			t.Fatal(few, more, infinite)
		}
		s.Population = 1 << 53
		if most := verify.Must(s.Required()); math.Abs(most.Exact-infinite.Exact) > 1e-6*(1+infinite.Exact) {
			t.Fatal(most, infinite)
		}
	})
}

// Invariant: with as many answers as are required, half Wald's interval is at most the
// margin, and with one fewer it is more.
func TestSampleSizeIsTheLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		margin := rapid.Float64Range(1, 60).Draw(t, "margin")
		level := rapid.Float64Range(0.5, 0.99).Draw(t, "level")
		size := verify.Must(nps.SampleSize{MarginOfError: margin, Level: level, Method: nps.Wald}.Required())
		half := func(n uint64) float64 { // where half are promoters and half detractors
			wide := verify.Must(answered(1<<20, 0, 1<<20).Interval(nps.Wald, level))
			return (wide.Hi - wide.Lo) / 2 * math.Sqrt((2<<20)/float64(n))
		}
		if half(size.N) > margin*(1+1e-9) || size.N > 1 && half(size.N-1) < margin*(1-1e-9) {
			t.Fatal(size, half(size.N))
		}
	})
}

// Invariant: with as many answers as are required, half the interval of AdjustedT is at most
// the margin, and with one fewer it is more.
func TestSampleSizeOfStudentIsTheLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := nps.SampleSize{
			MarginOfError: rapid.Float64Range(1, 99).Draw(t, "margin"), Level: rapid.Float64Range(0.5, 0.99).Draw(t, "level"),
			Variance: rapid.Float64Range(100, 10_000).Draw(t, "variance"),
		}
		size := verify.Must(s.Required())
		half := func(n uint64) float64 {
			return special.StudentQuantile((1+s.Level)/2, float64(n)+2) * math.Sqrt(s.Variance/(float64(n)+3))
		}
		if half(size.N) > s.MarginOfError*(1+1e-9) || size.N > 1 && half(size.N-1) < s.MarginOfError*(1-1e-9) {
			t.Fatal(size, half(size.N))
		}
	})
}

// Invariant: a test of so many answers in each group finds the difference as often as
// the power says; more power, level or variance, or less of a difference, need no fewer
// answers.
func TestDetectableIsMonotonic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := nps.Detectable{
			Difference: rapid.Float64Range(1, 200).Draw(t, "difference"),
			Level:      rapid.Float64Range(0.5, 0.99).Draw(t, "level"), Power: rapid.Float64Range(0.5, 0.99).Draw(t, "power"),
			First: rapid.Float64Range(1, 9000).Draw(t, "first"), Second: 5000,
		}
		size := verify.Must(d.Required())
		z := d.Difference / math.Sqrt((d.First+d.Second)/size.Exact)
		if p := verify.Must(nps.Detectable{Difference: d.Difference, Level: d.Level, Power: d.Power, First: 5000, Second: d.First}.Required()); math.Abs(p.Exact-size.Exact) > 1e-9*size.Exact {
			t.Fatal("the groups change places", p, size)
		}
		sameAs(t, "power", math.Erfc(-(z-math.Sqrt2*math.Erfinv(d.Level))/math.Sqrt2)/2, d.Power, 1e-9)
		for _, more := range []nps.Detectable{
			{d.Difference * 0.9, d.Level, d.Power, d.First, d.Second},
			{d.Difference, d.Level + 0.005, d.Power, d.First, d.Second},
			{d.Difference, d.Level, d.Power + 0.005, d.First, d.Second},
			{d.Difference, d.Level, d.Power, d.First + 1, d.Second},
		} {
			if got := verify.Must(more.Required()); got.Exact <= size.Exact || got.N < size.N {
				t.Fatal(got, size)
			}
		}
	})
}

func TestBadSampleSizes(t *testing.T) {
	nan := math.NaN()
	for name, c := range map[string]struct {
		faults int
		err    error
	}{
		"everything": {4, second(nps.SampleSize{MarginOfError: nan, Level: 1, Variance: -1, Method: nps.Goodman}.Required())},
		"population": {1, second(nps.SampleSize{MarginOfError: 5, Population: 1<<53 + 1}.Required())},
		"no margin":  {1, second(nps.SampleSize{}.Required())},
		"too large":  {1, second(nps.SampleSize{MarginOfError: 101}.Required())},
		"variance":   {1, second(nps.SampleSize{MarginOfError: 1, Variance: 10001}.Required())},
		"too many":   {1, second(nps.SampleSize{MarginOfError: 1e-9}.Required())},
		"overflow":   {1, second(nps.SampleSize{MarginOfError: 1e-300}.Required())},
		"difference": {5, second(nps.Detectable{Difference: 201, Level: -1, Power: 1, First: nan, Second: -1}.Required())},
		"power":      {1, second(nps.Detectable{Difference: 1, Power: 0.025}.Required())},
		"far many":   {1, second(nps.Detectable{Difference: 1e-9}.Required())},
	} {
		var config *clientele.ConfigError
		if !errors.As(c.err, &config) || len(config.Faults) != c.faults {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	if s := verify.Must(nps.SampleSize{MarginOfError: 100, Variance: 1}.Required()); s != (nps.Size{N: 1}) {
		t.Error("no answers would do:", s)
	}
}

func second[T any](_ T, err error) error { return err }
