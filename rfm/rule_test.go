package rfm_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// edges makes an edge rule with a side.
func edges(cuts rfm.Cuts, at ...float64) rfm.Rule {
	r := rfm.Edges(at...)
	r.Cuts = cuts
	return r
}

// Which level a value on, below and above every edge gets.
func TestRuleSides(t *testing.T) {
	for _, c := range []struct {
		name   string
		rule   rfm.Rule
		values []float64
		r, fm  []int // levels as recency and as the others
	}{
		{"bounds", rfm.Bounds(20, 40), []float64{0, 19.9, 20, 30, 40, 40.1, 1e9}, []int{3, 3, 2, 2, 2, 1, 1}, []int{1, 1, 2, 2, 2, 3, 3}},
		{"bounds of one value", rfm.Bounds(2, 2), []float64{1, 2, 3}, []int{3, 2, 1}, []int{1, 2, 3}},
		{"bounds at 0", rfm.Bounds(0, 1), []float64{0, 0.5, 1, 2}, []int{2, 2, 2, 1}, []int{2, 2, 2, 3}},
		{"edges closed right", rfm.Edges(10, 20), []float64{9, 10, 11, 20, 21}, []int{3, 3, 2, 2, 1}, []int{1, 1, 2, 2, 3}},
		{"edges closed left", edges(rfm.ClosedLeft, 10, 20), []float64{9, 10, 11, 20, 21}, []int{3, 2, 2, 1, 1}, []int{1, 2, 2, 3, 3}},
		{"closed left at 0", edges(rfm.ClosedLeft, 0, 1), []float64{0, 0.5, 1}, []int{2, 2, 1}, []int{2, 2, 3}},
		{"next to an edge", rfm.Bounds(1000, 5000), []float64{math.Nextafter(1000, 0), 1000, 5000, math.Nextafter(5000, 6000)}, []int{3, 2, 2, 1}, []int{1, 2, 2, 3}},
		{"closed left, next to an edge", edges(rfm.ClosedLeft, 7), []float64{math.Nextafter(7, 0), 7, math.Nextafter(7, 8)}, []int{2, 1, 1}, []int{1, 2, 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			scales := mustFreeze(t, planOf(rfm.Measure{}, c.rule, c.rule, c.rule))
			for i, v := range c.values {
				score, err := scales.ScoreValues(rfm.Values{Recency: v, Frequency: v, Monetary: v})
				if err != nil {
					t.Fatal(err)
				}
				if score.R != c.r[i] || score.F != c.fm[i] || score.M != c.fm[i] {
					t.Errorf("%v is on levels %d, %d, %d, want %d, %d, %d", v, score.R, score.F, score.M, c.r[i], c.fm[i], c.fm[i])
				}
			}
		})
	}
}

// Fields that a rule has no use for are faults.
func TestRulesWithUselessFields(t *testing.T) {
	good := rfm.Bounds(20, 40)
	for name, c := range map[string]struct {
		rule rfm.Rule
		want []fault
	}{
		"bounds with a count":   {rfm.Rule{Kind: rfm.ByBounds, Edges: good.Edges, Count: 3}, []fault{{"Recency.Count", clientele.ErrMismatch}}},
		"bounds with cuts":      {good.By(rfm.ClosedLeft), []fault{{"Recency.Cuts", clientele.ErrUnknown}}},
		"edges by rank":         {rfm.Edges(1, 2).By(rfm.AverageRank), []fault{{"Recency.Cuts", clientele.ErrUnknown}}},
		"quantiles with edges":  {rfm.Rule{Kind: rfm.ByQuantiles, Count: 3, Edges: []float64{1, 2}}, []fault{{"Recency.Edges", clientele.ErrMismatch}}},
		"weights beyond floats": {good, nil},
	} {
		plan := planOf(rfm.Measure{}, c.rule, good, good)
		if c.want == nil {
			plan.Weights = rfm.Weights{R: 1e308, F: 1e308, M: 1e308}
			c.want = []fault{{"Weights", clientele.ErrRange}}
		}
		t.Run(name, func(t *testing.T) { checkFaults(t, plan.Validate(), c.want...) })
	}
}
