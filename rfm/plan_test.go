package rfm_test

import (
	"math"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

func TestPlanFaults(t *testing.T) {
	good := rfm.Quantiles(5)
	plan := func(change func(p *rfm.Plan)) rfm.Plan {
		p := rfm.GridPlan()
		change(&p)
		return p
	}
	rules := func(r rfm.Rule) rfm.Plan { return plan(func(p *rfm.Plan) { p.Recency = r }) }
	for _, c := range []struct {
		name string
		plan rfm.Plan
		want []fault
	}{
		{"cube", rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000)), nil},
		{"grid", rfm.GridPlan(), nil},
		{"no rule", rules(rfm.Rule{}), []fault{{"Recency", clientele.ErrMissing}}},
		{"unknown rule", rules(rfm.Rule{Kind: rfm.ByBreaks + 1}), []fault{{"Recency.Kind", clientele.ErrUnknown}}},
		{"unknown cuts", rules(quantiles(5, 9)), []fault{{"Recency.Cuts", clientele.ErrUnknown}}},
		{"edges by rank", rules(edges(rfm.AverageRank, 1, 2, 3, 4)), []fault{{"Recency.Cuts", clientele.ErrUnknown}}},
		{"edges plus one", rules(edges(rfm.EdgePlusOne, 1, 2, 3, 4)), []fault{{"Recency.Cuts", clientele.ErrUnknown}}},
		{"one quantile", rules(rfm.Quantiles(1)), []fault{{"Recency.Count", clientele.ErrRange}}},
		{"eleven quantiles", rules(rfm.Quantiles(11)), []fault{{"Recency.Count", clientele.ErrRange}}},
		{"quantiles below 0", rules(rfm.Quantiles(-3)), []fault{{"Recency.Count", clientele.ErrRange}}},
		{"no edges", rules(rfm.Edges()), []fault{{"Recency.Edges", clientele.ErrRange}}},
		{"edges not ascending", rules(rfm.Edges(1, 3, 2, 4)), []fault{{"Recency.Edges[2]", clientele.ErrRange}}},
		{"an edge twice", rules(rfm.Edges(1, 2, 2, 4)), []fault{{"Recency.Edges[2]", clientele.ErrRange}}},
		{"edge NaN", rules(rfm.Edges(1, 2, math.NaN(), 4)), []fault{{"Recency.Edges[2]", clientele.ErrNotFinite}}},
		{"edge infinite", rules(rfm.Edges(1, 2, 3, math.Inf(1))), []fault{{"Recency.Edges[3]", clientele.ErrNotFinite}}},
		{"bounds on a grid", rules(rfm.Bounds(1, 2)), []fault{{"Recency.Kind", clientele.ErrMismatch}}},
		{"bounds turned round", rfm.CubePlan(rfm.Bounds(40, 20), rfm.Bounds(2, 5), rfm.Bounds(1, 2)), []fault{{"Recency.Edges", clientele.ErrRange}}},
		{"bounds NaN", rfm.CubePlan(rfm.Bounds(math.NaN(), 20), rfm.Bounds(2, 5), rfm.Bounds(1, 2)), []fault{{"Recency.Edges[0]", clientele.ErrNotFinite}}},
		{"bounds of one edge", rfm.CubePlan(rfm.Rule{Kind: rfm.Bounds(1, 2).Kind, Edges: []float64{1}}, rfm.Bounds(2, 5), rfm.Bounds(1, 2)), []fault{{"Recency.Edges", clientele.ErrRange}}},
		{"weight below 0", plan(func(p *rfm.Plan) { p.Weights.F = -1 }), []fault{{"Weights.F", clientele.ErrNegative}}},
		{"weight NaN", plan(func(p *rfm.Plan) { p.Weights.M = math.NaN() }), []fault{{"Weights.M", clientele.ErrNotFinite}}},
		{"unknown measure", plan(func(p *rfm.Plan) { p.Measure = rfm.Measure{Recency: 9, Days: 9, Frequency: 9, Monetary: 9} }), []fault{
			{"Measure.Recency", clientele.ErrUnknown},
			{"Measure.Days", clientele.ErrUnknown},
			{"Measure.Frequency", clientele.ErrUnknown},
			{"Measure.Monetary", clientele.ErrUnknown},
		}},
		{"unknown zone", plan(func(p *rfm.Plan) { p.Measure.Zone = "Mars/Olympus" }), []fault{{"Measure.Zone", clientele.ErrUnknown}}},
		{"all at once", rfm.Plan{
			Measure: rfm.Measure{Monetary: 9}, Recency: good, Frequency: rfm.Quantiles(4),
			Map: rfm.Map{Levels: [3]int{5, 5, 11}}, Weights: rfm.Weights{R: math.Inf(1)},
		}, []fault{
			{"Measure.Monetary", clientele.ErrUnknown},
			{"Map.Levels[2]", clientele.ErrRange},
			{"Map.Segments", clientele.ErrMissing},
			{"Frequency.Count", clientele.ErrMismatch},
			{"Monetary", clientele.ErrMissing},
			{"Weights.R", clientele.ErrNotFinite},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkFaults(t, c.plan.Validate(), c.want...)
			b := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf}), fuzzPurchases(numbered))
			_, err := rfm.Fit(b, c.plan)
			checkFaults(t, err, c.want...)
		})
	}
}

// A zone that does not exist is reported with the other faults, not after them.
func TestZoneIsReportedWithTheRest(t *testing.T) {
	plan := rfm.GridPlan()
	plan.Measure.Zone = "Mars/Olympus"
	plan.Recency = rfm.Rule{}
	for name, err := range map[string]error{
		"Validate":  plan.Validate(),
		"NewScales": func() error { _, err := rfm.NewScales(plan); return err }(),
	} {
		text := strings.ToLower(toText(err))
		if !strings.Contains(text, "mars/olympus") || !strings.Contains(text, "recency: missing") {
			t.Errorf("%s reports %v, want the zone and the missing rule", name, err)
		}
	}
}

func toText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestWeights(t *testing.T) {
	for _, c := range []struct {
		w    rfm.Weights
		want float64
	}{
		{rfm.Weights{}, 5 + 2 + 3},
		{rfm.Weights{R: 1, F: 1, M: 1}, 10},
		{rfm.Weights{R: 100, F: 10, M: 1}, 523},
		{rfm.Weights{F: 0.5}, 1},
	} {
		plan := onGrid(t, rfm.Grid()).Plan()
		plan.Weights = c.w
		if score := cellOf(t, mustFreeze(t, plan), 5, 2, 3); score.Total != c.want {
			t.Errorf("weights %+v give %v, want %v", c.w, score.Total, c.want)
		}
	}
}
