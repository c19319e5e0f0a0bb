package cohort_test

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/clientele-go/clientele/internal/verify"
)

// The synthetic shop: all customers and all money, by the channel of the first purchase.
func TestSyntheticChurn(t *testing.T) {
	var want map[string]struct {
		Customers int    `json:"customers"`
		Revenue   string `json:"revenue"`
	}
	synthetic(t, "by_group", &want)
	r, err := syntheticActivity(t).Churn(cohort.ChurnConfig{AsOf: date(2025, 12, 29), Rule: cohort.ChurnRule{Silent: 90}})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Keys) != len(want) {
		t.Fatalf("%d keys, want %d", len(r.Keys), len(want))
	}
	for _, g := range r.Keys {
		if w := want[g.Key]; g.Customers != w.Customers || !g.Revenue.Equal(money(w.Revenue)) {
			t.Errorf("%s: %d customers and %v, want %d and %s", g.Key, g.Customers, g.Revenue, w.Customers, w.Revenue)
		}
	}
}

// The published numbers of the CDNOW sample: of 2,357 customers so many ordered on
// another day within 30, 60, 90, 180 and 365 days of their first. With so much silence
// allowed all others are lost that long after their first order, and nobody earlier.
func TestPublishedChurn(t *testing.T) {
	a := activityOf(t, cdnowOrders(t))
	for within, want := range map[clientele.Days]int{30: 410, 60: 601, 90: 687, 180: 887, 365: 1074} {
		cfg := cohort.ChurnConfig{AsOf: cdnowEnd.AddDate(1, 0, 0), Rule: cohort.ChurnRule{Silent: within}}
		curve, err := survival.KaplanMeier(a.ChurnSpells(cfg), survival.Config{})
		if err != nil {
			t.Fatal(err)
		}
		kept, err := curve.At(float64(within))
		if err != nil {
			t.Fatal(err)
		}
		if first := kept.Value * curve.N; curve.N != 2357 || !verify.IsNear(first, float64(want), 1e-12) {
			t.Errorf("%d days: %v of %v kept, want %d", within, first, curve.N, want)
		}
	}
}
