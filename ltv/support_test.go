package ltv

import (
	"fmt"
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

var inf = math.Inf(1)

// given0 is Given without an error.
func given0(t testing.TB, m Model, s Summary) Outlook {
	t.Helper()
	o, err := m.Given(s)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// hypergeometric is the series of 2F1(a, b; c; z) for 0 ≤ z < 1, term by term.
func hypergeometric(a, b, c, z float64) float64 {
	sum, term := 1.0, 1.0
	for n := 0.0; math.Abs(term) > 1e-18*math.Abs(sum); n++ {
		term *= (a + n) * (b + n) / ((c + n) * (n + 1)) * z
		sum += term
	}
	return sum
}

func checkExpected(t *testing.T, m Model, weeks, want float64) {
	t.Helper()
	got, err := given0(t, m, Summary{}).Expected(weeks)
	if err != nil {
		t.Fatal(err)
	}
	verify.Near(t, fmt.Sprintf("%s E[X(%v)]", m.Name(), weeks), got, want, 1e-12)
}
