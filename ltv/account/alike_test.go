package account

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// Two customers who are alike do not tell how much others differ: nothing has an interval, not
// [1, 1] for always at a discount, [0, 0] for never, and [10, 10] for a check.
func TestTwoCustomersAlike(t *testing.T) {
	for name, c := range map[string]struct {
		list                           string
		onDiscount, share, size, check float64
	}{
		"at a discount": {"20", 1, 1, 0.5, 10},
		"never":         {"10", 0, 0, 0, 10},
	} {
		item := receipttest.Item("a", "x", "1", "10", c.list, "4")
		a := accounted(t, Config{AsOf: receipttest.Noon(31)}, receipttest.On(1, 1, "1", item), receipttest.On(1, 2, "1", item))
		group := verify.Must(a.By(func(int64) string { return "" }, 0))[0]
		discounts := verify.Must(a.DiscountSensitivity(func(int64) string { return "" }, 0))[0]
		for what, of := range map[string]struct {
			got   clientele.Estimate
			value float64
		}{
			"profit": {group.ProfitPerCustomer, 5}, "check": {group.AverageCheck, c.check},
			"on discount": {discounts.OnDiscount, c.onDiscount}, "share": {discounts.DiscountedShare, c.share},
		} {
			if of.got != (clientele.Estimate{Value: of.value, Lo: of.value, Hi: of.value}) {
				t.Errorf("%s, %s: %+v", name, what, of.got)
			}
		}
		for what, got := range map[string]clientele.Estimate{
			"size": discounts.DiscountSize, "margin": discounts.DiscountedMarginRate, "full margin": discounts.FullMarginRate, "response": discounts.Response.Ratio,
		} {
			if got.Level != 0 || got.Lo != got.Hi {
				t.Errorf("%s, %s: %+v", name, what, got)
			}
		}
		if got := discounts.DiscountSize.Value; got != c.size {
			t.Errorf("%s: discounts of %v", name, got)
		}
	}
}

// So it is of stages by tenure: the means of two customers who are alike, and what they differ
// by from their first deals.
func TestTwoCustomersAlikeByTenure(t *testing.T) {
	item := receipttest.Item("a", "x", "1", "10", "20", "4")
	var receipts []clientele.Receipt[int64]
	for customer := range int64(2) {
		receipts = append(receipts, receipttest.On(1, customer, "1", item), receipttest.On(41, customer, "1", item))
	}
	r := verify.Must(ByTenure(clientele.All(sales(receipts...)), TenureConfig{AsOf: receipttest.Noon(81), Starts: []clientele.Days{0, 30}}))
	if len(r.Stages) != 2 || r.Stages[0].Deals != 2 || r.Stages[1].Deals != 2 {
		t.Fatalf("%+v", r.Stages)
	}
	for i, s := range r.Stages {
		for what, c := range map[string]struct {
			got  StageTrait
			mean float64
		}{"check": {s.Check, 10}, "on discount": {s.OnDiscount, 1}, "add-ons": {s.AddOns, 0}, "cost to serve": {s.ServeCostPerDeal, 1}} {
			if want := (clientele.Estimate{Value: c.mean, Lo: c.mean, Hi: c.mean}); c.got.Mean != want || c.got.Change != (clientele.Estimate{}) {
				t.Errorf("stage %d, %s: %+v", i, what, c.got)
			}
		}
	}
}

// Two customers for 30 and 50 days who referred nobody: by Poisson, at 16.8 referrals a year
// such days would have none with a probability of 2.5 %.
func TestNoReferralInEightyDays(t *testing.T) {
	item := receipttest.Item("a", "x", "1", "10", "", "4")
	deals := sales(receipttest.On(51, 1, "0", item), receipttest.On(31, 2, "0", item))
	first := verify.Must(ByDealNumber(clientele.All(deals), DealNumberConfig{AsOf: receipttest.Noon(81), Starts: []int{1}})).Stages[0]
	verify.Near(t, "days", first.CustomerDays, 80, 1e-12)
	e := first.ReferralsPerYear
	verify.Near(t, "upper limit", e.Hi, 16.84, 5e-4)
	if e.Value != 0 || e.Lo != 0 || e.Level != 0.95 {
		t.Errorf("%+v", e)
	}
}
