package ltv_test

import (
	"fmt"
	"log"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/ltv"
)

// The whole way: purchases, summaries, fits, a forecast, equity. The purchases are two
// years of a simulated shop.
func Example() {
	purchases, err := testdata.Purchases()
	check(err)

	sums, err := ltv.NewSummaries[int64](nil, ltv.SummaryConfig{
		AsOf:  time.Date(2025, 6, 29, 23, 59, 59, 0, time.UTC),
		Until: time.Date(2025, 12, 28, 23, 59, 59, 0, time.UTC),
		Per:   7,    // days, counted in weeks
		Gross: true, // what was paid, whatever was given back
	})
	check(err)
	check(clientele.Feed(clientele.All(purchases), sums))

	sample := sums.Sample()
	fit, err := ltv.Fit(ltv.MBGNBD{}, sample, ltv.FitConfig{})
	check(err)
	spend, err := ltv.Fit(ltv.GammaGamma{}, sample, ltv.FitConfig{})
	check(err)
	fmt.Printf("%d customers, %d distinct summaries, log-likelihood %.2f\n", sample.Len(), sample.Distinct(), fit.LogLik)
	for _, p := range fit.Params {
		fmt.Printf("  %-5s %v\n", p.Name, p.Estimate)
	}

	f, err := ltv.NewForecaster(fit, spend, ltv.ForecastConfig{
		Horizon:  ltv.Years(1),
		Discount: ltv.PerYear(0.15),
		Margin:   0.3,
	})
	check(err)
	one, _ := sums.Of(13)
	forecast, err := f.One(one)
	check(err)
	fmt.Printf("customer 13: alive %.2f, %.1f purchases and %.0f of profit in a year\n",
		forecast.Alive, forecast.Purchases.Value, forecast.Value.Value)

	equity, err := ltv.NewEquity(f, sums.All(), sums.Group)
	check(err)
	for _, g := range equity.Groups {
		fmt.Printf("%-9s %3d customers, %6.0f, %4.1f %%\n", g.Group, g.Customers, g.Value.Value, 100*g.Share)
	}
	newcomer, err := f.Newcomer(0)
	check(err)
	ceiling, err := newcomer.Ceiling(0.5)
	check(err)
	fmt.Printf("a newcomer brings %.0f; spend up to %.0f to win one\n", newcomer.Value.Value, ceiling)
	// Output:
	// 600 customers, 481 distinct summaries, log-likelihood -5786.18
	//   r     1.484 [1.107, 1.988]
	//   alpha 8.206 [6.018, 11.19]
	//   a     0.6553 [0.518, 0.8289]
	//   b     0.9609 [0.6931, 1.332]
	// customer 13: alive 0.90, 5.3 purchases and 2382 of profit in a year
	// referral   97 customers, 187972, 36.6 %
	// search    241 customers, 172615, 33.6 %
	// social    132 customers,  57932, 11.3 %
	// store     130 customers,  94541, 18.4 %
	// a newcomer brings 2801; spend up to 1868 to win one
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
