package ltv

import (
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

func TestSampleUnit(t *testing.T) {
	all := []Summary{{T: 3}, {Frequency: 1, Recency: 2, T: 3}}
	h := verify.Must(NewSample(slices.Values(all)))
	if !h.Unit().IsZero() {
		t.Error(h.Unit())
	}
	if err := h.SetUnit(Days(7)); err != nil {
		t.Error(err)
	}
	if err := h.SetUnit(Weeks(1)); err != nil {
		t.Errorf("the same unit: %v", err)
	}
	verify.InputError(t, h.SetUnit(Months(1)), "ltv.Sample.SetUnit", -1, "unit", clientele.ErrMismatch)
	verify.InputError(t, h.SetUnit(Units(1)), "ltv.Sample.SetUnit", -1, "unit", clientele.ErrRange)

	var empty Sample
	if err := empty.Merge(h); err != nil || empty.Unit() != Weeks(1) || empty.Len() != 2 {
		t.Error(empty.Unit(), empty.Len(), err)
	}
	other := verify.Must(NewSample(slices.Values(all)))
	verify.InputError(t, h.Merge(other), "ltv.Sample.Merge", -1, "Unit", clientele.ErrMismatch)
	if err := other.SetUnit(Weeks(1)); err != nil {
		t.Error(err)
	}
	if err := h.Merge(other); err != nil || h.Len() != 4 {
		t.Error(h.Len(), err)
	}
	verify.InputError(t, h.Merge(shopSummaries(t).Sample()), "ltv.Sample.Merge", -1, "Per", clientele.ErrMismatch)
}
