package ltv

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// yearly is PerYear for models in weeks that do not know it.
func yearly(rate float64) Discount { return Discount{Rate: rate, Per: Units(DaysPerYear / 7)} }

// continuous is the discount of a continuous rate per unit of time.
func continuous(rate float64) Discount { return Discount{Rate: math.Expm1(rate), Per: Units(1)} }

// Steps that become shorter approach the continuous discount, from below since
// they count purchases at their ends.
func TestStepsApproachContinuousDiscount(t *testing.T) {
	m, s, rate := ParetoNBD{0.553, 10.578, 0.606, 11.669}, Summary{Frequency: 4, Recency: 24, T: 33, Monetary: 16}, 0.01
	want, err := forecaster(t, m, ForecastConfig{Horizon: Units(48), Discount: continuous(rate)}).One(s)
	if err != nil {
		t.Fatal(err)
	}
	before := 0.0
	for _, step := range []float64{48, 12, 4, 1, 0.25, 1.0 / 32} {
		steps := continuous(rate)
		steps.Step = Units(step)
		got, err := forecaster(t, m, ForecastConfig{Horizon: Units(48), Discount: steps}).One(s)
		if err != nil {
			t.Fatal(err)
		}
		if v := got.Value.Value; !(v > before && v < want.Value.Value) {
			t.Errorf("step %v: %v is not between %v and %v", step, v, before, want.Value.Value)
		}
		before = got.Value.Value
	}
	verify.Near(t, "the shortest steps", before, want.Value.Value, 2e-4)
}
