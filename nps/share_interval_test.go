package nps_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// Invariant: intervals of shares contain them, lie in [0, 1] and are wider than those of
// a share alone.
func TestShareLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCounts(t, "counts")
		s := verify.Must(answered(c[0], c[1], c[2]).Shares(0.9))
		each := verify.Must(answered(c[0], c[1], c[2]).EachShare(0.9))
		alone := []clientele.Estimate{each.Detractors, each.Passives, each.Promoters}
		sum := 0.0
		for i, e := range []clientele.Estimate{s.Detractors, s.Passives, s.Promoters} {
			sum += e.Value
			if a := alone[i]; a.Lo < e.Lo || a.Hi > e.Hi || a.Value != e.Value || a.StdErr != e.StdErr {
				t.Fatal(a, e)
			}
			if !e.Contains(e.Value) || e.Lo < 0 || e.Hi > 1 || e.Level != 0.9 {
				t.Fatal(e)
			}
		}
		if math.Abs(sum-1) > 1e-15 {
			t.Fatal(s)
		}
	})
}

// Intervals of the three shares hold all of them at least as often as they say. Those of
// Goodman do so in 78.2 % of samples of 6 answers that are nearly all passive.
func TestSharesCoverage(t *testing.T) {
	for _, truth := range [][]float64{{0.15, 0.35, 0.5}, {0.02, 0.18, 0.8}, {0.48, 0.04, 0.48}, {0.02, 0.96, 0.02}} {
		for _, n := range []int{1, 2, 3, 5, 6, 10, 21} {
			covers, goodman := 0.0, 0.0
			for d := range n + 1 {
				for p := range n - d + 1 {
					tally := answered(uint64(d), uint64(n-d-p), uint64(p))
					probability := multinomial(truth, d, n-d-p, p)
					covers += probability * holdAll(verify.Must(tally.Shares(0)), truth)
					goodman += probability * holdAll(verify.Must(tally.GoodmanShares(0)), truth)
				}
			}
			t.Logf("%v, %d answers: %.3f, Goodman %.3f", truth, n, covers, goodman)
			if covers < 0.95 {
				t.Errorf("%v, %d answers: %.3f hold all shares", truth, n, covers)
			}
		}
	}
}

// holdAll is 1 where all intervals hold their truth, and else 0.
func holdAll(s nps.ShareIntervals, truth []float64) float64 {
	return float64(verify.OneIf(s.Detractors.Contains(truth[0]) && s.Passives.Contains(truth[1]) && s.Promoters.Contains(truth[2])))
}

// Against the roots of (x-p)² = z²p(1-p)/n, by mpmath with 30 digits. Newcombe, Two-sided
// Confidence Intervals for the Single Proportion, Statistics in Medicine 17 (1998), table
// I, has 0.2553 and 0.3662 for 81 of 263.
func TestEachShare(t *testing.T) {
	s := verify.Must(answered(15, 167, 81).EachShare(0))
	for _, c := range []struct {
		what          string
		got           clientele.Estimate
		value, lo, hi float64
	}{
		{"detractors", s.Detractors, 15. / 263, 0.034864661605046868, 0.091957680658619577},
		{"passives", s.Passives, 167. / 263, 0.57524081886670229, 0.69083477640917617},
		{"promoters", s.Promoters, 81. / 263, 0.25528851987827423, 0.36620957698280007},
		{"level", verify.Must(answered(5, 5, 10).EachShare(0.9)).Passives, 0.25, 0.12737716852035768, 0.4322017501601246},
		{"none", verify.Must(answered(0, 7, 13).EachShare(0)).Detractors, 0, 0, 0.16112515805281939},
	} {
		sameAs(t, c.what, c.got.Value, c.value, 1e-15)
		sameAs(t, c.what+": lower limit", c.got.Lo, c.lo, 1e-13)
		sameAs(t, c.what+": upper limit", c.got.Hi, c.hi, 1e-13)
	}
	if s.Promoters != verify.Must(answered(15, 167, 81).TopBox(0)) || s.Passives.Level != 0.95 {
		t.Errorf("%+v", s)
	}
}
