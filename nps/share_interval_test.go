package nps_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"pgregory.net/rapid"
)

// Invariant: intervals of shares contain them, lie in [0, 1] and are wider than those of
// a share alone.
func TestShareLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounts(t, "counts")
		s := verify.Must(answered(c[0], c[1], c[2]).Shares(0.9))
		sum := 0.0
		for _, e := range []clientele.Estimate{s.Detractors, s.Passives, s.Promoters} {
			sum += e.Value
			if !e.Contains(e.Value) || e.Lo < 0 || e.Hi > 1 || e.Level != 0.9 {
				t.Fatal(e)
			}
		}
		if math.Abs(sum-1) > 1e-15 {
			t.Fatal(s)
		}
	})
}
