package cohort_test

import (
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"pgregory.net/rapid"
)

// Of four customers one leaves observation at day 10, when one of them buys; of two
// who are left one buys at day 25: S(10) = 3/4, S(25) = 3/8. So 25 % have bought after
// 10 days (up to 25, where the curve falls further: the middle is 17.5), half after 25,
// and 75 % are not reached.
func TestTimeToByHand(t *testing.T) {
	to, err := outcomeActivity(t, repeatShop()...).TimeTo(cohort.SpellConfig{AsOf: outcomeDay(90)}, survival.Config{})
	if err != nil {
		t.Fatal(err)
	}
	var got []any
	for _, q := range to.Quantiles {
		got = append(got, []any{q.Share, q.Value})
	}
	if text := outcomeJSON(t, got); text != "[[0.1,10],[0.25,17.5],[0.5,25],[0.75,null],[0.9,null]]" {
		t.Error(text)
	}
	if to.Days.Median != 17.5 || to.Config.To != 2 || to.Survival.Level != 0.95 {
		t.Errorf("%+v", to)
	}
}

// Invariant: the curve of TimeTo is that of the spells, of anybody in any order; every
// customer is counted once; a purchase further on is reached by fewer.
func TestTimeToIsOfSpells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		purchases := drawOutcomePurchases(t)
		a := outcomeActivity(t, purchases...)
		cfg := cohort.SpellConfig{
			AsOf: outcomeDay(float64(rapid.IntRange(0, 45).Draw(t, "asOf"))), From: rapid.IntRange(1, 3).Draw(t, "from"), ByDay: rapid.Bool().Draw(t, "byDay"),
		}
		spells := repeatSpells(t, a, cfg)
		to, err := a.TimeTo(cfg, survival.Config{})
		if len(spells) == 0 {
			if !errors.Is(err, clientele.ErrEmpty) {
				t.Fatal(err)
			}
			return
		}
		if err != nil || to.Customers != len(spells) || to.Reached+to.Waiting != to.Customers {
			t.Fatal(to, err)
		}
		curve, err := survival.KaplanMeier(clientele.All(spells), survival.Config{})
		if err != nil || outcomeJSON(t, curve) != outcomeJSON(t, to.Curve) {
			t.Fatal(curve, err)
		}
		again, err := outcomeShards(t, purchases).TimeTo(cfg, survival.Config{})
		if err != nil || outcomeJSON(t, again) != outcomeJSON(t, to) {
			t.Fatal(again, err)
		}
		cfg.To = cfg.From + 2
		if further, err := a.TimeTo(cfg, survival.Config{}); err != nil || further.Reached > to.Reached || further.Customers != to.Customers {
			t.Fatal(further, err)
		}
	})
}
