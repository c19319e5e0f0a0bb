package contract

import (
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv"
)

// Where a search stopped at an end the other parameters take that as certain: beta, stopped at
// 2e11, had the interval from 1e10 to 4e12, and c, which goes with it, from 16 to 46, of
// customers drawn with 3.8 and 1.5. None of them is known.
func TestNoIntervalAtAnEnd(t *testing.T) {
	var tenures Tenures
	for _, of := range []struct{ periods, n int }{{3, 2}, {4, 2}, {6, 1}} {
		if err := tenures.AddCustomers(of.periods, true, of.n); err != nil {
			t.Fatal(err)
		}
	}
	fit := verify.Must(Fit(BdW{}, tenures, ltv.FitConfig{}))
	if fit.DegreesOfFreedom != 2 || !fit.Has(ltv.AtEnd) {
		t.Errorf("%d degrees of freedom, warnings %v", fit.DegreesOfFreedom, fit.Warnings)
	}
	for _, p := range fit.Params {
		if p.Level != 0 || p.Lo != p.Value || p.Hi != p.Value {
			t.Errorf("%s = %v", p.Name, p)
		}
	}
}

// Customers who left count: those still there tell less.
func TestDegreesOfFreedomAreOfThoseWhoLeft(t *testing.T) {
	tenures := verify.Must(NewTenures([]int{1000, 999, 998, 997}))
	for _, cfg := range []ltv.FitConfig{{}, {Profile: true}} {
		fit := verify.Must(Fit(SBG{}, tenures, cfg))
		if fit.Customers != 1000 || fit.DegreesOfFreedom != 1 {
			t.Errorf("%d customers, of whom 3 left, have %d degrees of freedom", fit.Customers, fit.DegreesOfFreedom)
		}
	}
}
