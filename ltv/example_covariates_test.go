package ltv_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/clientele-go/clientele/ltv"
)

// Do customers of the app buy more often than those of the shop, and do they leave
// sooner?
func ExampleFitCovariates() {
	d, err := ltv.NewDesign(ltv.Covariates{Purchase: []string{"app"}, DropOut: []string{"app"}})
	check(err)
	for s, app := range shopAndApp(1000) {
		check(d.Add(s, []float64{app}, []float64{app}))
	}
	fit, err := ltv.FitCovariates(ltv.ParetoNBD{}, d, ltv.CovariateConfig{})
	check(err)
	buys, leaves := fit.Purchase[0], fit.DropOut[0]
	fmt.Printf("buys %.1f times as often [%.1f, %.1f]\n", math.Exp(buys.Value), math.Exp(buys.Lo), math.Exp(buys.Hi))
	fmt.Printf("leaves at %.1f times the rate [%.1f, %.1f]\n", math.Exp(leaves.Value), math.Exp(leaves.Lo), math.Exp(leaves.Hi))

	s := ltv.Summary{Frequency: 3, Recency: 30, T: 40}
	for i, name := range []string{"shop", "app"} {
		z := []float64{float64(i)}
		m, err := fit.For(z, z) // a ParetoNBD, used like any other
		check(err)
		o, err := m.Given(s)
		check(err)
		fmt.Printf("%-4s with 3 repeat purchases, silent for 10 weeks: alive %.2f\n", name, o.Alive())
	}
	// Output:
	// buys 1.8 times as often [1.5, 2.0]
	// leaves at 2.7 times the rate [2.0, 3.8]
	// shop with 3 repeat purchases, silent for 10 weeks: alive 0.84
	// app  with 3 repeat purchases, silent for 10 weeks: alive 0.72
}

// What a base with covariates will bring: the sum over the sets of covariates, each with a
// forecaster of its own.
func ExampleFittedCovariates_FittedFor() {
	d, err := ltv.NewDesign(ltv.Covariates{Purchase: []string{"app"}, DropOut: []string{"app"}})
	check(err)
	parts := map[float64][]ltv.Summary{}
	for s, app := range shopAndApp(1000) {
		check(d.Add(s, []float64{app}, []float64{app}))
		parts[app] = append(parts[app], s)
	}
	fit, err := ltv.FitCovariates(ltv.ParetoNBD{}, d, ltv.CovariateConfig{})
	check(err)
	for i, name := range []string{"shop", "app"} {
		z := []float64{float64(i)}
		of, err := fit.FittedFor(z, z)
		check(err)
		f, err := ltv.NewForecaster(of.WithUnit(ltv.Weeks(1)), ltv.Fitted[ltv.GammaGamma]{}, ltv.ForecastConfig{
			Horizon: ltv.Weeks(26), Intervals: true, Source: rand.NewPCG(1, 2),
		})
		check(err)
		equity, err := ltv.NewEquity(f, slices.All(parts[z[0]]), nil)
		check(err)
		fmt.Printf("%-4s %d customers, purchases %v\n", name, equity.Total.Customers, equity.Total.Purchases)
	}
	// Output:
	// shop 500 customers, purchases 1105 [980, 1229]
	// app  500 customers, purchases 1052 [884.6, 1220]
}

// shopAndApp yields customers of forty weeks ago, half of them of the app: these buy
// twice as often, and leave at three times the rate.
func shopAndApp(n int) func(yield func(ltv.Summary, float64) bool) {
	return func(yield func(ltv.Summary, float64) bool) {
		rng := rand.New(rand.NewPCG(1, 2))
		models := [2]ltv.ParetoNBD{{R: 1.2, Alpha: 8, S: 1, Beta: 60}, {R: 1.2, Alpha: 4, S: 1, Beta: 20}}
		for i := range n {
			born, err := models[i%2].Given(ltv.Summary{})
			check(err)
			times, err := born.Simulate(40, rng)
			check(err)
			s := ltv.Summary{Frequency: len(times), T: 40}
			if len(times) > 0 {
				s.Recency = times[len(times)-1]
			}
			if !yield(s, float64(i%2)) {
				return
			}
		}
	}
}
