package ltv

import (
	"math"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele/internal/verify"
)

// Arguments that once had no end, or answered NaN or infinities without an error: each ends
// soon, with a number or an error.
func TestOnceEndlessOrNaN(t *testing.T) {
	held := []Observed{
		{Summary: Summary{Frequency: 1, Recency: 2, T: 4}, Holdout: Holdout{Frequency: 1, T: 3}},
		{Summary: Summary{T: 2}, Holdout: Holdout{T: 3}},
		{Summary: Summary{Frequency: 3, Recency: 5, T: 6}, Holdout: Holdout{Frequency: 2, T: 3}},
	}
	old := compressed(t, simulated(t, ParetoNBD{0.9, 8, 0.7, 15}, 60, 20, 40, 0, 1))
	if err := old.Add(Summary{Frequency: 1, Recency: 2, T: 1e300}, 1); err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func() (any, error){
		"quantile of spend": func() (any, error) {
			return GammaGamma{6, math.MaxFloat64, 15}.Quantile(Summary{Frequency: 2, Recency: 1, T: 2, Monetary: 10, Orders: 2}, 0.3)
		},
		"validation of a growing hazard": func() (any, error) {
			return Validate(GGomNBD{R: 1, Alpha: 1, B: math.MaxFloat64, S: 1, Beta: 1}, slices.All(held), ValidateConfig{})
		},
		"validation of rare purchases": func() (any, error) {
			return Validate(NBD{R: 1e-300, Alpha: math.MaxFloat64}, slices.All(held), ValidateConfig{})
		},
		"validation of frequent purchases": func() (any, error) {
			return Validate(NBD{R: math.MaxFloat64, Alpha: 1e-300}, slices.All(held), ValidateConfig{})
		},
		"fit of one very old customer":       func() (any, error) { return Fit(BGNBD{}, old, FitConfig{}) },
		"fit of one very old customer, NBD":  func() (any, error) { return Fit(NBD{}, old, FitConfig{}) },
		"rate per year":                      func() (any, error) { return PerYear(math.NaN()).Continuous(Weeks(1)) },
		"rate per year below -1":             func() (any, error) { return PerYear(-2).Continuous(Weeks(1)) },
		"steps of no months":                 func() (any, error) { return MonthlySteps(0.01, Span{}).Continuous(Weeks(1)) },
		"steps of an infinite rate":          func() (any, error) { return MonthlySteps(math.Inf(1), Months(1)).Continuous(Weeks(1)) },
		"newcomer of the most regular model": func() (any, error) { return BGCNBD{K: 1000, R: 1, Alpha: 1, A: 1, B: 1}.Given(Summary{}) },
	} {
		begun := time.Now()
		v, err := ask()
		if err == nil {
			verify.Finite(t, name, v)
		}
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("%s takes %v", name, took)
		}
	}
}
