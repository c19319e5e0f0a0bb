package ltv_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/clientele-go/clientele/ltv"
)

// published is a model of the CDNOW sample, whose times are in weeks.
func published() ltv.Fitted[ltv.BGNBD] {
	return ltv.Fixed(ltv.BGNBD{R: 0.243, Alpha: 4.414, A: 0.793, B: 2.426}).WithUnit(ltv.Weeks(1))
}

// A horizon is said in any unit of time. A bare number could be one of weeks or of
// months, so it is refused.
func ExampleSpan() {
	s := ltv.Summary{Frequency: 2, Recency: 30.43, T: 38.86}
	for _, horizon := range []ltv.Span{ltv.Weeks(39), ltv.Months(12), ltv.Units(12)} {
		f, err := ltv.NewForecaster(published(), ltv.Fitted[ltv.GammaGamma]{}, ltv.ForecastConfig{Horizon: horizon})
		if err != nil {
			fmt.Println(err)
			continue
		}
		one, err := f.One(s)
		check(err)
		fmt.Printf("in %v: %.2f purchases\n", horizon, one.Purchases.Value)
	}
	// Output:
	// in 39 weeks: 1.23 purchases
	// in 12 months: 1.56 purchases
	// ltv.NewForecaster: invalid configuration: Horizon 12 units: has no unit: want one, such as "12 weeks": the unit of time of the data is 1 week
}

// The settings of a forecast, as a page keeps them, and what they make of a customer:
// with intervals, which draw futures from a source of random numbers.
func ExampleForecastConfig() {
	var cfg ltv.ForecastConfig
	check(json.Unmarshal([]byte(`{
		"horizon": "1 year", "discount": {"rate": 0.15, "per": "1 year"}, "margin": 0.3, "intervals": true, "level": 0.9
	}`), &cfg))
	cfg.Source = rand.NewPCG(1, 2)
	spend := ltv.Fixed(ltv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44})
	f, err := ltv.NewForecaster(published(), spend, cfg)
	check(err)
	one, err := f.One(ltv.Summary{Frequency: 2, Recency: 30.43, T: 38.86, Monetary: 22.35})
	check(err)
	fmt.Printf("alive %.2f, profit %v\n", one.Alive, one.Value)
	// Output:
	// alive 0.73, profit 10.85 [0, 39.22]
}

// Forecasts and the value of the base as tables for a sheet or a page.
func ExampleWriteForecasts() {
	base := func(yield func(string, ltv.Summary) bool) {
		_ = yield("Ada", ltv.Summary{Frequency: 2, Recency: 30.43, T: 38.86, Monetary: 22.35}) &&
			yield("Ben", ltv.Summary{T: 38.86})
	}
	spend := ltv.Fixed(ltv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44})
	f, err := ltv.NewForecaster(published(), spend, ltv.ForecastConfig{Horizon: ltv.Weeks(39)})
	check(err)
	var sheet strings.Builder // a file, or an http.ResponseWriter
	check(ltv.WriteForecasts(&sheet, f, base))
	equity, err := ltv.NewEquity(f, base, func(id string) string { return id[:1] })
	check(err)
	check(equity.WriteCSV(&sheet))
	for line := range strings.Lines(sheet.String()) {
		fields := strings.Split(line, ",")
		fmt.Println(fields[0], len(fields))
	}
	// Output:
	// customer 12
	// Ada 12
	// Ben 12
	// group 11
	// A 11
	// B 11
}
