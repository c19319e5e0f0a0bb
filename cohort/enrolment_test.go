package cohort_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

// Entries come along with merges, histories and stored bytes, from rosters that number
// customers otherwise.
func TestEnrolmentsOfAnySplit(t *testing.T) {
	entries := []struct {
		customer string
		at       time.Time
	}{{"Ada", date(2025, 3, 1)}, {"Ben", date(2025, 3, 9)}, {"Fay", date(2025, 4, 2)}, {"Gus", date(2025, 4, 3)}}
	enrol := func(a *cohort.Activity[string], from, to int) *cohort.Activity[string] {
		for _, e := range entries[from:to] {
			if err := a.Enrol(e.customer, e.at); err != nil {
				t.Fatal(err)
			}
		}
		return a
	}
	want := formOf(t, enrol(activityOf(t, spring()), 0, 4))

	into, other := enrol(new(cohort.Activity[string]), 1, 3), enrol(activityOf(t, spring()), 0, 2)
	other = enrol(other, 3, 4)
	before := formOf(t, other)
	if err := into.Merge(other); err != nil || !bytes.Equal(formOf(t, into), want) || !bytes.Equal(formOf(t, other), before) {
		t.Errorf("merged: %v", err)
	}
	kept := into.Clone()
	into.Reset()
	if err := into.Enrol("Ada", date(2025, 3, 2)); err != nil || !bytes.Equal(formOf(t, kept), want) {
		t.Errorf("after Reset of the original: %v", err)
	}

	put := activityOf(t, spring())
	for _, e := range entries {
		var h, stored cohort.History
		if err := h.Enrol(e.at); err != nil {
			t.Fatal(err)
		}
		form, err := h.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(stored.UnmarshalBinary(form), put.AddHistory(e.customer, &stored), put.AddHistory(e.customer, &h)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(formOf(t, put), want) {
		t.Error("other facts from histories")
	}

	var a cohort.Activity[string]
	if in, ok := errors.AsType[*clientele.InputError](a.Enrol("Ada", time.Time{})); !ok || in.Field != "at" || !errors.Is(in, clientele.ErrZeroTime) {
		t.Errorf("zero time: %v", in)
	}
}
