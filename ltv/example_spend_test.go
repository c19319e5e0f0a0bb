package ltv_test

import (
	"fmt"
	"slices"

	"github.com/clientele-go/clientele/ltv"
)

// What two customers with the same mean spend are expected to spend: the one with
// more purchases is trusted more. The parameters are those published for the CDNOW
// sample.
func ExampleGammaGamma() {
	spend := ltv.GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
	newcomer, err := spend.Mean(ltv.Summary{})
	check(err)
	fmt.Printf("newcomer: %.2f\n", newcomer)
	for _, n := range []int{1, 20} {
		s := ltv.Summary{Frequency: n, Recency: 30, T: 39, Monetary: 80}
		mean, sd, err := spend.Posterior(s)
		check(err)
		lo, err := spend.Quantile(s, 0.05)
		check(err)
		hi, err := spend.Quantile(s, 0.95)
		check(err)
		fmt.Printf("%2d repeat purchases of 80: %.2f ± %.2f, from %.0f to %.0f\n", n, mean, sd, lo, hi)
	}
	// Output:
	// newcomer: 35.22
	//  1 repeat purchases of 80: 66.35 ± 23.47, from 38 to 110
	// 20 repeat purchases of 80: 79.04 ± 7.02, from 68 to 91
}

// A spend model from summaries. Its warnings say where its assumptions fail: here
// those who buy often spend more.
func ExampleFit_spend() {
	var base []ltv.Summary
	for i := range 300 {
		n := 1 + i%6
		spread := 1 + float64(i%7)/3
		base = append(base, ltv.Summary{Frequency: n, Recency: 20, T: 30, Monetary: 20 * float64(n) * spread})
	}
	h, err := ltv.NewSample(slices.Values(base))
	check(err)
	fit, err := ltv.Fit(ltv.GammaGamma{}, h, ltv.FitConfig{})
	check(err)
	mean, err := fit.Model.Mean(ltv.Summary{})
	check(err)
	fmt.Printf("%d customers, mean spend %.0f\n", fit.Customers, mean)
	for _, w := range fit.Warnings {
		fmt.Println(w)
	}
	// Output:
	// 300 customers, mean spend 170
	// spend depends on frequency: the correlation of frequency and mean spend is 0.80
}
