package cohort_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Invariant: the average rate lies between the rates of the cohorts, and its counts are
// their sums.
func TestAveragesLieBetween(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		tri, err := activityOf(t, drawActivity(rt)).Triangle(drawTriangleConfig(rt))
		if err != nil {
			return
		}
		for k, a := range tri.Averages() {
			lo, hi, eligible, active := math.Inf(1), math.Inf(-1), 0, 0
			for _, row := range tri.Rows {
				if k < len(row.Cells) && row.Cells[k].Eligible > 0 {
					c := row.Cells[k]
					lo, hi = min(lo, c.Rate.Value), max(hi, c.Rate.Value)
					eligible, active = eligible+c.Eligible, active+c.Active
				}
			}
			if a.Eligible != eligible || a.Active != active || eligible > 0 && (a.Rate.Value < lo-1e-12 || a.Rate.Value > hi+1e-12) {
				rt.Fatalf("column %d: %+v, want %d of %d in [%v, %v]", k, a, active, eligible, lo, hi)
			}
		}
	})
}
