package ltv

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/internal/verify"
)

// told are the names of parameters with an interval.
func told(params []FittedParam) (names []string) {
	for _, p := range params {
		if p.Level > 0 {
			names = append(names, p.Name)
		}
	}
	return names
}

// Customers who are all alike tell the ratio of r and alpha, and neither of the two: the
// interval of alpha was that of the ratio, alpha within a few percent, and held the truth in
// half of the samples of two customers.
func TestScaleOfShapeAtEnd(t *testing.T) {
	var alike []Summary
	for range 40 {
		alike = append(alike, Summary{Frequency: 3, Recency: 25, T: 30})
	}
	for _, cfg := range []FitConfig{{}, {Profile: true}} {
		fit := fittedTo(t, NBD{}, compressed(t, alike), cfg)
		if names := told(fit.Params); !fit.Has(AtEnd) || len(names) > 0 || fit.Params[1].StdErr != 0 {
			t.Errorf("%v have intervals: %v, warnings %v", names, fit.Params, fit.Warnings)
		}
		if !(fit.LogCovariance[1][1] > 0) {
			t.Error("forecasts do not know how well the ratio is known")
		}
	}
}

// Without customers enough to tell the parameters there is no interval; with them it is that of
// Student's t on the scale of logarithms.
func TestIntervalsOfHandfuls(t *testing.T) {
	h := func(n int) *Sample { return compressed(t, simulated(t, NBD{1, 4}, n, 40, 52, 0, 3)) }
	for _, cfg := range []FitConfig{{}, {Profile: true}} {
		few := fittedTo(t, NBD{}, h(2), cfg)
		if names := told(few.Params); few.DegreesOfFreedom != 0 || len(names) > 0 {
			t.Errorf("two customers tell %v with %d degrees of freedom", names, few.DegreesOfFreedom)
		}
	}
	ten := fittedTo(t, NBD{}, h(10), FitConfig{Level: 0.9})
	if ten.DegreesOfFreedom < 5 || ten.DegreesOfFreedom > 8 {
		t.Fatalf("ten customers have %d degrees of freedom", ten.DegreesOfFreedom)
	}
	factor := special.StudentQuantile(0.95, float64(ten.DegreesOfFreedom))
	for _, p := range ten.Params {
		verify.Near(t, "upper limit of "+p.Name, math.Log(p.Hi/p.Value), factor*p.StdErr/p.Value, 1e-12)
		verify.Near(t, "lower limit of "+p.Name, math.Log(p.Lo/p.Value), -factor*p.StdErr/p.Value, 1e-12)
	}
}

// The likelihood of a GGom/NBD may have several maxima: the curvature at one tells nothing of b,
// s and beta, whose intervals held the truth in a third of the samples of 30 customers.
func TestGGomNBDTellsDropOutByProfile(t *testing.T) {
	h := compressed(t, simulated(t, GGomNBD{0.2, 10, 0.08, 1, 40}, 1_500, 60, 120, 1, 8))
	fit := fittedTo(t, GGomNBD{}, h, FitConfig{})
	if names := told(fit.Params); len(names) != 2 || names[0] != "r" || names[1] != "alpha" {
		t.Errorf("by standard errors %v have intervals", names)
	}
	if s := fit.Params[3]; !(s.StdErr > 0) {
		t.Errorf("s has no standard error: %v", s)
	}
}

// Invariant: no value within a profile interval is less likely than its limits. The search for a
// limit that began too far from the maximum, where no climb finds its way, never came back: the
// lower limit of p was the estimate itself in one sample of six.
func TestProfileOfWhatIsHardlyKnown(t *testing.T) {
	truth := GammaGamma{6, 4, 50}
	rng := rand.New(rand.NewPCG(30, 78))
	birth := given0(t, NBD{1, 10}, Summary{})
	told := 0
	for range 12 {
		var base []Summary
		for range 30 {
			s := summaryOf(verify.Must(birth.Simulate(52, rng)), 52, 0)
			amount := truth.draw(Summary{}, rng)
			for range s.Frequency {
				s.Monetary += amount() / float64(s.Frequency)
			}
			base = append(base, s)
		}
		fit := verify.Must(Fit(GammaGamma{}, compressed(t, base), FitConfig{Profile: true}))
		p := fit.Params[0]
		if p.Level == 0 {
			continue
		}
		told++
		if !(p.Lo < 0.9*p.Value && 1.1*p.Value < p.Hi) {
			t.Errorf("p = %v ± %v is between %v and %v", p.Value, p.StdErr, p.Lo, p.Hi)
		}
	}
	if told < 5 {
		t.Errorf("only %d samples tell p", told)
	}
}

// A newcomer is known by the models alone: a handful of customers tells none of them.
func TestNewcomerOfHandfuls(t *testing.T) {
	newcomer := func(n int, known bool) Newcomer {
		all := simulated(t, NBD{1, 4}, n, 40, 52, 0, 3)
		for i := range all {
			if all[i].Frequency > 0 {
				all[i].Monetary = 20 + float64(i*i%17)
			}
		}
		h := compressed(t, all)
		buying, spend := fittedTo(t, NBD{}, h, FitConfig{}), verify.Must(Fit(GammaGamma{}, h, FitConfig{}))
		if known {
			buying, spend = Fixed(buying.Model), Fixed(spend.Model)
		}
		f := verify.Must(NewForecaster(buying, spend, ForecastConfig{Horizon: Units(26), Intervals: true, Draws: 100, Source: rand.NewPCG(1, 2)}))
		return verify.Must(f.Newcomer(10))
	}
	for _, c := range []struct {
		n                int
		known            bool
		purchases, value float64
	}{{2, false, 0, 0}, {5, false, 0.95, 0}, {60, false, 0.95, 0.95}, {5, true, 0.95, 0.95}} {
		n := newcomer(c.n, c.known)
		if n.Purchases.Level != c.purchases || n.Repeat.Level != c.value || n.Value.Level != c.value {
			t.Errorf("%d customers, models known %t: %+v", c.n, c.known, n)
		}
		if n.Value.Level == 0 && n.Value.Lo != n.Value.Value {
			t.Errorf("without an interval the value is %v to %v", n.Value.Lo, n.Value.Hi)
		}
	}
}
