package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv"
)

// Invariant: the same spells give the same Tenures (CountSpells, Len, Periods, All) and, to
// the last bit, the same Fit in any order and for any number of goroutines.
func TestSpellsInAnyOrder(t *testing.T) {
	type spell struct {
		periods int
		ended   bool
	}
	var spells []spell
	for year := range len(highEnd) - 1 {
		for range highEnd[year] - highEnd[year+1] {
			spells = append(spells, spell{year + 1, true})
		}
	}
	for i := range highEnd[len(highEnd)-1] {
		spells = append(spells, spell{3 + i%10, false})
	}
	answers := make(map[string]bool)
	for seed := range uint64(4) {
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(spells), func(i, j int) { spells[i], spells[j] = spells[j], spells[i] })
		tenures := verify.Must(CountSpells(func(yield func(int, bool) bool) {
			for _, s := range spells {
				if !yield(s.periods, s.ended) {
					return
				}
			}
		}))
		fit := verify.Must(Fit(BdW{}, tenures, ltv.FitConfig{Workers: int(seed)}))
		data := verify.Must(json.Marshal([]any{tenures, fit, tenures.Len(), tenures.Periods(), maps.Collect(tenures.All())}))
		answers[string(data)] = true
	}
	if len(answers) != 1 {
		t.Errorf("one set of spells gives %d answers: %.500q", len(answers), slices.Collect(maps.Keys(answers)))
	}
}

// Invariant: cohorts of survivors and single customers add up to the same Tenures and Fit in
// any order.
func TestCohortsInAnyOrder(t *testing.T) {
	answers := make(map[string]bool)
	for _, cohorts := range [][][]int{{highEnd, regular}, {regular, highEnd}} {
		d := tenuresOf(t, cohorts...)
		answers[fmt.Sprint(verify.Must(json.Marshal(d)), verify.Must(Fit(SBG{}, d, ltv.FitConfig{})))] = true
	}
	if len(answers) != 1 {
		t.Errorf("two cohorts give %d answers", len(answers))
	}
}
