package nps_test

import (
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// Every comparison runs the same way: from the group before to the group after, so that
// a score that rose gives a positive difference.
func TestDifferencesAreAfterLessBefore(t *testing.T) {
	before, after := answered(40, 30, 30), answered(20, 30, 50) // scores -10 and 30
	var light, heavy nps.Weighted
	for answer, n := range before.All() {
		for range n {
			if err := light.Add(answer, 1); err != nil {
				t.Fatal(err)
			}
		}
	}
	for answer, n := range after.All() {
		for range n {
			if err := heavy.Add(answer, 1); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, difference := range map[string]float64{
		"Compare":         verify.Must(nps.Compare(before, after, nps.CompareConfig{})).Difference.Value,
		"CompareWeighted": verify.Must(nps.CompareWeighted(light, heavy, nps.CompareConfig{})).Difference.Value,
		"Equivalent":      verify.Must(nps.Equivalent(before, after, 50, 0)).Difference.Value,
		"Permutation":     verify.Must(nps.Permutation(before, after, 99, rand.NewPCG(1, 2))).Difference,
		"CompareAll": verify.Must(nps.CompareAll(map[string]nps.Tally{"a": after, "control": before},
			nps.CompareAllConfig{Reference: "control"}))[0].Difference.Value,
		"Changes": changesOf(t, seriesOf(t, [3]uint64{40, 30, 30}, [3]uint64{20, 30, 50}), nps.ChangeConfig{AsOf: endOf(2)}, 1).Likeliest.Difference.Value,
	} {
		sameAs(t, name, difference, 40, 1e-12)
	}
	compared, ranks := verify.Must(nps.Compare(before, after, nps.CompareConfig{})), verify.Must(nps.RankSum(before, after))
	if !(compared.Z > 0 && ranks.Z > 0 && ranks.Superiority > 0.5 && ranks.U > 5000) {
		t.Error(compared, ranks)
	}
	if e := verify.Must(nps.Equivalent(before, after, 50, 0)); !(e.Below < e.Above) {
		t.Error("a score that rose by 40 is nearer to the upper margin:", e)
	}
}
