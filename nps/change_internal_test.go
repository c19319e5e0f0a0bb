package nps

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Invariant: G² is not negative, is that of the definition, and does not ask in which
// order time runs.
func TestRatioOfCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(label string) Attitudes {
			n := func(kind string) uint64 { return rapid.Uint64Range(0, 1000).Draw(t, label+kind) }
			return Attitudes{n(" detractors"), n(" passives"), n(" promoters") + 1}
		}
		before, after := draw("before"), draw("after")
		all := before.and(after)
		got := ratioOfCut(before, all)
		want := 0.0
		for _, side := range []Attitudes{before, after} {
			for _, cell := range [][2]uint64{{side.Detractors, all.Detractors}, {side.Passives, all.Passives}, {side.Promoters, all.Promoters}} {
				if o := float64(cell[0]); o > 0 {
					want += 2 * o * math.Log(o*float64(all.N())/(float64(cell[1])*float64(side.N())))
				}
			}
		}
		if got < 0 || math.Abs(got-want) > 1e-9*(1+want) || math.Abs(got-ratioOfCut(after, all)) > 1e-9*(1+want) {
			t.Fatal(got, want)
		}
	})
}
