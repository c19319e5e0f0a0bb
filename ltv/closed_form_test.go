package ltv

import (
	"fmt"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// hypergeometric is the series of 2F1(a, b; c; z) for 0 ≤ z < 1, term by term.
func hypergeometric(a, b, c, z float64) float64 {
	sum, term := 1.0, 1.0
	for n := 0.0; math.Abs(term) > 1e-18*math.Abs(sum); n++ {
		term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z
		sum += term
	}
	return sum
}

// The closed forms of E[X(t)] in the papers, by the plain series.
func TestBGNBDClosedForm(t *testing.T) {
	m := BGNBD{0.243, 4.414, 0.793, 2.426}
	for _, weeks := range []float64{0.5, 10, 39, 104, 520} {
		want := (m.A + m.B - 1) / (m.A - 1) *
			(1 - math.Pow(m.Alpha/(m.Alpha+weeks), m.R)*hypergeometric(m.R, m.B, m.A+m.B-1, weeks/(m.Alpha+weeks)))
		checkExpected(t, m, weeks, want)
	}
}

func TestMBGNBDClosedForm(t *testing.T) {
	m := MBGNBD{0.525, 6.183, 0.891, 1.614}
	for _, weeks := range []float64{0.5, 10, 39, 104, 520} {
		want := m.B / (m.A - 1) *
			(1 - math.Pow(m.Alpha/(m.Alpha+weeks), m.R)*hypergeometric(m.R, m.B+1, m.A+m.B, weeks/(m.Alpha+weeks)))
		checkExpected(t, m, weeks, want)
	}
}

func TestParetoNBDClosedForm(t *testing.T) {
	m := ParetoNBD{0.553, 10.578, 0.606, 11.669}
	for _, weeks := range []float64{0.5, 10, 39, 104, 520} {
		want := m.R * m.Beta / (m.Alpha * (m.S - 1)) * (1 - math.Pow(m.Beta/(m.Beta+weeks), m.S-1))
		checkExpected(t, m, weeks, want)
	}
}

func checkExpected(t *testing.T, m Model, weeks, want float64) {
	t.Helper()
	got, err := given0(t, m, Summary{}).Expected(weeks)
	if err != nil {
		t.Fatal(err)
	}
	verify.Near(t, fmt.Sprintf("%s E[X(%v)]", m.Name(), weeks), got, want, 1e-12)
}
