package contract

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/ltv"
)

// Survivors of two segments of 1,000 customers by years since they came: Fader &
// Hardie (2007), table 1.
var (
	highEnd = []int{1000, 869, 743, 653, 593, 551, 517, 491, 468, 445, 427, 409, 394}
	regular = []int{1000, 631, 468, 382, 326, 289, 262, 241, 223, 207, 194, 183, 173}
)

func tenuresOf(t testing.TB, cohorts ...[]int) Tenures {
	t.Helper()
	var d Tenures
	for _, survivors := range cohorts {
		if err := d.Add(survivors); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// valued is an answer, or NaN where there is none.
func valued(v float64, err error) float64 {
	if err != nil {
		return math.NaN()
	}
	return v
}

func fittedContract[M Model](t testing.TB, m M, d Tenures, cfg ltv.FitConfig) ltv.Fitted[M] {
	t.Helper()
	fit, err := Fit(m, d, cfg)
	if err != nil {
		t.Fatal(m.Name(), err)
	}
	return fit
}
