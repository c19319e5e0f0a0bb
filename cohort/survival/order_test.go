package survival_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
	"pgregory.net/rapid"
)

// inAnyOrder are the answers that are made of spells.
var inAnyOrder = []struct {
	name   string
	answer func(spells []survival.Spell) (any, error)
}{
	{"AlignTimes", func(spells []survival.Spell) (any, error) {
		var all []string
		for s, err := range survival.AlignTimes(clientele.All(spells), 1e-9) {
			if err != nil {
				return nil, err
			}
			all = append(all, fmt.Sprint(s))
		}
		slices.Sort(all)
		return all, nil
	}},
	{"KaplanMeier", func(spells []survival.Spell) (any, error) {
		return survival.KaplanMeier(clientele.All(spells), survival.Config{})
	}},
	{"Curve.Last, Curve.Len, Curve.Points", func(spells []survival.Spell) (any, error) {
		c, err := survival.KaplanMeier(clientele.All(spells), survival.Config{})
		if err != nil {
			return nil, err
		}
		return []any{c.Last(), c.Len(), slices.Collect(c.Points())}, nil
	}},
	{"KaplanMeierBy", func(spells []survival.Spell) (any, error) {
		return survival.KaplanMeierBy(clientele.All(spells), survival.Config{})
	}},
	{"LogRank", func(spells []survival.Spell) (any, error) { return survival.LogRank(clientele.All(spells)) }},
	{"PetoPeto", func(spells []survival.Spell) (any, error) { return survival.PetoPeto(clientele.All(spells)) }},
}

// Invariant: spells in any order give the same bytes, where weights are fractions, too.
func TestSpellsInAnyOrder(t *testing.T) {
	for _, row := range inAnyOrder {
		t.Run(row.name, rapid.MakeCheck(func(t *rapid.T) {
			spells := drawSpells(t, rapid.Bool().Draw(t, "whole"))
			told := func(spells []survival.Spell) string {
				answer, err := row.answer(spells)
				if err != nil {
					return "refused"
				}
				data, err := json.Marshal(answer)
				if err != nil {
					t.Fatal(err)
				}
				return string(data)
			}
			want := told(spells)
			if got := told(rapid.Permutation(spells).Draw(t, "order")); got != want {
				t.Errorf("in another order %s\nwant %s", got, want)
			}
		}))
	}
}
