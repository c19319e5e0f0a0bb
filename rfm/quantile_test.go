package rfm_test

import (
	"testing"

	"github.com/clientele-go/clientele/rfm"
)

// By average rank, a new value has the level of the greatest value of the base
// that is not better.
func TestAverageRankOfNewValues(t *testing.T) {
	b := mustNew[int64](t, rfm.Config{AsOf: asOf})
	for i, n := range []int{1, 1, 2, 4, 4, 4} { // F levels of 4: ceil(4·1.5/6) = 1, ceil(4·3/6) = 2, ceil(4·5/6) = 4
		mustFeed(t, b, buy(int64(i), n, 10*n, "10"))
	}
	rule := quantiles(4, rfm.AverageRank)
	scales := mustFit(t, b, planOf(rfm.Measure{Monetary: rfm.Total}, rule, rule, rule))
	for _, c := range []struct {
		name string
		v    rfm.Values
		want [3]int
	}{
		{"of the base, worst of F", rfm.Values{Recency: 10, Frequency: 1, Monetary: 10}, [3]int{4, 1, 1}},
		{"of the base, middle", rfm.Values{Recency: 20, Frequency: 2, Monetary: 20}, [3]int{3, 2, 2}},
		{"of the base, best of F", rfm.Values{Recency: 40, Frequency: 4, Monetary: 40}, [3]int{2, 4, 4}},
		{"between", rfm.Values{Recency: 15, Frequency: 3, Monetary: 39}, [3]int{3, 2, 2}},
		{"worse than all", rfm.Values{Recency: 41, Frequency: 0, Monetary: 9}, [3]int{1, 1, 1}},
	} {
		score, err := scales.ScoreValues(c.v)
		if err != nil {
			t.Fatal(err)
		}
		if got := [3]int{score.R, score.F, score.M}; got != c.want {
			t.Errorf("%s: %v is on levels %v, want %v", c.name, c.v, got, c.want)
		}
	}
}

// A value better than the whole base is on the best level, where it would be if it
// were one of the base.
func TestAverageRankBeyondTheBase(t *testing.T) {
	b := mustNew[int64](t, rfm.Config{AsOf: asOf})
	for i := range 12 {
		mustFeed(t, b, buy(int64(i), 3, 10, "10"))
	}
	rule := quantiles(5, rfm.AverageRank) // all on level ceil(5·6.5/12) = 3
	scales := mustFit(t, b, planOf(rfm.Measure{}, rule, rule, rule))
	score, err := scales.ScoreValues(rfm.Values{Recency: 9, Frequency: 4, Monetary: 11})
	if err != nil {
		t.Fatal(err)
	}
	if score.R != 5 || score.F != 5 || score.M != 5 {
		t.Errorf("better values are on levels %d, %d, %d, want the best, 5", score.R, score.F, score.M)
	}
}
