package ltv

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

// Levels at which an interval has no width, or none that ends, are refused by all that take
// a level.
func TestLevelsOfNoInterval(t *testing.T) {
	h := compressed(t, simulated(t, ParetoNBD{0.9, 8, 0.7, 15}, 60, 20, 40, 0, 1))
	held := []Observed{{Summary: Summary{Frequency: 1, Recency: 2, T: 4}, Holdout: Holdout{Frequency: 1, T: 3}}, {Summary: Summary{T: 2}, Holdout: Holdout{T: 3}}}
	for _, level := range []float64{1e-300, 1e-16, 1 - 0x1p-53, 1, -0.5} {
		cfg := FitConfig{Level: level, Profile: true}
		for name, err := range map[string]error{
			"Fit":           verify.Second(Fit(NBD{}, h, cfg)),
			"Bootstrap":     verify.Second(Bootstrap(NBD{}, h, 2, rand.NewPCG(1, 2), cfg)),
			"FitCovariates": verify.Second(FitCovariates(BGNBD{}, new(Design), CovariateConfig{FitConfig: FitConfig{Level: level}})),
			"Compare":       verify.Second(Compare(slices.All(held), []Model{NBD{}}, cfg)),
			"Validate":      verify.Second(Validate(NBD{1, 1}, slices.All(held), ValidateConfig{Level: level})),
			"NewForecaster": verify.Second(NewForecaster(Fixed(NBD{1, 1}), Fitted[GammaGamma]{}, ForecastConfig{Horizon: Units(1), Intervals: true, Level: level, Source: rand.NewPCG(1, 2)})),
		} {
			if in, ok := faultOf(err); !ok || in.Field != "Level" {
				t.Errorf("%s takes the level %v: %v", name, level, err)
			}
		}
	}
}

// faultOf is the first fault of a configuration.
func faultOf(err error) (*clientele.InputError, bool) {
	all, ok := err.(*clientele.ConfigError)
	if !ok {
		return nil, false
	}
	in, ok := all.Faults[0].(*clientele.InputError)
	return in, ok
}

// Profile intervals of the least level that there is end, close around the estimate.
func TestProfileOfLeastLevel(t *testing.T) {
	h := compressed(t, simulated(t, ParetoNBD{0.9, 8, 0.7, 15}, 200, 20, 40, 0, 1))
	fit := verify.Must(Fit(NBD{}, h, FitConfig{Level: 3e-16, Profile: true}))
	for _, p := range fit.Params {
		verify.Near(t, "lower limit of "+p.Name, p.Lo, p.Value, 1e-3)
		verify.Near(t, "upper limit of "+p.Name, p.Hi, p.Value, 1e-3)
	}
}

// What takes a number of repetitions or purchases refuses too many before it begins.
func TestLengthsAreBounded(t *testing.T) {
	h := compressed(t, simulated(t, ParetoNBD{0.9, 8, 0.7, 15}, 60, 20, 40, 0, 1))
	src := func() rand.Source { return rand.NewPCG(1, 2) }
	many := new(Sample)
	if err := many.Add(Summary{Frequency: 2, Recency: 3, T: 4}, math.MaxInt32); err != nil {
		t.Fatal(err)
	}
	ages := new(Sample)
	for i := range 1000 {
		if err := ages.Add(Summary{T: 1 + float64(i)/1000}, 1); err != nil {
			t.Fatal(err)
		}
	}
	for name, err := range map[string]error{
		"Bootstrap of very many":   verify.Second(Bootstrap(NBD{}, many, 3, src(), FitConfig{})),
		"Bootstrap":                verify.Second(Bootstrap(NBD{}, h, mostDraws+1, src(), FitConfig{})),
		"ForecastConfig.Draws":     verify.Second(NewForecaster(Fixed(NBD{1, 1}), Fitted[GammaGamma]{}, ForecastConfig{Horizon: Units(1), Intervals: true, Draws: mostDraws + 1, Source: src()})),
		"FitConfig.MaxEvaluations": verify.Second(Fit(NBD{}, h, FitConfig{MaxEvaluations: mostEvaluations + 1})),
		"Simulate":                 verify.Second(given0(t, NBD{1, 1}, Summary{}).Simulate(1e8, src())),
		"regularity":               BGCNBD{K: 101, R: 1, Alpha: 1, A: 1, B: 1}.Validate(),
		"Track":                    verify.Second(Track(NBD{1, 1}, ages, TrackConfig{Step: Units(1e-6), Until: Units(0.5)})),
	} {
		if err == nil {
			t.Errorf("%s is not bounded", name)
		}
	}
}

// A spend whose distribution over customers is as good as a point has quantiles there, and
// one whose rates are as good as 0 none.
func TestQuantilesOfExtremeShapes(t *testing.T) {
	for _, q := range []float64{1e11, 1e12, 1e13, 1e100} {
		for _, prob := range []float64{1e-300, 0.001, 0.5, 0.999} {
			got := verify.Must(GammaGamma{6, q, 15 * q}.Quantile(Summary{}, prob))
			verify.Near(t, "quantile", got, 90, 2e-4)
		}
	}
	before, after := 1-1e-6, 1+1e-6 // the two ways agree where one gives way to the other
	for _, prob := range []float64{1e-9, 0.1, 0.5, 0.9} {
		verify.Near(t, "quantile", gammaQuantile(1e12*after, prob)/1e12, gammaQuantile(1e12*before, prob)/1e12, 3e-6)
	}
	if _, err := (GammaGamma{6, 1e-300, 15}).Quantile(Summary{}, 0.5); err == nil {
		t.Error("a vanishing shape has a median")
	}
}

// Expected purchases where the distribution of drop-out probabilities is a point are those
// of the customer's own age, not of a newcomer.
func TestExpectedOfNarrowDropOut(t *testing.T) {
	s, horizon := Summary{Frequency: 4, Recency: 20, T: 30}, 26.0
	for _, a := range []float64{1e9, 1e10, 1e12} {
		p := 0.2
		got := verify.Must(given0(t, BGNBD{2, 10, a, a * (1 - p) / p}, s).Expected(horizon))
		o := given0(t, BGNBD{2, 10, a, a * (1 - p) / p}, s)
		want := o.Alive() * (1 - math.Pow(1+p*horizon/(10+s.T), -(2+4))) / p
		verify.Near(t, "expected", got, want, 1e-8)
	}
}

// Of a Gamma(q, 1) variable with a vanishing q the probability of less than a small v is
// v^q/Γ(1+q), so that with p = γ = 1 the quantile of 1/ν at a probability u is (1-u)^(-1/q),
// and Γ(1+q) is 1 to the last digits. Where this is not small, there is none.
func TestQuantilesOfVanishingShapes(t *testing.T) {
	for _, c := range []struct{ q, prob float64 }{{5e-10, 1e-7}, {9e-10, 4e-8}, {1e-12, 5e-10}} {
		got := verify.Must(GammaGamma{1, c.q, 1}.Quantile(Summary{}, c.prob))
		verify.Near(t, "logarithm of the quantile", math.Log(got), -math.Log1p(-c.prob)/c.q, 1e-9)
	}
	if _, err := (GammaGamma{1, 5e-10, 1}).Quantile(Summary{}, 1e-9); !errors.Is(err, ErrInaccurate) {
		t.Errorf("not a small rate: %v", err)
	}
}
