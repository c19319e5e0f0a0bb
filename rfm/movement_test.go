package rfm_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

func TestMovesByHand(t *testing.T) {
	scales := cubeScales(t) // R 20-40, F 2-3, M 100-500
	before := baseOf(t, rfm.Config{AsOf: asOf},
		buy(1, 2, 10, "200"), // BNN
		buy(2, 2, 10, "200"), // BNN
		buy(3, 4, 10, "200"), // BBN
		buy(4, 1, 10, "200"), // BWN
		buy(5, 3, 10, "200"), // BNN
	)
	later := rfm.Config{AsOf: asOf.AddDate(0, 0, 40)}
	after := baseOf(t, later,
		buy(1, 2, -30, "200"), // as he was: BNN
		buy(2, 2, 10, "200"),  // silent for 50 days: WNN
		append(buy(3, 4, 10, "200"), buy(3, 1, -38, "1")...),    // stays in his cell, BBN
		append(buy(4, 1, 10, "200"), buy(4, 3, -12, "5000")...), // 28 days ago, F and M best: NBB
		buy(6, 2, -39, "200"), // new: BNN
	)
	m := mustCompare(t, mustGrade(t, before, scales), mustGrade(t, after, scales))
	var got strings.Builder
	for move := range m.Moves() {
		fmt.Fprintf(&got, "%d %s>%s %v (%v) crossed %v %v>%v\n", move.Customer, move.From.Code, move.To.Code,
			move.Direction, move.Cause, move.Crossed(), move.Was, move.Is)
	}
	const want = `2 BNN>WNN fallen (recency) crossed true {10 2 200}>{50 2 200}
4 BWN>NBB grown (recency+frequency+monetary) crossed true {10 1 200}>{28 4 3800}
6 >BNN entered (recency+frequency+monetary) crossed true {0 0 0}>{1 2 200}
5 BNN> left (recency+frequency+monetary) crossed true {10 3 200}>{0 0 0}
`
	if got.String() != want {
		t.Errorf("moves are\n%swant\n%s", got.String(), want)
	}
	if fmt.Sprint(m.Segments) != "[Best Normal Occasional Sleeping Worst ]" {
		t.Errorf("segments are %q", m.Segments)
	}
	if matrix := fmt.Sprint(m.Matrix); matrix != "[[0 0 0 0 0 0] [0 2 0 1 0 1] [1 0 0 0 0 0] [0 0 0 0 0 0] [0 0 0 0 0 0] [0 1 0 0 0 0]]" {
		t.Errorf("matrix is %v", matrix)
	}
	for d, n := range map[rfm.Direction]int{rfm.Stayed: 2, rfm.Fallen: 1, rfm.Grown: 1, rfm.Entered: 1, rfm.Left: 1} {
		if m.Count[d] != n {
			t.Errorf("%d have %v, want %d", m.Count[d], d, n)
		}
	}
	for range m.Moves() { // stops when told
		break
	}
}

// A cell of the same sum is neither up nor down.
func TestShifted(t *testing.T) {
	scales := cubeScales(t)
	before := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 2, 10, "600"))                      // BNB
	after := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 2, 10, "600"), buy(1, 2, 12, "150")) // BBN
	m := mustCompare(t, mustGrade(t, before, scales), mustGrade(t, after, scales))
	for move := range m.Moves() {
		if move.Direction != rfm.Shifted || move.From.Code != "BNB" || move.To.Code != "BBN" || move.Cause.String() != "frequency+monetary" {
			t.Errorf("move is %+v", move)
		}
	}
	if m.Count[rfm.Shifted] != 1 {
		t.Errorf("counts are %v", m.Count)
	}
}

// States can be compared when their scales grade alike, wherever they come from.
func TestCompareScales(t *testing.T) {
	cube := rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 3), rfm.Bounds(100, 500))
	january := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 2, 10, "200"), buy(2, 1, 10, "200"))
	february := baseOf(t, rfm.Config{AsOf: asOf.AddDate(0, 0, 28)}, buy(1, 2, 10, "200"), buy(2, 1, 10, "200"))
	march := baseOf(t, rfm.Config{AsOf: asOf.AddDate(0, 2, 0)}, buy(1, 3, 10, "200"), buy(3, 5, 10, "700"), buy(4, 9, 1, "9"))
	read := new(rfm.Scales)
	if err := json.Unmarshal([]byte(toJSON(t, mustFit(t, january, rfm.GridPlan()))), read); err != nil {
		t.Fatal(err)
	}
	other := cube
	other.Recency = rfm.Bounds(20, 41)
	for _, c := range []struct {
		name     string
		from, to *rfm.Scales
		field    string // that differs; "" where nothing does
	}{
		{"the same", cubeScales(t), cubeScales(t), ""},
		{"read from JSON", mustFit(t, january, rfm.GridPlan()), read, ""},
		{"other bounds", cubeScales(t), mustFreeze(t, other), "Scales.Recency.Edges"},
		{"quantiles of two bases", mustFit(t, january, rfm.GridPlan()), mustFit(t, march, rfm.GridPlan()), "Scales.Recency.Edges"},
		{"quantiles that differ in recency alone", mustFit(t, january, rfm.GridPlan()), mustFit(t, february, rfm.GridPlan()), "Scales.Recency.Edges"},
		{"bounds frozen and fitted", cubeScales(t), mustFit(t, january, cube), ""},
		{"bounds fitted on two bases", mustFit(t, january, cube), mustFit(t, march, cube), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, err := rfm.Compare(mustGrade(t, january, c.from), mustGrade(t, march, c.to))
			if c.field == "" {
				if err != nil || m.Count[rfm.Entered] != 2 || m.Count[rfm.Left] != 1 {
					t.Errorf("movement is %+v, %v", m, err)
				}
				return
			}
			checkInput(t, err, "rfm.Compare", -1, c.field, clientele.ErrMismatch)
		})
	}
}

// A map with a rest has it as a row and a column.
func TestMovementWithRest(t *testing.T) {
	plan := cubeScales(t).Plan()
	plan.Map.Segments = plan.Map.Segments[:1]
	plan.Map.Rest = "Others"
	scales := mustFreeze(t, plan)
	before := mustGrade(t, baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 2, 10, "200")), scales)
	after := mustGrade(t, baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 4, 10, "600")), scales)
	m := mustCompare(t, before, after)
	if fmt.Sprint(m.Segments, m.Matrix) != "[Best Others ] [[0 0 0] [1 0 0] [0 0 0]]" {
		t.Errorf("segments %q, matrix %v", m.Segments, m.Matrix)
	}
	r := before.Report()
	if last := r.Segments[len(r.Segments)-1]; len(r.Segments) != 2 || last.Name != "Others" || last.Customers != 1 || last.Standing != rfm.NoStanding {
		t.Errorf("segments are %s", toJSON(t, r.Segments))
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
