package ltv

import (
	"math"
	"testing"
)

// Parameters are recovered from bases that were drawn with them, to within 4
// standard errors.
func TestRecovery(t *testing.T) {
	for _, truth := range []Model{
		NBD{0.4, 12},
		BGNBD{0.25, 4.4, 0.8, 2.5},
		MBGNBD{0.5, 6.2, 0.9, 1.6},
		ParetoNBD{0.55, 10.6, 0.6, 11.7},
		BGCNBD{2, 0.35, 1.1, 0.5, 2.8},
		MBGCNBD{2, 1.3, 2.8, 0.4, 0.8},
	} {
		t.Run(truth.Name(), func(t *testing.T) {
			t.Parallel()
			fit := fittedTo(t, truth, compressed(t, simulated(t, truth, 20_000, 26, 52, 0, 1)), FitConfig{})
			for i, p := range truth.Parameters() {
				got := fit.Params[i]
				if z := (got.Value - p.Value) / got.StdErr; got.Name != p.Name || !(math.Abs(z) < 4) {
					t.Errorf("%s = %v ± %v, drawn with %v: %v standard errors", p.Name, got.Value, got.StdErr, p.Value, z)
				}
			}
			if len(fit.Warnings) > 0 {
				t.Errorf("warnings: %v", fit.Warnings)
			}
		})
	}
}
