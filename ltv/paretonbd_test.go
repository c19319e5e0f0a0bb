package ltv

import (
	"math"
	"testing"
)

func TestParetoNBDClosedForm(t *testing.T) {
	m := ParetoNBD{0.553, 10.578, 0.606, 11.669}
	for _, weeks := range []float64{0.5, 10, 39, 104, 520} {
		want := m.R * m.Beta / (m.Alpha * (m.S - 1)) * (1 - math.Pow(m.Beta/(m.Beta+weeks), m.S-1))
		checkExpected(t, m, weeks, want)
	}
}
