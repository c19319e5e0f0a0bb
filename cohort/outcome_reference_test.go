package cohort_test

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
)

// The published numbers of the CDNOW sample: of 2,357 customers so many ordered on
// another day within 30, 60, 90, 180 and 365 days of their first.
func TestOutcomesOfPublishedSample(t *testing.T) {
	a := activityOf(t, cdnowOrders(t))
	for within, want := range map[clientele.Days]int{30: 410, 60: 601, 90: 687, 180: 887, 365: 1074} {
		o, err := a.Outcomes(cohort.OutcomeConfig{AsOf: cdnowEnd.AddDate(1, 0, 0), Within: within})
		if err != nil {
			t.Fatal(err)
		}
		repeated := 0
		for _, out := range o.All() {
			if out.Repeat() {
				repeated++
			}
		}
		if repeated != want || o.Customers != 2357 {
			t.Errorf("within %d days %d of %d, want %d", within, repeated, o.Customers, want)
		}
	}
}
