package nps_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// extremes are numbers at and beyond the ends of what arguments allow.
var extremes = []float64{
	0, math.SmallestNonzeroFloat64, 1e-300, 1e-17, 0.5, math.Nextafter(0.5, 1), 0.999999, 1 - 1e-15, math.Nextafter(math.Nextafter(1, 0), 0), math.Nextafter(1, 0),
	1, math.Nextafter(1, 2), 100, 200, 1e6, 1e100, math.MaxFloat64, -1, -math.SmallestNonzeroFloat64, -100, math.Inf(1), math.Inf(-1), math.NaN(),
}

// extremeTallies have one answer, few, and as many as there can be.
func extremeTallies(t *testing.T) map[string]nps.Tally {
	t.Helper()
	many := answered(1<<51, 0, 1<<52)
	if err := many.AddN(7, 1<<51); err != nil {
		t.Fatal(err)
	}
	return map[string]nps.Tally{
		"none": {}, "one": answered(0, 0, 1), "two": answered(1, 0, 1), "passive": answered(0, 3, 0), "usual": answered(15, 35, 50), "lopsided": answered(1, 0, 1<<40), "many": many,
	}
}

// answersOf calls all that takes a tally and a number.
func answersOf(a, b nps.Tally, x float64) map[string]func() (any, error) {
	all := map[string]func() (any, error){
		"MeanInterval": func() (any, error) { return a.MeanInterval(x) },
		"TopBox":       func() (any, error) { return a.TopBox(x) },
		"Shares":       func() (any, error) { return a.Shares(x) },
		"Goodman":      func() (any, error) { return a.GoodmanShares(x) },
		"EachShare":    func() (any, error) { return a.EachShare(x) },
		"Bootstrap":    func() (any, error) { return a.Bootstrap(x, 40, rand.NewPCG(1, 2)) },
		"Posterior": func() (any, error) {
			p, err := a.Posterior(nps.Dirichlet{Detractors: x, Passives: 1, Promoters: 1})
			return p.Mean() + p.StdDev(), err
		},
		"CompareTarget": func() (any, error) {
			return nps.CompareTarget(x, a, nps.CompareConfig{Test: nps.PooledTest})
		},
		"Equivalent":      func() (any, error) { return nps.Equivalent(a, b, x, 0) },
		"Equivalent at":   func() (any, error) { return nps.Equivalent(a, b, 10, x) },
		"RankSum":         func() (any, error) { return nps.RankSum(a, b) },
		"ChiSquare":       func() (any, error) { return nps.ChiSquare(a, b) },
		"SampleSize":      func() (any, error) { return nps.SampleSize{MarginOfError: x}.Required() },
		"SampleSize at":   func() (any, error) { return nps.SampleSize{MarginOfError: 5, Level: x, Population: 9}.Required() },
		"SampleSize of":   func() (any, error) { return nps.SampleSize{MarginOfError: 1e-9, Variance: x}.Required() },
		"Detectable":      func() (any, error) { return nps.Detectable{Difference: x}.Required() },
		"Detectable at":   func() (any, error) { return nps.Detectable{Difference: 5, Level: x, Power: x}.Required() },
		"PostStratify at": func() (any, error) { return nps.PostStratify([]nps.Stratum{{Name: "a", Tally: a, Population: 1}}, x) },
		"PostStratify": func() (any, error) {
			return nps.PostStratify([]nps.Stratum{{Name: "a", Tally: a, Population: x}, {Name: "b", Tally: b, Population: 1}}, 0)
		},
	}
	for _, m := range everyMethod() {
		all["Interval "+m.String()] = func() (any, error) { return a.Interval(m, x) }
	}
	for _, test := range []nps.Test{nps.AdjustedWelchTest, nps.AdjustedTest, nps.WaldTest, nps.PooledTest} {
		all["Compare "+test.String()] = func() (any, error) { return nps.Compare(a, b, nps.CompareConfig{Test: test, Level: x}) }
	}
	return all
}

