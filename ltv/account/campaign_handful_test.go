package account

import "testing"

// Customers who are all alike, and few deals, do not make a response certain: two with one deal
// in a tenth of the year and three outside were told 3 [3, 3] at level 0.95.
func TestCampaignResponseOfHandfuls(t *testing.T) {
	for name, r := range map[string]responses{
		"alike":  {{1, 3, 36.5, 328.5}, {1, 3, 36.5, 328.5}},
		"nearly": {{1, 3, 36.5, 328.5}, {1, 4, 36.5, 328.5}},
	} {
		e := r.estimate(0.95).Ratio
		if e.Level != 0.95 || !e.Contains(1) || !e.Contains(e.Value) {
			t.Errorf("%s: %v", name, e)
		}
	}
	// Exact limits of 2 of 8 are 0.0318540 and 0.6508558 (binom.test in R).
	e := responses{{1, 3, 36.5, 328.5}, {1, 3, 36.5, 328.5}}.estimate(0.95).Ratio
	for _, limit := range []struct{ got, share float64 }{{e.Lo, 0.03185403}, {e.Hi, 0.6508558}} {
		if want := limit.share / (1 - limit.share) * 9; limit.got < want*(1-1e-6) || limit.got > want*(1+1e-6) {
			t.Errorf("limit %v, want %v", limit.got, want)
		}
	}
	// One customer has no interval.
	if e := (responses{{1, 3, 36.5, 328.5}}).estimate(0.95).Ratio; e.Level != 0 {
		t.Errorf("%v", e)
	}
}
