package ltv

import (
	"encoding/json"
	"testing"
)

// A host may append to Warnings what is no warning of the library, and nil too.
func TestWarningsOfTheHostHaveJSON(t *testing.T) {
	all := bearers(t, 300, 3, levels, paretoByLevel)
	covariates := fittedWith(t, ParetoNBD{}, designed(t, []string{"level", "size"}, all, asDrawn), CovariateConfig{})
	covariates.Warnings = append(covariates.Warnings, nil)
	fit := Fixed(BGNBD{0.24, 4.4, 0.8, 2.4})
	fit.Warnings = append(fit.Warnings, nil)
	for name, value := range map[string]any{"Fitted": fit, "FittedCovariates": covariates} {
		if data, err := json.Marshal(value); err != nil || !json.Valid(data) {
			t.Errorf("%s: %s, %v", name, data, err)
		}
	}
}
