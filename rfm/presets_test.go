package rfm_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// Invariant: the library's maps give every cell exactly one name, and every name
// a cell.
func TestBuiltInMapsArePartitions(t *testing.T) {
	for _, c := range []struct {
		grid  rfm.Map
		cells map[string]int
	}{
		{rfm.Cube(), map[string]int{"Best": 2, "Normal": 10, "Occasional": 6, "Sleeping": 4, "Worst": 5}},
		{rfm.Grid(), map[string]int{
			"Champions": 10, "Loyal Customers": 20, "Potential Loyalists": 20, "New Customers": 5, "Promising": 5,
			"Need Attention": 5, "About To Sleep": 10, "Can't Lose Them": 10, "At Risk": 20, "Hibernating": 20,
		}},
		{rfm.Eleven(), map[string]int{
			"Champions": 3, "Loyal Customers": 7 + 10 + 10, "Potential Loyalist": 14 + 14, "Recent Customers": 1, "Promising": 1,
			"Need Attention": 9, "About To Sleep": 6, "At Risk": 19 + 16, "Can't Lose Them": 3, "Hibernating": 5, "Lost": 1 + 6,
		}},
	} {
		t.Run(c.grid.Name, func(t *testing.T) {
			if err := c.grid.Validate(); err != nil {
				t.Fatal(err)
			}
			scales := onGrid(t, c.grid)
			cells, codes := map[string]int{}, map[string]bool{}
			for r := 1; r <= c.grid.Levels[0]; r++ {
				for f := 1; f <= c.grid.Levels[1]; f++ {
					for m := 1; m <= c.grid.Levels[2]; m++ {
						score := cellOf(t, scales, r, f, m)
						cells[score.Segment]++
						codes[score.Code] = true
						if n := claimants(c.grid, r, f, m); len(n) != 1 || n[0] != score.Segment {
							t.Errorf("cell %s is %s, claimed by %v", score.Code, score.Segment, n)
						}
					}
				}
			}
			if !maps.Equal(cells, c.cells) {
				t.Errorf("cells are %v, want %v", cells, c.cells)
			}
			if n := c.grid.Levels; len(codes) != n[0]*n[1]*n[2] {
				t.Errorf("%d codes, want %d", len(codes), n[0]*n[1]*n[2])
			}
		})
	}
}

// The words of the eleven-name map's table, cell by cell: rows R 5 to 1, columns
// twice the mean of F and M from 2 to 10.
func TestElevenIsTheTable(t *testing.T) {
	scales := onGrid(t, rfm.Eleven())
	for i, row := range []string{
		"Recent Potential Potential Potential Potential Loyal Loyal Champions Champions",
		"Promising Potential Potential Potential Potential Loyal Loyal Loyal Loyal",
		"About About About Need Need Loyal Loyal Loyal Loyal",
		"Lost Hibernating Hibernating At At At At At At",
		"Lost Lost Lost At At At At Can't Can't",
	} {
		for j, word := range strings.Fields(row) {
			for f := 1; f <= 5; f++ {
				m := j + 2 - f
				if m < 1 || m > 5 {
					continue
				}
				if score := cellOf(t, scales, 5-i, f, m); !strings.HasPrefix(score.Segment, word) {
					t.Errorf("cell %s is %s, want %s", score.Code, score.Segment, word)
				}
			}
		}
	}
}

// Every standing that Diagnose needs is in the library's maps.
func TestCubeByWords(t *testing.T) {
	scales := onGrid(t, rfm.Cube())
	for code, want := range map[string]string{
		"WWW": "Worst", "WWB": "Worst", "WBW": "Worst", "WNN": "Sleeping", "WBB": "Sleeping", "NWW": "Occasional", "BWB": "Occasional",
		"NNN": "Normal", "BNB": "Normal", "BBN": "Normal", "NBW": "Normal", "NBB": "Best", "BBB": "Best",
	} {
		level := func(i int) int { return strings.IndexByte("WNB", code[i]) + 1 }
		if score := cellOf(t, scales, level(0), level(1), level(2)); score.Code != code || score.Segment != want {
			t.Errorf("cell %s is %s %s, want %s", code, score.Code, score.Segment, want)
		}
	}
}

// A plan names its ready map, and reads it by name; scales have it in full, so that they
// stay as they were frozen.
func TestReadyMapsByName(t *testing.T) {
	mine := rfm.GridPlan()
	mine.Map.Segments[0].Name = "Stars"
	for _, c := range []struct {
		plan rfm.Plan
		want string
	}{
		{rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 5), rfm.Bounds(1, 9)), `"map":"cube"`},
		{rfm.GridPlan(), `"map":"grid"`},
		{rfm.ElevenPlan(), `"map":"eleven"`},
		{mine, `"map":{"name":"grid",`},
	} {
		text := toJSON(t, c.plan)
		var read rfm.Plan
		if err := json.Unmarshal([]byte(text), &read); err != nil || !strings.Contains(text, c.want) || !reflect.DeepEqual(read, c.plan) {
			t.Errorf("%s (%v), want %s; reads as %+v", text, err, c.want, read)
		}
		b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 2, 10, "5"))
		scales := mustFit(t, b, c.plan)
		text = toJSON(t, scales)
		again := new(rfm.Scales)
		if err := json.Unmarshal([]byte(text), again); err != nil || strings.Contains(text, `"map":"`) || toJSON(t, again) != text {
			t.Errorf("scales are %s (%v)", text, err)
		}
	}
	nested := rfm.ElevenPlan()
	nested.Nested, nested.Weights = true, rfm.Weights{R: 2}
	var read rfm.Plan
	if err := json.Unmarshal([]byte(toJSON(t, nested)), &read); err != nil || !reflect.DeepEqual(read, nested) {
		t.Errorf("reads as %+v, %v", read, err)
	}
}

// A map that no name calls is refused and changes nothing.
func TestUnknownMapName(t *testing.T) {
	m := rfm.Cube()
	err := m.UnmarshalJSON([]byte(`"sphere"`))
	checkInput(t, err, "rfm.Map.UnmarshalJSON", -1, "", clientele.ErrUnknown)
	checkInput(t, err, "rfm.Map.UnmarshalJSON", -1, "", clientele.ErrEncoding)
	plan := rfm.GridPlan()
	checkInput(t, plan.UnmarshalJSON([]byte(`{"map":"sphere"}`)), "rfm.Plan.UnmarshalJSON", -1, "map", clientele.ErrUnknown)
	if m.Name != "cube" || plan.Map.Name != "grid" {
		t.Error("a failed decode has changed its receiver")
	}
}
