package cohort_test

import (
	"errors"
	"sync"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/cohort/survival"
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
