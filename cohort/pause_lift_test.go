package cohort

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/special"
)

// Five customers in three strata, the third of which has no other pauses:
//
//	1  with the event 1 of 2 lost, without 1 of 2
//	2  with the event 1 of 1 lost, without 1 of 3
//	3  with the event 2 of 3 lost
//
// R = 1·2/4 + 1·3/4 = 5/4 and S = 1·2/4 + 1·1/4 = 3/4: a lift of 5/3. The derivatives of
// ln R - ln S by lost and by all pauses with the event, and by those without, are
//
//	1  2/5 and -4/15, -2/3 and 4/15
//	2  3/5 and -2/5, -1/3 and 2/15
//
// so that customers have the influences -1, -8, 7, 2 and 0 fifteenths, and the logarithm of
// the lift the variance 118/225 · 5/4 = 59/90.
func TestLiftOfStrata(t *testing.T) {
	kind, base := tallied(
		[]stratumPauses{{1, trials{1, 1}, trials{1, 1}}, {2, trials{}, trials{1, 1}}},
		[]stratumPauses{{1, trials{0, 1}, trials{1, 2}}, {2, trials{}, trials{0, 1}}},
		[]stratumPauses{{1, trials{}, trials{0, 1}}, {2, trials{1, 1}, trials{1, 1}}},
		[]stratumPauses{{2, trials{}, trials{0, 1}}},
		[]stratumPauses{{3, trials{2, 3}, trials{2, 3}}},
	)
	l := kind.lift(base, 0.5)
	stdErr, counts := math.Sqrt(59.0/90), interval.Strata{{K: 1, N: 2, K0: 1, N0: 2}, {K: 1, N: 1, K0: 1, N0: 3}}
	closeTo(t, "lift", l.Value, 5.0/3, 1e-15)
	closeTo(t, "standard error", l.StdErr, 5.0/3*stdErr, 1e-14)
	if l.compared != 3 || l.Level != 0.5 {
		t.Errorf("%+v", l)
	}
	// By customers Student's t with 4 degrees of freedom, 0.7406970841126831 at 0.75; by the
	// counts the score interval: the wider on each side.
	counted, ok := counts.RiskRatio(0.5)
	factor := math.Exp(0.7406970841126831 * stdErr)
	if !ok {
		t.Fatal("the counts have no ratio")
	}
	closeTo(t, "lower end", l.Lo, min(5.0/3/factor, counted.Lo), 1e-9)
	closeTo(t, "upper end", l.Hi, max(5.0/3*factor, counted.Hi), 1e-9)
	closeTo(t, "p-value", l.p, max(counts.P(), special.StudentTail(math.Log(5.0/3)/stdErr, 4)), 1e-12)
}

// Where nothing can be said of a lift, its p-value is 1.
func TestLiftOfNothing(t *testing.T) {
	for name, c := range map[string]struct {
		customers [][]stratumPauses
		compared  int64
	}{
		"no others":         {[][]stratumPauses{{{1, trials{1, 2}, trials{1, 2}}}}, 0},
		"no others lost":    {[][]stratumPauses{{{1, trials{1, 2}, trials{1, 2}}}, {{1, trials{}, trials{0, 1}}}}, 2},
		"others not placed": {[][]stratumPauses{{{unplaced, trials{}, trials{1, 1}}, {1, trials{1, 2}, trials{1, 2}}}}, 0},
	} {
		kind, base := tallied(c.customers...)
		if l := kind.lift(base, 0.95); l != (lifted{p: 1, compared: c.compared}) {
			t.Errorf("%s: %+v", name, l)
		}
	}
}

// Two customers with influences 1/3 and -1/3: ln of the lift has the variance 2/9 · 2/1, and
// Student's t with one degree of freedom is 6366 at 0.99995, so that the upper limit by
// customers is beyond float64. What remains is known by the counts, 2 of 3 against 2 of 3.
func TestLiftBeyondRange(t *testing.T) {
	const level = 0.9999
	kind, base := tallied(
		[]stratumPauses{{1, trials{1, 1}, trials{2, 3}}},
		[]stratumPauses{{1, trials{1, 2}, trials{2, 3}}},
	)
	counts := interval.Strata{{K: 2, N: 3, K0: 2, N0: 3}}
	want, ok := counts.RiskRatio(level)
	if l := kind.lift(base, level); !ok || l.Estimate != want || l.p != 1 || l.Level != level {
		t.Errorf("%+v, want %+v", l, want)
	}
	// At level 0.5, where t is 1, customers widen what the counts say.
	if l := kind.lift(base, 0.5); l.Level != 0.5 || !(l.Lo <= math.Exp(-2.0/3)*(1+1e-12)) || !(l.Hi >= math.Exp(2.0/3)*(1-1e-12)) {
		t.Errorf("%+v", l)
	}
}
