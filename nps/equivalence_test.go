package nps_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// Invariant: groups are equivalent if and only if the interval of level 2·level-1 lies
// within the margin, where it is not extended; a wider margin never takes that away.
func TestEquivalenceLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := drawCounts(t, "x"), drawCounts(t, "y")
		a, b := answered(x[0], x[1], x[2]), answered(y[0], y[1], y[2])
		margin, level := rapid.Float64Range(1, 150).Draw(t, "margin"), rapid.Float64Range(0.6, 0.99).Draw(t, "level")
		e := verify.Must(nps.Equivalent(a, b, margin, level))
		d := e.Difference
		if d.Lo < d.Value && d.Value < d.Hi && d.Lo > -200 && d.Hi < 200 {
			if within := -margin < d.Lo && d.Hi < margin; within != e.Equivalent && math.Abs(e.P-(1-level)) > 1e-9 {
				t.Fatal(e)
			}
		}
		wider := verify.Must(nps.Equivalent(a, b, margin*1.2, level))
		if wider.P > e.P || e.Equivalent && !wider.Equivalent {
			t.Fatal(e, wider)
		}
		back := verify.Must(nps.Equivalent(b, a, margin, level))
		if back.Below != e.Above || back.Above != e.Below || back.P != e.P || e.Margin != margin {
			t.Fatal(e, back)
		}
	})
}
