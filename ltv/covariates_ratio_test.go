package ltv

import (
	"errors"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

// A restriction that is false is found, and what is no restriction refused.
func TestCovariatesAgainst(t *testing.T) {
	d := simulatedDesign(t, 2000, 1)
	full, err := FitCovariates(ParetoNBD{}, d, CovariateConfig{})
	if err != nil {
		t.Fatal(err)
	}
	equal, err := FitCovariates(ParetoNBD{}, d, CovariateConfig{Equal: []string{"b"}})
	if err != nil {
		t.Fatal(err)
	}
	test, err := full.Against(equal)
	if err != nil {
		t.Fatal(err)
	}
	verify.Near(t, "statistic", test.Statistic, 2*(full.LogLik-equal.LogLik), 1e-15)
	if test.DegreesOfFreedom != 1 || !(test.P < 0.01) { // the effects are -0.3 and 0.5
		t.Errorf("%+v", test)
	}
	verify.Near(t, "the tail of 3.841 with one degree", RatioTest{Statistic: 3.841458820694124, DegreesOfFreedom: 1}.tail(), 0.05, 1e-12)
	if _, err := equal.Against(full); !errors.Is(err, clientele.ErrMismatch) {
		t.Errorf("the other way round: %v", err)
	}
	if _, err := full.Against(full); !errors.Is(err, clientele.ErrMismatch) {
		t.Errorf("against itself: %v", err)
	}
	fewer, err := FitCovariates(ParetoNBD{}, simulatedDesign(t, 300, 1), CovariateConfig{Equal: []string{"b"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := full.Against(fewer); !errors.Is(err, clientele.ErrMismatch) {
		t.Errorf("of other customers: %v", err)
	}
}
