package rfm_test

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

func TestScoreValuesFaults(t *testing.T) {
	rule := rfm.Bounds(1, 2)
	scales := mustFreeze(t, planOf(rfm.Measure{}, rule, rule, rule))
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name  string
		v     rfm.Values
		field string
		err   error
	}{
		{"recency NaN", rfm.Values{Recency: nan}, "Recency", clientele.ErrNotFinite},
		{"recency infinite", rfm.Values{Recency: inf}, "Recency", clientele.ErrNotFinite},
		{"recency below 0", rfm.Values{Recency: -1e-9}, "Recency", clientele.ErrNegative},
		{"frequency NaN", rfm.Values{Frequency: nan}, "Frequency", clientele.ErrNotFinite},
		{"frequency below 0", rfm.Values{Frequency: -1}, "Frequency", clientele.ErrNegative},
		{"monetary NaN", rfm.Values{Monetary: nan}, "Monetary", clientele.ErrNotFinite},
		{"monetary infinite", rfm.Values{Monetary: -inf}, "Monetary", clientele.ErrNotFinite},
	} {
		t.Run(c.name, func(t *testing.T) {
			score, err := scales.ScoreValues(c.v)
			checkInput(t, err, "rfm.Scales.ScoreValues", -1, c.field, c.err)
			if score != (rfm.Score{}) {
				t.Errorf("score is %+v", score)
			}
		})
	}
	if _, err := scales.ScoreValues(rfm.Values{Monetary: -5}); err != nil {
		t.Errorf("money below 0 is refused: %v", err)
	}
}

// Grading after one more purchase allocates nothing, as the doc of Score says.
func TestOneMorePurchaseAllocatesNothing(t *testing.T) {
	m := history(t, rfm.Config{AsOf: asOf}, ago(50*hours24, "10"), ago(25*hours24, "15.005"))
	scales, amount := cubeScales(t), rub(1290)
	if n := testing.AllocsPerRun(100, func() {
		after, err := m.After(asOf, amount)
		if err != nil {
			t.Fatal(err)
		}
		if score, err := scales.Score(after); err != nil || score.Code == "" {
			t.Fatal("not graded", err)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
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
	scales := nestedScales(t)
	for _, c := range []struct {
		m     rfm.Metric
		r, f  int
		field string
	}{{rfm.F, 0, 1, "recency"}, {rfm.F, 4, 1, "recency"}, {rfm.M, 1, 0, "frequency"}, {rfm.M, 1, 4, "frequency"}, {3, 1, 1, "metric"}} {
		_, err := scales.Scale(c.m, c.r, c.f)
		checkInput(t, err, "rfm.Scales.Scale", -1, c.field, clientele.ErrRange)
	}
}

// nestedScales differ from level to level.
func nestedScales(t tester) *rfm.Scales {
	t.Helper()
	by := rfm.Quantiles(3)
	plan := planOf(rfm.Measure{}, by, by, by)
	plan.Nested = true
	return mustFit(t, baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 10, "5"), buy(2, 2, 20, "9")), plan)
}

// Levels are not asked for where they do not matter.
func TestScaleWhereLevelsDoNotMatter(t *testing.T) {
	plain, nested := cubeScales(t), nestedScales(t)
	for name, ask := range map[string]func() (rfm.Scale, error){
		"recency":           func() (rfm.Scale, error) { return plain.Scale(rfm.R, 0, 0) },
		"frequency":         func() (rfm.Scale, error) { return plain.Scale(rfm.F, 0, 0) },
		"monetary":          func() (rfm.Scale, error) { return plain.Scale(rfm.M, 0, 0) },
		"recency, nested":   func() (rfm.Scale, error) { return nested.Scale(rfm.R, 0, 0) },
		"frequency, nested": func() (rfm.Scale, error) { return nested.Scale(rfm.F, 1, 0) },
	} {
		if scale, err := ask(); err != nil || len(scale.Edges) != 2 {
			t.Errorf("%s: %v, %v", name, scale, err)
		}
	}
}
