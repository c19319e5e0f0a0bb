package rfm_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// What is missing is an error, not a panic.
func TestMissingArguments(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 10, "5"))
	var refused *rfm.Base[int64]
	_, gradeNil := rfm.Grade(b, nil)
	_, gradeZero := rfm.Grade(b, new(rfm.Scales))
	_, gradeNobody := rfm.Grade(refused, cubeScales(t))
	_, fallingNil := rfm.Falling(b, nil, asOf)
	_, degradingNil := rfm.Degrading(b, nil)
	_, compareNil := rfm.Compare[int64](nil, nil)
	for name, err := range map[string]error{
		"Grade without scales": gradeNil, "Grade by zero scales": gradeZero, "Grade of nothing": gradeNobody,
		"Falling": fallingNil, "Degrading": degradingNil, "Compare": compareNil,
		"AddHistory": b.AddHistory(1, nil), "AddHistory of zero": b.AddHistory(1, new(rfm.History)),
		"Merge": b.Merge(nil), "History.Merge": mustHistory(t, rfm.Config{AsOf: asOf}).Merge(nil),
		"Feed":     clientele.Feed(clientele.All([]clientele.Purchase[int64]{}), refused),
		"AddSlots": new(rfm.Base[int64]).AddSlots(nil, nil),
	} {
		if !errors.Is(err, clientele.ErrMissing) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	if (rfm.Values{Recency: 1}).Value(9) != 0 || (rfm.Score{R: 1}).Level(9) != 0 || cubeScales(t).Spans(9) != nil {
		t.Error("a metric that does not exist has a value")
	}
}

// What cannot be answered is refused rather than left empty.
func TestMismatchedQuestions(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 10, "5"))
	rule := rfm.Bounds(1, 9)
	_, total := rfm.Degrading(b, mustFreeze(t, planOf(rfm.Measure{Monetary: rfm.Total}, rule, rule, rule)))
	_, median := rfm.Falling(b, mustFreeze(t, planOf(rfm.Measure{Monetary: rfm.Median}, rule, rule, rule)), asOf)
	for name, err := range map[string]error{"Degrading of totals": total, "Falling by medians": median} {
		if !errors.Is(err, clientele.ErrMismatch) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
}

// Scales that grade alike can be compared, whatever they were made of.
func TestScalesThatGradeAlikeCompare(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 10, "5"), buy(2, 3, 50, "7"))
	plan := planOf(rfm.Measure{}, rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1, 9))
	weighted, nested := plan, plan
	weighted.Weights = rfm.Weights{R: 1, F: 1, M: 1}
	nested.Nested = true
	for name, pair := range map[string][2]*rfm.Scales{
		"weights spelt out":       {mustFreeze(t, plan), mustFreeze(t, weighted)},
		"nested bounds, fitted":   {mustFit(t, b, nested), mustFreeze(t, nested)},
		"fitted on the same base": {mustFit(t, b, plan), mustFit(t, b, plan)},
	} {
		if _, err := rfm.Compare(mustGrade(t, b, pair[0]), mustGrade(t, b, pair[1])); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The fault of a name says in which field it stands.
func TestUnknownNamesNameTheirField(t *testing.T) {
	var p rfm.Plan
	for data, field := range map[string]string{
		`{"measure":{"recency":"rythm"}}`:                        "measure.recency",
		`{"measure":{"monetary":"rythm"}}`:                       "measure.monetary",
		`{"frequency":{"rule":"rythm"}}`:                         "frequency.rule",
		`{"frequency":{"rule":"edges","cuts":"rythm"}}`:          "frequency.cuts",
		`{"map":{"segments":[{"name":"a","standing":"rythm"}]}}`: "map.segments[0].standing",
	} {
		err := json.Unmarshal([]byte(data), &p)
		in, ok := errors.AsType[*clientele.InputError](err)
		if !ok || in.Field != field || in.Value != "rythm" || !errors.Is(err, clientele.ErrUnknown) || !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%s: error is %v, want field %s", data, err, field)
		}
	}
}

