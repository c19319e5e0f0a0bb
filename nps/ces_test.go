package nps_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// Answers 2, 4, 6: the standard error is 2/√3, and the quantile of Student's t with two
// degrees of freedom has a closed form, for the level l: l √(2/(1-l²)).
func TestMeanInterval(t *testing.T) {
	e := verify.Must(counted(nps.CESScale(), 0, 1, 0, 1, 0, 1, 0).MeanInterval(0.5))
	half := 0.5 * math.Sqrt(2/0.75) * 2 / math.Sqrt(3)
	relative(t, "mean", e.Value, 4, 0)
	relative(t, "standard error", e.StdErr, 2/math.Sqrt(3), 1e-15)
	relative(t, "lower limit", e.Lo, 4-half, 1e-12)
	relative(t, "upper limit", e.Hi, 4+half, 1e-12)
	if e := verify.Must(counted(nps.CESScale(), 0, 1, 0, 1, 0, 1, 0).MeanInterval(0)); e.Lo != 1 || e.Hi != 7 {
		t.Error("limits beyond the scale:", e)
	}
	for _, alike := range []uint64{1, 9} {
		e := verify.Must(counted(nps.CESScale(), 0, 0, 0, 0, alike).MeanInterval(0))
		if e != (clientele.Estimate{Value: 5, Lo: 5, Hi: 5}) {
			t.Error("answers alike:", e)
		}
	}
}
