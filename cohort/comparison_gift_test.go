package cohort_test

import (
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/shop"
)

// compareGifts simulates the shop, counts in deals, and assigns everybody who made a
// second deal to those who got a mug with it and those who did not, at its moment.
func compareGifts(t *testing.T, pull float64) (*cohort.Activity[int64], []cohort.Assignment[int64], cohort.CompareConfig) {
	cfg := shop.Default()
	cfg.GiftPull = pull
	// A deal is what a visit begins; what is bought later for the same job belongs to
	// it. Without lead magnets every receipt is of a deal.
	cfg.Leads = 0
	a := outcomeActivity(t)
	type job struct {
		customer int64
		need     string
	}
	begun := make(map[job]bool)
	deals := make(map[int64]int)
	var assigned []cohort.Assignment[int64]
	for _, r := range shop.Simulate(cfg, rand.NewPCG(1, 2)) {
		p, ok := r.Purchase()
		own := job{r.Customer, r.Need}
		if !ok || r.IsRefund() || begun[own] {
			continue
		}
		begun[own] = r.Need != ""
		if err := a.Add(p); err != nil {
			t.Fatal(err)
		}
		if deals[r.Customer]++; deals[r.Customer] != 2 {
			continue
		}
		group := "no gift"
		if slices.ContainsFunc(r.Lines, func(l clientele.Line) bool { return l.Product == "Thank-you mug" }) {
			group = "gift"
		}
		assigned = append(assigned, cohort.Assignment[int64]{Customer: r.Customer, Group: group, At: r.At})
	}
	end := cfg.Start.AddDate(0, 0, 7*cfg.Weeks)
	return a, assigned, cohort.CompareConfig{AsOf: end, From: 2, Within: 180, Control: "no gift"}
}

// A gift that brings customers back half as often again is found, among those who made
// a second deal; a gift that does nothing is not.
func TestCompareFindsGift(t *testing.T) {
	for _, pull := range []float64{0.5, 0} {
		a, assigned, cfg := compareGifts(t, pull)
		c := compareMust(t)(a.Compare(cfg, clientele.All(assigned)))
		gift, _ := c.Group("gift")
		none, _ := c.Group("no gift")
		if d := gift.PurchasesPerCustomer; !d.Ratio.Contains(1+pull) || d.Difference.Contains(0) != (pull == 0) || d.Ratio.Contains(1) != (pull == 0) || d.Adjusted < 0.05 != (pull > 0) {
			t.Errorf("pull %v: deals %+v", pull, d)
		}
		if d := gift.RepeatRate; d.Difference.Contains(0) != (pull == 0) || d.P < 0.05 != (pull > 0) {
			t.Errorf("pull %v: repeats %+v", pull, d)
		}
		if share := float64(gift.Customers) / float64(gift.Customers+none.Customers); share < 0.45 || share > 0.55 {
			t.Errorf("%v got the gift", share)
		}
	}
}

// Customers who got the gift had come back once: compared from the first deal on, the
// gift would seem to work even where it does nothing. That is refused.
func TestCompareRefusesImmortalTime(t *testing.T) {
	a, assigned, cfg := compareGifts(t, 0)
	cfg.From = 1
	_, err := a.Compare(cfg, clientele.All(assigned))
	outcomeFault(t, err, 0, "At", clientele.ErrRange)
	var in *clientele.InputError
	if !errors.As(err, &in) || in.Reason() != "after the purchase at which groups are fixed" {
		t.Error(err)
	}
}
