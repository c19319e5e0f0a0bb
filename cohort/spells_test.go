package cohort_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"pgregory.net/rapid"
)

// repeatSpells collects spells that have no error.
func repeatSpells(t interface {
	Helper()
	Fatal(...any)
}, a *cohort.Activity[int64], cfg cohort.SpellConfig,
) []survival.Spell {
	t.Helper()
	var all []survival.Spell
	for s, err := range a.Spells(cfg) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return all
}

// The shop of repeatShop at noon of day 90, see [TestRepeatByHand].
func TestSpellsByHand(t *testing.T) {
	a := outcomeActivity(t, repeatShop()...)
	for _, c := range []struct {
		name string
		cfg  cohort.SpellConfig
		want []survival.Spell
		to   cohort.TimeTo
	}{
		{"second", cohort.SpellConfig{}, []survival.Spell{
			{Time: 10, Event: true, Group: "a"}, {Time: 85, Group: "a"}, {Time: 25, Event: true, Group: "b"}, {Time: 10, Group: "b"},
		}, cohort.TimeTo{Customers: 4, Reached: 2, Waiting: 2, NeverBought: 1, Later: 1}},
		{"first to third", cohort.SpellConfig{To: 3}, []survival.Spell{
			{Time: 10.25, Event: true, Group: "a"}, {Time: 85, Group: "a"}, {Time: 70, Group: "b"}, {Time: 10, Group: "b"},
		}, cohort.TimeTo{Customers: 4, Reached: 1, Waiting: 3, NeverBought: 1, Later: 1}},
		{"second to third", cohort.SpellConfig{From: 2}, []survival.Spell{
			{Time: 0.25, Event: true, Group: "a"}, {Time: 45, Group: "b"},
		}, cohort.TimeTo{Customers: 2, Reached: 1, Waiting: 1, Fewer: 2, NeverBought: 1, Later: 1}},
		// Days 0 and 10; the last whole day is day 89.
		{"by day, second to third", cohort.SpellConfig{From: 2, To: 3, ByDay: true}, []survival.Spell{
			{Time: 79, Group: "a"}, {Time: 44, Group: "b"},
		}, cohort.TimeTo{Customers: 2, Waiting: 2, Fewer: 2, NeverBought: 1, Later: 1}},
	} {
		c.cfg.AsOf = outcomeDay(90)
		if got := repeatSpells(t, a, c.cfg); !slices.Equal(got, c.want) {
			t.Errorf("%s: %+v", c.name, got)
		}
		to, err := a.TimeTo(c.cfg, survival.Config{})
		if err != nil {
			t.Fatal(err)
		}
		got := cohort.TimeTo{Customers: to.Customers, Reached: to.Reached, Waiting: to.Waiting, Fewer: to.Fewer, NeverBought: to.NeverBought, Later: to.Later}
		if outcomeJSON(t, got) != outcomeJSON(t, c.to) || to.Days.N != to.Reached {
			t.Errorf("%s: %+v", c.name, to)
		}
	}
}

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

func TestSpellsRefuse(t *testing.T) {
	a := outcomeActivity(t, outcomeBuys(1, 0, "1", ""))
	bad := cohort.SpellConfig{From: -1, To: -2, Calendar: clientele.Calendar{Unit: 9}}
	for s, err := range a.Spells(bad) {
		outcomeFields(t, err, "AsOf", "Calendar.Unit", "From", "To")
		if s != (survival.Spell{}) {
			t.Error(s)
		}
	}
	_, err := a.TimeTo(bad, survival.Config{Level: 2})
	outcomeFields(t, err, "AsOf", "Calendar.Unit", "From", "To", "Level")
	if _, err := survival.KaplanMeier(a.Spells(bad), survival.Config{}); !errors.Is(err, clientele.ErrConfig) {
		t.Error(err)
	}
	_, err = a.TimeTo(cohort.SpellConfig{AsOf: outcomeDay(1), From: 2}, survival.Config{})
	outcomeFault(t, err, -1, "customers", clientele.ErrEmpty)
	for range a.Spells(cohort.SpellConfig{AsOf: outcomeDay(1)}) {
		break // and not go on
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