func TestStoredPiecesAreStrict(t *testing.T) {
	for name, err := range map[string]error{
		"measure":    json.Unmarshal([]byte(`{"recency":"rhythm","day":"whole"}`), new(rfm.Measure)),
		"rule":       json.Unmarshal([]byte(`{"rule":"edges","edge":[1]}`), new(rfm.Rule)),
		"thresholds": json.Unmarshal([]byte(`{"idle":0.1}`), new(rfm.DiagnoseConfig)),
		"metrics":    json.Unmarshal([]byte(`{"purchases":1}`), new(rfm.Metrics)),
	} {
		if !errors.Is(err, clientele.ErrEncoding) {
			t.Errorf("%s: error is %v", name, err)
		}
	}
	c := rfm.Config{Workers: 4}
	if err := json.Unmarshal([]byte(`{"asOf":"2025-01-01T00:00:00Z"}`), &c); err != nil || c.Workers != 4 {
		t.Errorf("config is %+v, %v; workers are not stored and must stay", c, err)
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

// Words keep a value on its side of the edges.
func TestExplanationsDoNotContradictThemselves(t *testing.T) {
	scales := mustFreeze(t, planOf(rfm.Measure{}, rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1000, 5000)))
	m := history(t, rfm.Config{AsOf: asOf}, ago(40*hours24+60e9, "5000.001"))
	want := `recency (since last) 40.001 is level 1 of 3: over 40
frequency (purchases) 1 is level 1 of 3: under 2
monetary (average receipt) 5000.001 is level 3 of 3: over 5000
cell WWB is all on the map "any"`
	if got := mustExplain(t, scales, m).String(); got != want {
		t.Errorf("explanation is\n%s\nwant\n%s", got, want)
	}
	tiny := mustFreeze(t, planOf(rfm.Measure{}, rfm.Bounds(0.001, 0.004), rfm.Bounds(2, 2), rfm.Bounds(-1, 1e300)))
	for metric, want := range map[rfm.Metric][3]string{
		rfm.R: {"over 0.004", "from 0.001 to 0.004", "under 0.001"}, rfm.F: {"under 2", "2", "over 2"},
	} {
		if got := [3]string(tiny.Spans(metric)); got != want {
			t.Errorf("spans of %v are %q, want %q", metric, got, want)
		}
	}
	fitted := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 1, 10, "1.0001"), buy(2, 1, 10, "1.0002"), buy(3, 1, 10, "1.0004"))
	spans := mustFit(t, fitted, planOf(rfm.Measure{}, rfm.Quantiles(3), rfm.Quantiles(3), rfm.Quantiles(3))).Spans(rfm.M)
	if spans[0] == spans[1] || spans[1] == "none" || spans[1] == spans[2] {
		t.Errorf("spans of money are %q", spans)
	}
}

// A customer never seen has no moment, so silence changes nothing.
func TestSilenceOfTheZeroMetrics(t *testing.T) {
	m, err := rfm.Metrics{}.Silent(day(1960, 1, 1))
	if err != nil || !m.AsOf().IsZero() {
		t.Fatal(m.AsOf(), err)
	}
	m, err = m.After(day(1950, 1, 1), rub(5))
	if err != nil || !m.AsOf().Equal(day(1950, 1, 1)) || m.Purchases() != 1 {
		t.Errorf("metrics are of %v, %v", m.AsOf(), err)
	}
}

// Money that no purchases can have brought is refused.
func TestHistoryRefusesImpossibleMoney(t *testing.T) {
	first, last := asOf.Add(-48*hour), asOf.Add(-24*hour)
	windowed := formConfig{asOf: asOf, window: 30, recent: 2}
	long := asOf.AddDate(-1, 0, 0)
	for name, f := range map[string]form{
		"more than all purchases": form(historyHead).config(usual).life(2, first, last).money(13, 0).bought(0, 5).bought(24*hour, 7),
		"money in an empty window": form(historyHead).config(windowed).life(1, long, long).money(5, 0).
			uint(0).money(7, 0).bought(0, 5),
		"later than can be added up": form(historyHead).config(formConfig{asOf: asOf, recent: 2, later: math.MaxInt64}).uint(0).money(0, 0),
	} {
		if checkDecode(t, mustHistory(t, rfm.Config{AsOf: asOf}), f) {
			t.Errorf("%s: the form is accepted", name)
		}
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
