package cohort_test

import (
	"errors"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
	"github.com/shopspring/decimal"
)

// The zero Activity and the zero History may be asked by many at once as well, which the
// race detector sees.
func TestZeroActivityIsOnlyRead(t *testing.T) {
	asOf := date(2025, 3, 1)
	var a cohort.Activity[string]
	var h cohort.History
	ask := func() {
		var into cohort.Activity[string]
		churn := cohort.ChurnConfig{AsOf: asOf, Rule: cohort.ChurnRule{Silent: 9}}
		questions := map[string]func() error{
			"Triangle": func() error {
				_, err := a.Triangle(cohort.TriangleConfig{AsOf: asOf, Entry: cohort.Stated})
				return err
			},
			"TriangleBy": func() error {
				_, err := a.TriangleBy(cohort.TriangleConfig{AsOf: asOf}, func(string) string { return "" })
				return err
			},
			"Repeat": func() error { _, err := a.Repeat(cohort.RepeatConfig{AsOf: asOf}); return err },
			"TimeTo": func() error {
				_, err := a.TimeTo(cohort.SpellConfig{AsOf: asOf}, survival.Config{})
				return err
			},
			"Ladder": func() error { _, err := a.Ladder(cohort.LadderConfig{AsOf: asOf}); return err },
			"Churn":  func() error { _, err := a.Churn(churn); return err },
			"ChurnReasons": func() error {
				_, err := a.LossReasons(churn, clientele.All[cohort.LossReason[string]](nil))
				return err
			},
			"ChurnEvents": func() error {
				_, err := a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: churn, Within: 1}, clientele.All[cohort.Event[string]](nil))
				return err
			},
			"ContactLag": func() error {
				_, err := a.ContactLag(cohort.ContactConfig{AsOf: asOf, Within: 1}, clientele.All([]cohort.Contact[string]{{Customer: "Ada", At: asOf}}))
				return err
			},
			"Outcomes": func() error { _, err := a.Outcomes(cohort.OutcomeConfig{AsOf: asOf, Within: 1}); return err },
			"Parts":    func() error { _, err := a.Parts(cohort.PartConfig{AsOf: asOf, Within: 1}); return err },
			"Compare": func() error {
				_, err := a.Compare(cohort.CompareConfig{AsOf: asOf, Within: 1}, clientele.All[cohort.Assignment[string]](nil))
				return err
			},
			"CompareKeys": func() error { _, err := a.CompareKeys(cohort.CompareConfig{AsOf: asOf, Within: 1}); return err },
		}
		for name, question := range questions {
			if err := question(); !errors.Is(err, clientele.ErrEmpty) {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, read := range map[string]func() error{
			"Activity.MarshalBinary": func() error { _, err := a.MarshalBinary(); return err },
			"History.MarshalBinary":  func() error { _, err := h.MarshalBinary(); return err },
			"Merge":                  func() error { return into.Merge(a.Clone()) },
			"AddHistory":             func() error { return into.AddHistory("Ada", h.Clone()) },
		} {
			if err := read(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(ask)
	}
	wg.Wait()
}

func TestActivityRefuses(t *testing.T) {
	var a cohort.Activity[string]
	for name, c := range map[string]struct {
		p     clientele.Purchase[string]
		field string
		kind  error
	}{
		"no time":  {pays("Ada", time.Time{}, "1", ""), "At", clientele.ErrZeroTime},
		"too much": {clientele.Purchase[string]{Customer: "Ada", At: date(2025, 1, 1), Amount: decimal.New(1, 100).Mul(decimal.New(1, 100)).Mul(decimal.New(1, -100)).Mul(decimal.New(1, 101))}, "Amount", clientele.ErrAmountRange},
	} {
		in, ok := errors.AsType[*clientele.InputError](a.Add(c.p))
		if !ok || in.Field != c.field || !errors.Is(in, c.kind) || in.Op != "cohort.Activity.Add" || a.Len() != 0 {
			t.Errorf("%s: %v", name, in)
		}
	}
	huge := pays("Ada", date(2025, 1, 1), strings.Repeat("9", 201), "")
	if err := a.Add(huge); !errors.Is(err, clientele.ErrRange) {
		t.Error(err)
	}
	if err := clientele.Feed(clientele.All([]clientele.Purchase[string]{pays("Ada", date(2025, 1, 1), "1", ""), huge}), &a); err == nil {
		t.Error("an amount of 201 digits")
	} else if in, ok := errors.AsType[*clientele.InputError](err); !ok || in.Index != 1 || a.Len() != 1 {
		t.Errorf("%v, %d", err, a.Len())
	}
	if own, err := cohort.New[string](nil); err != nil || own.Roster() == nil {
		t.Errorf("%v, %v", own, err)
	}
	if err := a.Merge(nil); !errors.Is(err, clientele.ErrMissing) {
		t.Error(err)
	}
	if err := a.Merge(&a); err != nil || a.Len() != 2 {
		t.Errorf("with itself: %v, %d", err, a.Len())
	}
	if a.Reset(); a.Len() != 0 {
		t.Error("Reset keeps purchases")
	}
}

// Amounts of more digits than an integer holds are exact too.
func TestActivityOfWideAmounts(t *testing.T) {
	wide := "12345678901234567890123456789012345678901234.5678"
	a := activityOf(t, []clientele.Purchase[string]{pays("Ada", date(2025, 1, 1), wide, ""), pays("Ada", date(2025, 1, 2), "0.0002", "")})
	b := activityOf(t, []clientele.Purchase[string]{pays("Ben", date(2025, 1, 1), wide, "")})
	if err := a.Merge(b); err != nil {
		t.Fatal(err)
	}
	tri := triangleOf(t, a, cohort.TriangleConfig{AsOf: date(2025, 1, 9), Calendar: months})
	if want := "24691357802469135780246913578024691357802469.1358"; tri.Rows[0].Revenue.String() != want {
		t.Errorf("%v, want %v", tri.Rows[0].Revenue, want)
	}
	if got := tri.Rows[0].Cells[0].Rate; got.Level != 0 || math.IsNaN(got.Value) {
		t.Error(got)
	}
}

// What nobody made has no answer, and nothing panics.
func TestNil(t *testing.T) {
	var a *cohort.Activity[string]
	var h *cohort.History
	asOf := date(2025, 1, 1)
	churn := cohort.ChurnConfig{AsOf: asOf, Rule: cohort.ChurnRule{Silent: 9}}
	var tri *cohort.Triangle
	for name, err := range map[string]error{
		"Add":             a.Add(pays("Ada", asOf, "1", "")),
		"AddHistory":      a.AddHistory("Ada", new(cohort.History)),
		"AddSlots":        a.AddSlots([]int32{0}, []clientele.Purchase[string]{pays("Ada", asOf, "1", "")}),
		"Churn":           second(a.Churn(churn)),
		"ChurnEvents":     second(a.ChurnEvents(cohort.ChurnEventConfig{ChurnConfig: churn, Within: 1}, clientele.All[cohort.Event[string]](nil))),
		"ChurnSpells":     first(a.ChurnSpells(churn)),
		"Compare":         second(a.Compare(cohort.CompareConfig{AsOf: asOf, Within: 1}, clientele.All[cohort.Assignment[string]](nil))),
		"CompareKeys":     second(a.CompareKeys(cohort.CompareConfig{AsOf: asOf, Within: 1})),
		"ComparePeriods":  second(a.ComparePeriods(cohort.CompareConfig{AsOf: asOf, Within: 1})),
		"ContactLag":      second(a.ContactLag(cohort.ContactConfig{AsOf: asOf, Within: 1}, clientele.All[cohort.Contact[string]](nil))),
		"Enrol":           a.Enrol("Ada", asOf),
		"History":         h.Add(asOf, money("1"), ""),
		"History, binary": second(h.MarshalBinary()),
		"History, decode": h.UnmarshalBinary(nil),
		"History, enrol":  h.Enrol(asOf),
		"History, merge":  h.Merge(new(cohort.History)),
		"Ladder":          second(a.Ladder(cohort.LadderConfig{AsOf: asOf})),
		"LossReasons":     second(a.LossReasons(churn, clientele.All[cohort.LossReason[string]](nil))),
		"MarshalBinary":   second(a.MarshalBinary()),
		"Merge":           a.Merge(new(cohort.Activity[string])),
		"Outcomes":        second(a.Outcomes(cohort.OutcomeConfig{AsOf: asOf, Within: 1})),
		"Parts":           second(a.Parts(cohort.PartConfig{AsOf: asOf, Within: 1})),
		"Repeat":          second(a.Repeat(cohort.RepeatConfig{AsOf: asOf})),
		"Spells":          first(a.Spells(cohort.SpellConfig{AsOf: asOf})),
		"TimeTo":          second(a.TimeTo(cohort.SpellConfig{AsOf: asOf}, survival.Config{})),
		"Trend":           second(tri.Trend(0, "")),
		"Triangle":        second(a.Triangle(cohort.TriangleConfig{AsOf: asOf})),
		"TriangleBy":      second(a.TriangleBy(cohort.TriangleConfig{AsOf: asOf}, func(string) string { return "" })),
		"UnmarshalBinary": a.UnmarshalBinary(nil),
		"WriteCSV":        tri.WriteCSV(nil),
		"WriteText":       tri.WriteText(nil, 0, 0),
	} {
		if !errors.Is(err, clientele.ErrMissing) {
			t.Errorf("%s: %v", name, err)
		}
	}
	a.Reset()
	h.Reset()
	if a.Clone() != nil || h.Clone() != nil || a.Len() != 0 || h.Len() != 0 || a.Roster() != nil || tri.Averages() != nil {
		t.Error("nothing has something")
	}
	for customer := range (*cohort.Outcomes[string])(nil).All() {
		t.Error(customer)
	}
	if _, ok := (*cohort.Comparison)(nil).Group(""); ok {
		t.Error("a group of nothing")
	}
	if _, ok := (*cohort.Decomposition)(nil).Cause(); ok || (*cohort.Decomposition)(nil).String() != "" {
		t.Error("a cause of nothing")
	}
}
