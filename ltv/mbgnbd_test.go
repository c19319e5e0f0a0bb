package ltv

import (
	"math"
	"testing"
)

func TestMBGNBDClosedForm(t *testing.T) {
	m := MBGNBD{0.525, 6.183, 0.891, 1.614}
	for _, weeks := range []float64{0.5, 10, 39, 104, 520} {
		want := m.B / (m.A - 1) *
			(1 - math.Pow(m.Alpha/(m.Alpha+weeks), m.R)*hypergeometric(m.R, m.B+1, m.A+m.B, weeks/(m.Alpha+weeks)))
		checkExpected(t, m, weeks, want)
	}
}
