package nps_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// answerOf is an answer of a customer in a good or bad mood.
func answerOf(rng *rand.Rand, mood float64) int {
	return min(10, max(0, int(8+1.5*mood+2*rng.NormFloat64())))
}

// Ten ratings that have nothing to do with the answers, some given by all alike but for a
// few: one of the ten is claimed in no more than 5 % of reports, and each share reaches to
// 0 in about 95 %. By their values alone, all ten shares are above 0, always.
func TestDriversClaimNoNoise(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 7))
	const runs, drivers = 400, 10
	claimed, above := 0, 0
	for run := range runs {
		var all []nps.Response
		for range []int{30, 100}[run%2] {
			r := nps.Response{Answer: answerOf(rng, 0)}
			for i := range drivers {
				rating := 1 + rng.IntN(5)
				if i < 3 && rng.IntN(8) > 0 {
					rating = 5
				}
				r.Ratings = append(r.Ratings, nps.NewRating(float64(rating)))
			}
			all = append(all, r)
		}
		cfg := nps.DriverConfig{}
		if run < 20 {
			cfg.Resamples, cfg.Source = 100, rand.NewPCG(1, 2)
		}
		r, err := driversOf(cfg, all...)
		if err != nil {
			continue // a rating that all gave alike
		}
		claimed += verify.OneIf(slices.ContainsFunc(r.Drivers, func(d nps.Driver) bool { return d.Claimed }))
		for _, d := range r.Drivers {
			above += verify.OneIf(d.P <= 0.05)
			if d.Shapley.Level > 0 && (d.Shapley.Lo > 0 || d.Johnson.Lo > 0) != (d.P <= 0.05) {
				t.Errorf("%+v", d)
			}
		}
	}
	t.Logf("a driver claimed in %.3f of reports, %.3f of drivers above chance", float64(claimed)/runs, float64(above)/runs/drivers)
	if share := float64(claimed) / runs; share > 0.05+3*math.Sqrt(0.05*0.95/runs) {
		t.Errorf("a driver is claimed in %.3f of reports", share)
	}
	if share := float64(above) / runs / drivers; share > 0.065 {
		t.Errorf("%.3f of drivers are above chance", share)
	}
}

// Delivery moves the answers, and with each of eight other touchpoints one customer in
// twenty has trouble, which has nothing to do with the answers: delivery ranks first.
func TestDriversRankByDoubt(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	first := 0
	const runs = 200
	for range runs {
		var all []nps.Response
		for customer := range 60 {
			delivery := rng.IntN(5)
			r := nps.Response{Answer: answerOf(rng, 0.6*float64(delivery-3))}
			r.Ratings = append(r.Ratings, nps.NewRating(float64(delivery)))
			for other := range 8 {
				rating := 5.
				if rng.IntN(20) == 0 || customer == other {
					rating = 1
				}
				r.Ratings = append(r.Ratings, nps.NewRating(rating))
			}
			all = append(all, r)
		}
		r := verify.Must(driversOf(nps.DriverConfig{}, all...))
		ranked := r.Ranked()
		first += verify.OneIf(ranked[0].Name == "a")
		if !slices.IsSortedFunc(ranked, func(a, b nps.Driver) int { return verify.OneIf(b.Claimed) - verify.OneIf(a.Claimed) }) {
			t.Fatal("a driver that is not claimed comes before one that is")
		}
	}
	if first < runs*95/100 {
		t.Errorf("the planted driver is first in %d of %d", first, runs)
	}
	var none *nps.DriverReport
	if none.Ranked() != nil {
		t.Error("drivers of no report")
	}
}

