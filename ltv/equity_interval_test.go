package ltv

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/verify"
)

// Without a spend model and a discount the value is the margin times the purchases, and so
// are its standard error and its limits: of futures and of parameters, of one customer and of
// a base.
func TestValueOfPurchasesAlone(t *testing.T) {
	covariance := [][]float64{{0.04, 0.01, 0, 0}, {0.01, 0.09, 0, 0}, {0, 0, 0.02, 0}, {0, 0, 0, 0.02}}
	fit := Fitted[ParetoNBD]{Model: ParetoNBD{0.553, 10.578, 0.606, 11.669}, LogCovariance: covariance}
	base := []Summary{{T: 9}, {Frequency: 3, Recency: 20, T: 30}, {Frequency: 3, Recency: 29, T: 30}, {Frequency: 8, Recency: 30, T: 31}}
	f := verify.Must(NewForecaster(fit, Fitted[GammaGamma]{}, ForecastConfig{Horizon: Units(26), Margin: 0.5, Intervals: true, Source: rand.NewPCG(1, 2)}))
	check := func(name string, purchases, value clientele.Estimate) {
		t.Helper()
		if !(purchases.StdErr > 0) || purchases.Level != 0.95 || value.Level != 0.95 {
			t.Errorf("%s: %+v, %+v", name, purchases, value)
		}
		verify.Near(t, name+", value", value.Value, purchases.Value/2, 1e-12)
		verify.Near(t, name+", standard error", value.StdErr, purchases.StdErr/2, 1e-12)
		verify.Near(t, name+", lower limit", value.Lo, purchases.Lo/2, 1e-12)
		verify.Near(t, name+", upper limit", value.Hi, purchases.Hi/2, 1e-12)
	}
	for _, s := range base {
		one := verify.Must(f.One(s))
		check("customer", one.Purchases, one.Value)
		if one.Spend != 1 {
			t.Errorf("without a spend model a purchase is worth %v", one.Spend)
		}
	}
	e := verify.Must(NewEquity(f, pairs(base), func(i int) string { return [...]string{"a", "b"}[i%2] }))
	check("base", e.Total.Purchases, e.Total.Value)
	for _, g := range e.Groups {
		check(g.Group, g.Purchases, g.Value)
	}
}

// A base has no interval where parameters that the data allow give a newcomer's spend no mean
// (q of 1 or less), be they replicates or one standard deviation away: 1.2 e^-0.5 is 0.73.
func TestEquityOfInfiniteSpend(t *testing.T) {
	heavy := GammaGamma{6, 1.2, 15}
	covariance := [][]float64{{0.01, 0, 0}, {0, 0.25, 0}, {0, 0, 0.01}}
	for name, spend := range map[string]Fitted[GammaGamma]{
		"replicate":              {Model: heavy, Replicates: []GammaGamma{heavy, {6, 0.7, 15}}},
		"one standard deviation": {Model: heavy, LogCovariance: covariance},
	} {
		f := verify.Must(NewForecaster(Fixed(NBD{1, 10}), spend, ForecastConfig{Horizon: Units(26), Intervals: true, Source: rand.NewPCG(1, 2)}))
		got, err := NewEquity(f, pairs([]Summary{{T: 9}}), nil)
		verify.InputError(t, err, "ltv.NewEquity", -1, "q", ErrInfinite)
		if got.Groups != nil || got.Total != (GroupEquity{}) {
			t.Errorf("%s: a refusal comes with %+v", name, got)
		}
		if _, err := NewEquity(f.Quick(), pairs([]Summary{{T: 9}}), nil); err != nil {
			t.Errorf("%s: without intervals %v", name, err)
		}
	}
}

// Of more purchases than are simulated, here 2·10^6 in each of 26 units, there is a mean but
// no interval.
func TestTooManyPurchasesForAnInterval(t *testing.T) {
	f := verify.Must(NewForecaster(Fixed(NBD{2, 1e-6}), Fitted[GammaGamma]{}, ForecastConfig{Horizon: Units(26), Intervals: true, Source: rand.NewPCG(1, 2)}))
	if _, err := f.One(Summary{}); !errors.Is(err, ErrInaccurate) {
		t.Errorf("one customer: %v", err)
	}
	_, err := NewEquity(f, pairs([]Summary{{}}), nil)
	verify.InputError(t, err, "ltv.NewEquity", -1, "", ErrInaccurate)
	verify.Near(t, "mean", verify.Must(f.Quick().One(Summary{})).Purchases.Value, 52e6, 1e-12)
}