// Invariant: whatever tallies hold and whatever number is asked for, an answer is finite or
// an error.
func TestExtremesAreFiniteOrRefused(t *testing.T) {
	tallies := extremeTallies(t)
	for nameA, a := range tallies {
		for nameB, b := range tallies {
			for _, x := range extremes {
				for name, call := range answersOf(a, b, x) {
					if got, err := call(); err == nil {
						verify.Finite(t, fmt.Sprintf("%s of %s and %s, %v", name, nameA, nameB, x), got)
					}
				}
			}
		}
	}
}

// Invariant: posteriors of extreme parameters have finite quantiles and probabilities, or
// say that they have not, within bounded time.
func TestExtremePosteriors(t *testing.T) {
	for _, prior := range []nps.Dirichlet{
		{Detractors: 0.01, Passives: 0.01, Promoters: 0.01},
		{Detractors: 0.01, Passives: 9e5, Promoters: 0.01},
		{Detractors: 9e5, Passives: 0.01, Promoters: 0.01},
		{Detractors: 3e3, Passives: 0.01, Promoters: 3e3},
		{Detractors: 1, Passives: 1, Promoters: 1},
	} {
		one := answered(1, 0, 1)
		p := verify.Must(one.Posterior(prior))
		for _, x := range []float64{0.95, math.Inf(-1), math.NaN()} {
			for name, call := range map[string]func(float64) (any, error){
				"Above":    func(x float64) (any, error) { return p.Above(x) },
				"Quantile": func(x float64) (any, error) { return p.Quantile(x) },
				"Interval": func(x float64) (any, error) { return p.Interval(x) },
			} {
				if got, err := call(x); err == nil {
					verify.Finite(t, fmt.Sprintf("%s %v of %+v", name, x, prior), got)
				}
			}
		}
	}
}

// Invariant: weights, ratings and populations at the ends of what they may be give finite
// answers.
func TestExtremeWeightsAndRatings(t *testing.T) {
	var w nps.Weighted
	for i, weight := range []float64{1e-15, 1e15, 1e15, 1e-15, 1} {
		if err := w.Add(2*i, weight); err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range extremes {
		for name, call := range map[string]func() (any, error){
			"Interval":        func() (any, error) { return w.Interval(nps.Wald, x) },
			"adjusted":        func() (any, error) { return w.Interval(nps.AdjustedWald, x) },
			"CompareWeighted": func() (any, error) { return nps.CompareWeighted(w, w, nps.CompareConfig{Level: x, Test: nps.WaldTest}) },
			"Add": func() (any, error) {
				v := w
				err := v.Add(5, x)
				return []float64{v.Weight(), verify.Must(v.EffectiveN()), verify.Must(v.Mean())}, err
			},
			"Rake": func() (any, error) {
				sample := append(twoByTwo(), nps.Respondent{Answer: 9, Categories: []string{"north", "old"}, Weight: x})
				return nps.Rake(clientele.All(sample), []nps.Dimension{dimension("region", "north", 1., "south", 1e-11), dimension("age", "young", 1., "old", 1.)}, nps.RakeConfig{MaxIterations: 30})
			},
			"Rake to": func() (any, error) {
				return nps.Rake(clientele.All(twoByTwo()), []nps.Dimension{dimension("region", "north", x, "south", 1.), dimension("age", "young", 1., "old", 1.)}, nps.RakeConfig{MaxIterations: 30, Level: min(max(x, 0), 0.9)})
			},
			"Drivers": func() (any, error) {
				return driversOf(nps.DriverConfig{Resamples: 100, Source: rand.NewPCG(1, 2)}, response(1, x, 3), response(4, 1, -1e100), response(7, 1e-100, 1), response(9, 2, 1e100), response(3, -x, 0), response(2, 5, 5))
			},
			"Drivers at": func() (any, error) {
				return driversOf(nps.DriverConfig{Level: x}, response(1, 1), response(4, 1), response(7, 3), response(9, 2))
			},
		} {
			if got, err := call(); err == nil {
				verify.Finite(t, fmt.Sprintf("%s %v", name, x), got)
			}
		}
	}
}
