package survival_test

import (
	"testing"

	"github.com/clientele-go/clientele/cohort/survival"
)

func TestGapWarningText(t *testing.T) {
	for want, w := range map[string]survival.GapWarning{
		"nobody was under observation from 2 to 5":                                                                       {From: 2, To: 5, Gaps: 1},
		"nobody was under observation from 2 to 5, the first of 3 gaps":                                                  {From: 2, To: 5, Gaps: 3},
		"nobody was under observation from 5 to 5; the curve is 0 since all at risk had the event before others entered": {From: 5, To: 5, Gaps: 1, Zero: true},
	} {
		if w.Error() != want {
			t.Errorf("%q, want %q", w.Error(), want)
		}
	}
}
