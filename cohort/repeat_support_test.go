package cohort_test

import (
	"math"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

// repeatShop are four customers, one of refunds alone, and a purchase after day 90.
func repeatShop() []clientele.Purchase[int64] {
	return []clientele.Purchase[int64]{
		outcomeBuys(1, 0, "10", "a"), outcomeBuys(1, 10, "20", "b"), outcomeBuys(1, 10.25, "30", "b"), outcomeBuys(1, 12, "-5", "a"),
		outcomeBuys(2, 5, "40", "a"), outcomeBuys(2, 95, "1", "a"),
		outcomeBuys(3, 20, "50", "b"), outcomeBuys(3, 45, "60", "a"),
		outcomeBuys(4, 80, "70", "b"),
		outcomeBuys(5, 3, "-1", "b"),
	}
}

// repeatOf asks, of whoever may be asked without an error.
func repeatOf[K clientele.ID](t testing.TB, a *cohort.Activity[K], cfg cohort.RepeatConfig) *cohort.Repeat {
	t.Helper()
	r, err := a.Repeat(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// repeatMoments compares a distribution with its number, mean, deviation and quantiles
// at 10, 25, 50, 75 and 90 %. NaN is not compared.
func repeatMoments(t testing.TB, what string, d cohort.Distribution, n int, mean, sd float64, quantiles ...float64) {
	t.Helper()
	const tolerance = 1e-9
	if d.N != n {
		t.Errorf("%s: %d, want %d", what, d.N, n)
	}
	outcomeNear(t, what+" mean", d.Mean, mean, tolerance)
	if !math.IsNaN(sd) {
		outcomeNear(t, what+" deviation", d.SD, sd, tolerance)
	}
	for i, got := range []float64{d.Q10, d.Q25, d.Median, d.Q75, d.Q90} {
		if want := quantiles[i]; !math.IsNaN(want) && math.Abs(got-want) > tolerance {
			t.Errorf("%s quantile %d is %v, want %v", what, i, got, want)
		}
	}
}

// repeatHistogram are the customers of 1 to n purchases, and the most purchases.
func repeatHistogram(r *cohort.Repeat, n int) (customers []int, most int) {
	customers = make([]int, n)
	for _, c := range r.PerCustomer {
		if c.Purchases <= n {
			customers[c.Purchases-1] = c.Customers
		}
		most = c.Purchases
	}
	return customers, most
}

// cdnowByMonth are the orders of the CDNOW sample with the month of the order as label,
// so that a customer's key is the month of the first one.
func cdnowByMonth(t testing.TB) []clientele.Purchase[int64] {
	all := cdnowOrders(t)
	for i := range all {
		all[i].Group = all[i].At.Format("2006-01")
	}
	return all
}

// afterAll is after all purchases of the synthetic shop in any zone.
var afterAll = time.Date(2025, 12, 31, 12, 0, 0, 0, time.UTC)
