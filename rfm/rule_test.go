package rfm_test

import (
	"encoding/json"
	"errors"
	"math"
	"strings"
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
		{"unknown rule", rules(rfm.Rule{Kind: rfm.ByEdges + 1}), []fault{{"Recency.Kind", clientele.ErrUnknown}}},
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
		{"unknown measure", plan(func(p *rfm.Plan) { p.Measure = rfm.Measure{Recency: 9, Days: 9, Monetary: 9} }), []fault{
			{"Measure.Recency", clientele.ErrUnknown}, {"Measure.Days", clientele.ErrUnknown}, {"Measure.Monetary", clientele.ErrUnknown},
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

func TestNewScalesNeedsNoBase(t *testing.T) {
	plan := rfm.GridPlan()
	plan.Frequency = rfm.Edges(1, 2, 3, 4)
	_, err := rfm.NewScales(plan)
	checkFaults(t, err, fault{"Recency.Kind", clientele.ErrMissing}, fault{"Monetary.Kind", clientele.ErrMissing})
}

// A plan is copied when it is frozen.
func TestScalesShareNothing(t *testing.T) {
	plan := rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000))
	scales := mustFreeze(t, plan)
	before := toJSON(t, scales)
	plan.Recency.Edges[0], plan.Frequency.Edges[0], plan.Monetary.Edges[0] = -1, -1, -1
	plan.Map.Segments[0].Name = "x"
	plan.Map.Segments[0].Where[0] = rfm.Box{}
	given := scales.Plan()
	given.Monetary.Edges[1] = -1
	given.Map.Segments[1].Where[0] = rfm.Box{}
	scale, err := scales.Scale(rfm.F, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	scale.Edges[0] = -1
	if after := toJSON(t, scales); after != before {
		t.Errorf("scales have become %s, were %s", after, before)
	}
}

func TestScaleOfUnknownLevel(t *testing.T) {
	scales := mustFreeze(t, rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000)))
	for _, c := range []struct {
		m     rfm.Metric
		r, f  int
		field string
	}{{rfm.R, 0, 1, "recency"}, {rfm.F, 4, 1, "recency"}, {rfm.M, 1, 0, "frequency"}, {rfm.M, 1, 4, "frequency"}, {3, 1, 1, "metric"}} {
		_, err := scales.Scale(c.m, c.r, c.f)
		checkInput(t, err, "rfm.Scales.Scale", -1, c.field, clientele.ErrRange)
	}
}

// Scales in JSON whose parts do not fit each other.
func TestScalesJSONFaults(t *testing.T) {
	const cube = `{"plan":%,"recency":{"edges":[20,40]},"frequency":[{"edges":[2,5]}],"monetary":[{"edges":[1000,5000]}]}`
	plan := toJSON(t, rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000)))
	text := strings.Replace(cube, "%", plan, 1)
	for _, c := range []struct {
		name, from, to string
		err            error
	}{
		{"nothing", "", "", nil},
		{"edges of another rule", `{"edges":[20,40]}`, `{"edges":[21,40]}`, clientele.ErrMismatch},
		{"too many edges", `[{"edges":[2,5]}]`, `[{"edges":[2,5,6]}]`, clientele.ErrRange},
		{"no edges", `{"edges":[20,40]}`, `{"edges":null}`, clientele.ErrRange},
		{"edges not ascending", `{"edges":[20,40]}`, `{"edges":[40,20]}`, clientele.ErrRange},
		{"counts of other levels", `[{"edges":[2,5]}]`, `[{"edges":[2,5],"counts":[1,2]}]`, clientele.ErrRange},
		{"counts below 0", `[{"edges":[2,5]}]`, `[{"edges":[2,5],"counts":[1,2,-3]}]`, clientele.ErrRange},
		{"no scale", `"frequency":[{"edges":[2,5]}]`, `"frequency":[]`, clientele.ErrRange},
		{"a scale too many", `"frequency":[{"edges":[2,5]}]`, `"frequency":[{"edges":[2,5]},{"edges":[2,5]}]`, clientele.ErrRange},
		{"plan with a fault", `"levels":[3,3,3]`, `"levels":[3,3,4]`, clientele.ErrMismatch},
		{"unknown zone", `"recency":"rhythm"`, `"recency":"rhythm","zone":"Mars/Olympus"`, clientele.ErrUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			changed := strings.Replace(text, c.from, c.to, 1)
			if changed == text && c.err != nil {
				t.Fatal("nothing was replaced")
			}
			err := json.Unmarshal([]byte(changed), new(rfm.Scales))
			if c.err == nil && err != nil || !errors.Is(err, c.err) || c.err != nil && !errors.Is(err, clientele.ErrConfig) {
				t.Errorf("error is %v, want %v", err, c.err)
			}
		})
	}
}
