package cohort_test

import (
	"testing"

	"github.com/clientele-go/clientele/cohort/survival"
)

func TestChurnSpellsWorkedOut(t *testing.T) {
	want := []survival.Spell{
		{Time: 50, Event: true, Group: "web"},
		{Time: 60, Event: true, Group: "shop"},
		{Time: 35, Group: "web"},
		{Time: 30, Group: "shop"},
	}
	var got []survival.Spell
	for s, err := range outcomeActivity(t, churnPurchases()...).ChurnSpells(churnMonthly) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, s)
	}
	if outcomeJSON(t, got) != outcomeJSON(t, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for range outcomeActivity(t, churnPurchases()...).ChurnSpells(churnMonthly) {
		break // stops
	}
}
