package ltv

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

// The unit of time goes from the summaries by the sample and the fit into the JSON of the
// fit, and comes back.
func TestUnitOfFits(t *testing.T) {
	s := shopSummaries(t)
	sample := s.Sample()
	fit, err := Fit(MBGNBD{}, sample, FitConfig{})
	if err != nil || sample.Unit() != Weeks(1) || fit.Unit != Weeks(1) {
		t.Fatalf("%v, %v, %v", sample.Unit(), fit.Unit, err)
	}
	data := verify.Must(json.Marshal(fit))
	var back Fitted[MBGNBD]
	if err := json.Unmarshal(data, &back); err != nil || back.Unit != Weeks(1) || !reflect.DeepEqual(back, fit) {
		t.Errorf("%v, %v", back, err)
	}
	f, err := NewForecaster(back, Fitted[GammaGamma]{}, ForecastConfig{Horizon: Weeks(26)})
	if err != nil || f.Unit() != Weeks(1) {
		t.Fatal(f.Unit(), err)
	}
	boot, err := Bootstrap(MBGNBD{}, sample, 1, rand.NewPCG(1, 2), FitConfig{})
	if err != nil || boot.Unit != Weeks(1) {
		t.Errorf("%v, %v", boot.Unit, err)
	}
	c, err := Compare(s.Observed(), []Model{MBGNBD{}}, FitConfig{})
	if err != nil || c.Unit != Weeks(1) || c.Models[0].Fit.Unit != Weeks(1) || c.Models[0].Holdout.Unit != Weeks(1) {
		t.Errorf("%+v, %v", c, err)
	}
	tr, err := Track(fit.Model, sample, TrackConfig{Step: Months(3)})
	if err != nil || tr.Unit != Weeks(1) || tr.Per != 7 {
		t.Fatal(tr, err)
	}
	verify.Near(t, "step", tr.Step, DaysPerYear/28, 1e-14)
}

// Customers of one base have one unit of time.
func TestObservedUnits(t *testing.T) {
	one := Observed{Summary: Summary{T: 9}, Holdout: Holdout{T: 5}, Unit: Weeks(1)}
	other := one
	other.Unit = Months(1)
	_, err := Validate(BGNBD{0.5, 6, 0.8, 2.5}, slices.All([]Observed{one, one, other}), ValidateConfig{})
	verify.InputError(t, err, "ltv.Validate", 2, "Unit", clientele.ErrMismatch)
}