// With one driver, P is that of the correlation: t = r √(n-2)/√(1-r²). Here r² is 0.6, by
// hand: ratings 1 to 5 and answers 2, 4, 5, 4, 5 have the slope 3/5.
func TestDriverP(t *testing.T) {
	r := verify.Must(driversOf(nps.DriverConfig{}, response(2, 1), response(4, 2), response(5, 3), response(4, 4), response(5, 5)))
	d := r.Drivers[0]
	sameAs(t, "beta", d.Beta.Value, math.Sqrt(0.6), 1e-14)
	sameAs(t, "standard error", d.Beta.StdErr, math.Sqrt(0.4/3), 1e-14)
	sameAs(t, "upper limit", d.Beta.Hi, math.Sqrt(0.6)+3.182446305283708*math.Sqrt(0.4/3), 1e-13)
	sameAs(t, "p", d.P, 0.12402706265755456, 1e-12) // of |t| ≥ 3/√2 with 3 degrees of freedom
	if d.Adjusted != d.P || d.Claimed {
		t.Errorf("%+v", d)
	}
	two := func(adjust clientele.Adjustment) *nps.DriverReport {
		return verify.Must(driversOf(nps.DriverConfig{Adjust: adjust}, response(2, 1, 3), response(4, 2, 1), response(5, 3, 2), response(4, 4, 5), response(5, 5, 1), response(9, 5, 4)))
	}
	for _, adjust := range []clientele.Adjustment{clientele.Holm, clientele.Bonferroni} {
		r := two(adjust)
		want := verify.Must(adjust.Adjust([]float64{r.Drivers[0].P, r.Drivers[1].P}))
		if got := []float64{r.Drivers[0].Adjusted, r.Drivers[1].Adjusted}; !slices.Equal(got, want) {
			t.Errorf("%v: %v, want %v", adjust, got, want)
		}
	}
}

// Two kinds of customers are all that a handful of four shows: a correlation of 1, which
// chance makes in a third of all cases, has no interval.
func TestDriversOfAHandful(t *testing.T) {
	r := verify.Must(driversOf(nps.DriverConfig{}, response(0, 1), response(0, 1), response(10, 5), response(10, 5)))
	d := r.Drivers[0]
	for name, e := range map[string]clientele.Estimate{"correlation": d.Correlation, "rank correlation": d.RankCorrelation, "beta": d.Beta} {
		if math.Abs(e.Value-1) > 1e-15 || e.Level != 0 || e.Lo != e.Value || e.Hi != e.Value || e.StdErr != 0 {
			t.Errorf("%s: %+v", name, e)
		}
	}
	if d.P != 1 || d.Adjusted != 1 || d.Claimed {
		t.Errorf("%+v", d)
	}
}

// Resamples and drivers together are bounded, before a response is read.
func TestDriversAreBounded(t *testing.T) {
	unread := func(func(nps.Response, error) bool) { t.Error("responses were read") }
	names := make([]string, 20)
	for i := range names {
		names[i] = string(rune('a' + i))
	}
	for drivers, most := range map[int]int{1: 100_000, 14: 65_536, 20: 1024} {
		_, err := nps.Drivers(unread, names[:drivers], nps.DriverConfig{Resamples: most + 1, Source: rand.NewPCG(1, 2)})
		verify.ConfigError(t, err, "nps.Drivers", "Resamples")
	}
	_, err := nps.Drivers(unread, names, nps.DriverConfig{Resamples: math.MaxInt, Adjust: 9, Source: rand.NewPCG(1, 2)})
	verify.ConfigError(t, err, "nps.Drivers", "Adjust", "Resamples")
}

// A share without an interval is behind every one that has one: its lower limit is not told.
func TestDriversWithoutAnIntervalRankBehind(t *testing.T) {
	told := func(value, lo float64) clientele.Estimate {
		return clientele.Estimate{Value: value, Lo: lo, Hi: 1, Level: 0.95}
	}
	bare := func(value float64) clientele.Estimate { return clientele.Estimate{Value: value, Lo: value, Hi: value} }
	r := nps.DriverReport{Drivers: []nps.Driver{
		{Name: "bare", Shapley: bare(0.9)},
		{Name: "sure", Shapley: told(0.3, 0.2)},
		{Name: "unsure", Shapley: told(0.4, 0.1)},
		{Name: "claimed", Claimed: true, Shapley: bare(0.1)},
	}}
	var names []string
	for _, d := range r.Ranked() {
		names = append(names, d.Name)
	}
	if want := []string{"claimed", "sure", "unsure", "bare"}; !slices.Equal(names, want) {
		t.Errorf("ranked %v, want %v", names, want)
	}
}
