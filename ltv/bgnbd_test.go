package ltv

import (
	"math"
	"testing"
)

// The closed forms of E[X(t)] in the papers, by the plain series.
func TestBGNBDClosedForm(t *testing.T) {
	m := BGNBD{0.243, 4.414, 0.793, 2.426}
	for _, weeks := range []float64{0.5, 10, 39, 104, 520} {
		want := (m.A + m.B - 1) / (m.A - 1) *
			(1 - math.Pow(m.Alpha/(m.Alpha+weeks), m.R)*hypergeometric(m.R, m.B, m.A+m.B-1, weeks/(m.Alpha+weeks)))
		checkExpected(t, m, weeks, want)
	}
}
