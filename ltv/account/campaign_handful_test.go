package account

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// By hand: 3 deals in 30 days and 7 in 70, a ratio of 1. The first customer's influence is
// 2/3 - 10/30 - 3/7 + 30/70 = 1/3, that of the second -1/3: a variance of 2/9, times 2/(2-1).
func TestCampaignResponseByHand(t *testing.T) {
	e := responses{{2, 3, 10, 30}, {1, 4, 20, 40}}.estimate(0.9).Ratio
	verify.Near(t, "ratio", e.Value, 1, 1e-14)
	verify.Near(t, "standard error", e.StdErr, 2.0/3, 1e-14)
	verify.Near(t, "upper limit", e.Hi, math.Exp(2.0/3*math.Tan(0.45*math.Pi)), 1e-12)
	// A third customer without time or deals of their own counts: 2/9 times 3/2.
	third := responses{{2, 3, 10, 30}, {1, 4, 20, 40}, {}}.estimate(0.9).Ratio
	verify.Near(t, "standard error of three", third.StdErr, math.Sqrt(1.0/3), 1e-14)
	// A day in a campaign, or beside one, is enough, and so is a deal.
	for _, r := range []responses{{{1, 3, 0.5, 30}, {0, 2, 0.5, 30}}, {{3, 1, 30, 0.5}, {2, 0, 30, 0.5}}} {
		if got := r.estimate(0.9); got.Ratio.Level != 0.9 || !(got.Ratio.Value > 0) {
			t.Errorf("%v: %+v", r, got)
		}
	}
}

// A customer lives through the days of a campaign from their first deal on: 5 of 20 to 30,
// none of 10 to 15, and up to AsOf 2 of 39 to 50.
func TestCampaignDays(t *testing.T) {
	item := receipttest.Item("a", "x", "1", "1", "", "0")
	a := accounted(t, Config{
		AsOf:      receipttest.Noon(41),
		Campaigns: []Campaign{{receipttest.Noon(10), receipttest.Noon(15)}, {receipttest.Noon(20), receipttest.Noon(30)}, {receipttest.Noon(39), receipttest.Noon(50)}},
	}, receipttest.On(25, 1, "0", item), receipttest.On(28, 1, "0", item), receipttest.On(35, 1, "0", item))
	got := verify.Must(a.DiscountSensitivity(func(int64) string { return "" }, 0))[0].Response
	if got.Inside != 1 || got.Outside != 1 || got.DaysInside != 7 || got.DaysOutside != 9 {
		t.Errorf("%+v", got)
	}
}

// Customers who are all alike, and few deals, do not make a response certain: two with one deal
// in a tenth of the year and three outside were told 3 [3, 3] at level 0.95.
func TestCampaignResponseOfHandfuls(t *testing.T) {
	for name, r := range map[string]responses{
		"alike":  {{1, 3, 36.5, 328.5}, {1, 3, 36.5, 328.5}},
		"nearly": {{1, 3, 36.5, 328.5}, {1, 4, 36.5, 328.5}},
	} {
		e := r.estimate(0.95).Ratio
		if e.Level != 0.95 || !e.Contains(1) || !e.Contains(e.Value) {
			t.Errorf("%s: %v", name, e)
		}
	}
	// Exact limits of 2 of 8 are 0.0318540 and 0.6508558 (binom.test in R).
	e := responses{{1, 3, 36.5, 328.5}, {1, 3, 36.5, 328.5}}.estimate(0.95).Ratio
	for _, limit := range []struct{ got, share float64 }{{e.Lo, 0.03185403}, {e.Hi, 0.6508558}} {
		if want := limit.share / (1 - limit.share) * 9; limit.got < want*(1-1e-6) || limit.got > want*(1+1e-6) {
			t.Errorf("limit %v, want %v", limit.got, want)
		}
	}
	// One customer has no interval.
	if e := (responses{{1, 3, 36.5, 328.5}}).estimate(0.95).Ratio; e.Level != 0 {
		t.Errorf("%v", e)
	}
}