// What scales a sample up, also one whose sum is 1; nothing has nothing to scale.
func TestRatioOfSums(t *testing.T) {
	for _, c := range []struct{ whole, part, want float64 }{{3, 1, 3}, {3, 2, 1.5}, {0, 2, 0}, {3, 0, 0}} {
		if got := ratio(c.whole, c.part); got != c.want {
			t.Errorf("%v of %v: %v, want %v", c.whole, c.part, got, c.want)
		}
	}
}

// Sums that are no numbers are refused, either of them; two that are numbers are not, though
// together they are none.
func TestLimitsOfHugeSums(t *testing.T) {
	huge, infinite := interval.Bare(1.5e308), interval.Bare(math.Inf(1))
	for _, c := range []struct {
		purchases, value clientele.Estimate
		err              error
	}{{huge, huge, nil}, {huge, infinite, ErrInaccurate}, {infinite, huge, ErrInaccurate}, {infinite, infinite, ErrInaccurate}} {
		g := groupSum{share: GroupEquity{Purchases: c.purchases, Value: c.value}}
		if err := g.limits(0); !errors.Is(err, c.err) {
			t.Errorf("%v and %v: %v, want %v", c.purchases.Value, c.value.Value, err, c.err)
		}
	}
}

// A refusal has the position of the customer in the base, in whichever batch that is.
func TestEquityRefusesByPosition(t *testing.T) {
	f := verify.Must(NewForecaster(Fixed(NBD{1, 10}), Fitted[GammaGamma]{}, ForecastConfig{Horizon: Units(26)}))
	all := slices.Repeat([]Summary{{T: 9}}, 2*equityBatch+2)
	for _, at := range []int{0, 5, equityBatch - 1, equityBatch, equityBatch + 3, 2*equityBatch + 1} {
		all[at].T = -1
		got, err := NewEquity(f, pairs(all), nil)
		verify.InputError(t, err, "ltv.NewEquity", at, "T", clientele.ErrNegative)
		if got.Groups != nil {
			t.Errorf("a refusal comes with %+v", got)
		}
		all[at].T = 9
	}
}

// Zeros of either sign are one summary, in whatever order they come: one interval.
func TestZerosOfEitherSign(t *testing.T) {
	zero := math.Copysign(0, -1)
	f := verify.Must(NewForecaster(Fixed(ParetoNBD{0.553, 10.578, 0.606, 11.669}), Fitted[GammaGamma]{},
		ForecastConfig{Horizon: Units(26), Intervals: true, Source: rand.NewPCG(1, 2)}))
	for _, pair := range [][2]Summary{
		{{Frequency: 2, Recency: 5, T: 9}, {Frequency: 2, Recency: 5, T: 9, Monetary: zero}},
		{{Frequency: 2, Recency: 5, T: 9}, {Frequency: 2, Recency: 5, T: 9, LogGaps: zero}},
		{{T: 9}, {Recency: zero, T: 9}},
		{{}, {T: zero}},
	} {
		if a, b := pair[0].hash(), pair[1].hash(); a != b {
			t.Errorf("%+v and %+v: hashes %x and %x", pair[0], pair[1], a, b)
		}
		if a, b := verify.Must(f.One(pair[0])), verify.Must(f.One(pair[1])); a != b {
			t.Errorf("%+v and %+v: %+v and %+v", pair[0], pair[1], a, b)
		}
		a, b := verify.Must(NewEquity(f, pairs(pair[:]), nil)), verify.Must(NewEquity(f, pairs([]Summary{pair[1], pair[0]}), nil))
		if a.Total != b.Total {
			t.Errorf("%+v: %+v, the other way round %+v", pair, a.Total, b.Total)
		}
	}
}
