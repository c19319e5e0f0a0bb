package cohort_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
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
