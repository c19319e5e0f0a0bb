package ltv

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

var coverageBases = flag.Int("coverage", 0, "simulated bases of the coverage study; 0 = a few, to see that it is about right")

// TestCoverage measures how often intervals hold what came true. Bases are drawn
// from known models; models are fitted to their first 52 weeks, and the intervals
// compared with what the customers went on to buy in the next 26.
//
//	go test ./ltv -run TestCoverage -v -coverage 200
func TestCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("computes in one goroutine, which is nothing for the race detector")
	}
	bases, customers := 6, 40
	if *coverageBases > 0 {
		bases, customers = *coverageBases, 200
	}
	const level = 0.9
	for _, truth := range []Model{ParetoNBD{0.9, 8, 0.7, 15}, MBGNBD{1.2, 8, 0.7, 1.5}} {
		for _, size := range []int{300, 2000} {
			c := coverage{truth: truth, size: size, customers: customers, level: level}
			for seed := range bases {
				c.run(t, uint64(seed))
			}
			t.Log(c.String())
			c.check(t)
		}
	}
}

// coverage counts intervals, and those that held the truth.
type coverage struct {
	truth                             Model
	size, customers                   int
	level                             float64
	n, purchases, value, bases, total int
}

// run draws a base with its future, and compares.
func (c *coverage) run(t *testing.T, seed uint64) {
	const calibration, holdout = 52, 26
	spend := GammaGamma{6, 4, 15}
	rng := rand.New(rand.NewPCG(seed, 9))
	birth := given0(t, c.truth, Summary{})
	base, futures, values := make([]Summary, c.size), make([]float64, c.size), make([]float64, c.size)
	actual := 0.0
	for i := range base {
		age := calibration * (0.5 + 0.5*rng.Float64())
		times, err := birth.Simulate(age+holdout, rng)
		if err != nil {
			t.Fatal(err)
		}
		before := 0
		for before < len(times) && times[before] <= age {
			before++
		}
		base[i] = summaryOf(times[:before], age, 0)
		amount := spend.draw(Summary{}, rng)
		for range base[i].Frequency {
			base[i].Monetary += amount() / float64(base[i].Frequency)
		}
		for range times[before:] {
			futures[i]++
			values[i] += amount()
		}
		actual += values[i]
	}
	h := compressed(t, base)
	fit := fittedTo(t, c.truth, h, FitConfig{})
	spending, err := Fit(GammaGamma{}, h, FitConfig{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := NewForecaster(fit, spending, ForecastConfig{Horizon: Units(holdout), Intervals: true, Level: c.level, Draws: 400, Source: rng})
	if err != nil {
		t.Fatal(err)
	}
	for i := range c.customers {
		one, err := f.One(base[i])
		if err != nil {
			t.Fatal(err)
		}
		c.n++
		c.purchases += verify.OneIf(one.Purchases.Contains(futures[i]))
		c.value += verify.OneIf(one.Value.Contains(values[i]))
	}
	e, err := NewEquity(f, pairs(base), func(i int) string { return fmt.Sprint(i % 2) })
	if err != nil {
		t.Fatal(err)
	}
	c.bases++
	c.total += verify.OneIf(e.Total.Value.Contains(actual))
}

// String is a line of the study.
func (c *coverage) String() string {
	n, bases := float64(c.n), float64(c.bases)
	return fmt.Sprintf("%-10s %5d customers, level %.2f: purchases %.3f, value %.3f of %d customers; equity %.3f of %d bases",
		c.truth.Name(), c.size, c.level, float64(c.purchases)/n, float64(c.value)/n, c.n, float64(c.total)/bases, c.bases)
}

// check refuses a coverage that is four standard errors below its level. Intervals
// of counts are wider than their level, since counts are whole numbers.
func (c *coverage) check(t *testing.T) {
	for _, of := range []struct {
		what      string
		held, all int
	}{{"purchases", c.purchases, c.n}, {"value", c.value, c.n}, {"equity", c.total, c.bases}} {
		share, n := float64(of.held)/float64(of.all), float64(of.all)
		if slack := 4 * math.Sqrt(c.level*(1-c.level)/n); share < c.level-slack {
			t.Errorf("%s of %s: %.3f of the intervals hold the truth", of.what, c.truth.Name(), share)
		}
	}
}
