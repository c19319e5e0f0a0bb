package ltv_test

import (
	"fmt"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/ltv"
)

// withHoldout are 78 weeks of a shop, summarised in weeks by days, and the 26 weeks
// after them.
func withHoldout() (*ltv.Summaries[int64], error) {
	purchases, err := testdata.Purchases()
	if err != nil {
		return nil, err
	}
	summaries, err := ltv.NewSummaries(new(clientele.Roster[int64]), ltv.SummaryConfig{
		AsOf:  time.Date(2025, 6, 29, 23, 59, 59, 0, time.UTC),
		Until: time.Date(2025, 12, 28, 23, 59, 59, 0, time.UTC),
		Per:   7,
	})
	if err != nil {
		return nil, err
	}
	return summaries, clientele.Feed(clientele.All(purchases), summaries)
}

// paretoNBD is a fit to the summaries.
func paretoNBD(summaries *ltv.Summaries[int64]) (ltv.Fitted[ltv.ParetoNBD], *ltv.Sample, error) {
	sample := summaries.Sample()
	fit, err := ltv.Fit(ltv.ParetoNBD{}, sample, ltv.FitConfig{})
	return fit, sample, err
}

// Does the model forecast? Fitted to the first 78 weeks, it says how often each
// customer will buy in the next 26, and whether at all.
func ExampleValidate() {
	summaries, err := withHoldout()
	if err != nil {
		fmt.Println(err)
		return
	}
	fit, _, err := paretoNBD(summaries)
	if err != nil {
		fmt.Println(err)
		return
	}
	v, err := ltv.Validate(fit.Model, summaries.Observed(), ltv.ValidateConfig{MaxFrequency: 4, Bands: 4})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d customers will buy %.0f times: %.0f\n", v.Customers, v.Expected, v.Actual)
	for _, g := range v.ByFrequency {
		fmt.Printf("%d: %3d customers, %.2f each: %.2f\n", g.Frequency, g.Customers, g.Expected, g.Actual)
	}
	for _, b := range v.Bands {
		fmt.Printf("%.2f-%.2f: %3d customers, %.2f alive, %.2f will buy: %v\n", b.Lo, b.Hi, b.Customers, b.Alive, b.Predicted, b.Active)
	}
	// Output:
	// 600 customers will buy 381 times: 373
	// 0: 256 customers, 0.02 each: 0.03
	// 1: 104 customers, 0.11 each: 0.12
	// 2:  51 customers, 0.25 each: 0.43
	// 3:  41 customers, 0.32 each: 0.32
	// 4: 148 customers, 2.28 each: 2.16
	// 0.00-0.25: 458 customers, 0.08 alive, 0.03 will buy: 0.03275 [0.01995, 0.05333]
	// 0.25-0.50:  46 customers, 0.64 alive, 0.37 will buy: 0.3696 [0.2452, 0.514]
	// 0.50-0.75:  39 customers, 0.83 alive, 0.62 will buy: 0.7179 [0.5622, 0.8346]
	// 0.75-1.00:  57 customers, 0.95 alive, 0.87 will buy: 0.8246 [0.7063, 0.9018]
}

// Expected and actual repeat purchases, every 13 weeks, and what is expected after
// the data end.
func ExampleTrack() {
	summaries, err := withHoldout()
	if err != nil {
		fmt.Println(err)
		return
	}
	fit, sample, err := paretoNBD(summaries)
	if err != nil {
		fmt.Println(err)
		return
	}
	tracking, err := ltv.Track(fit.Model, sample, ltv.TrackConfig{Step: ltv.Weeks(13), Until: ltv.Weeks(117)})
	if err != nil {
		fmt.Println(err)
		return
	}
	tracking, err = tracking.WithPeriodCounts(summaries.PeriodCounts())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range tracking.Points {
		if p.Known {
			fmt.Printf("week %3.0f: %4.0f, in all %4.0f; expected %4.0f and %4.0f\n", p.Until, p.Actual, p.ActualCumulative, p.Expected, p.ExpectedCumulative)
		} else {
			fmt.Printf("week %3.0f: expected %4.0f and %4.0f\n", p.Until, p.Expected, p.ExpectedCumulative)
		}
	}
	// Output:
	// week  13:  186, in all  186; expected  181 and  181
	// week  26:  448, in all  634; expected  408 and  589
	// week  39:  379, in all 1013; expected  407 and  997
	// week  52:  326, in all 1339; expected  311 and 1308
	// week  65:  255, in all 1594; expected  259 and 1567
	// week  78:  221, in all 1815; expected  225 and 1792
	// week  91:  205, in all 2020; expected  201 and 1993
	// week 104:  168, in all 2188; expected  182 and 2175
	// week 117: expected  167 and 2342
}

// Which model suits the base, and which would have forecast it best?
func ExampleCompare() {
	summaries, err := withHoldout()
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := ltv.Compare(summaries.Observed(), []ltv.Model{ltv.NBD{}, ltv.BGNBD{}, ltv.MBGNBD{}, ltv.ParetoNBD{}}, ltv.FitConfig{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range c.Models {
		fmt.Printf("%-10s BIC %.1f, weight %.2f, expected %.0f of %.0f, MAE %.3f\n",
			m.Name, m.Fit.BIC, m.WeightBIC, m.Holdout.Expected, m.Holdout.Actual, m.Holdout.MAE)
	}
	// Output:
	// MBG/NBD    BIC 11598.0, weight 0.52, expected 379 of 373, MAE 0.441
	// Pareto/NBD BIC 11598.1, weight 0.48, expected 381 of 373, MAE 0.441
	// BG/NBD     BIC 11664.3, weight 0.00, expected 399 of 373, MAE 0.482
	// NBD        BIC 12320.9, weight 0.00, expected 719 of 373, MAE 0.886
}

// Do customers drop out at all?
func ExampleLikelihoodRatio() {
	summaries, err := withHoldout()
	if err != nil {
		fmt.Println(err)
		return
	}
	full, sample, err := paretoNBD(summaries)
	if err != nil {
		fmt.Println(err)
		return
	}
	restricted, err := ltv.Fit(ltv.NBD{}, sample, ltv.FitConfig{})
	if err != nil {
		fmt.Println(err)
		return
	}
	test, err := ltv.LikelihoodRatio(restricted, full)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("statistic %.1f, P below 1e-100: %t\n", test.Statistic, test.P < 1e-100)
	// Output:
	// statistic 735.6, P below 1e-100: true
}
