package rfm_test

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/rfm"
)

// publishedMap is a table of a published map, names with ranges.
type publishedMap [][]json.RawMessage

// on makes a map of the rows, each read by box.
func (p publishedMap) on(t *testing.T, name string, box func(bounds []int) rfm.Box) rfm.Map {
	t.Helper()
	m := rfm.Map{Name: name, Levels: [3]int{5, 5, 5}}
	for _, row := range p {
		bounds := make([]int, len(row)-1)
		for i := range bounds {
			bounds[i] = int(number(t, row[i+1]))
		}
		m.Segments = append(m.Segments, rfm.Segment{Name: text(t, row[0]), Where: []rfm.Box{box(bounds)}})
	}
	return m
}

// byRFM reads ranges of all three metrics.
func byRFM(b []int) rfm.Box {
	return rfm.Box{R: rfm.Range{b[0], b[1]}, F: rfm.Range{b[2], b[3]}, M: rfm.Range{b[4], b[5]}}
}

// byMean reads ranges of recency and of the mean of F and M. The table's scale
// begins at 0, where no level is.
func byMean(b []int) rfm.Box {
	return rfm.Box{R: rfm.Range{max(b[0], 1), b[1]}, FM: rfm.Range{max(2*b[2], 2), 2 * b[3]}}
}

// olderMap is the map in the documentation of the R package rfm before 0.3.0.
func olderMap() rfm.Map {
	m := rfm.Map{Name: "rfm 0.2", Levels: [3]int{5, 5, 5}}
	for _, s := range []struct {
		name   string
		bounds [6]int
	}{
		{"Champions", [6]int{4, 5, 4, 5, 4, 5}},
		{"Loyal Customers", [6]int{2, 5, 3, 5, 3, 5}},
		{"Potential Loyalist", [6]int{3, 5, 1, 3, 1, 3}},
		{"New Customers", [6]int{4, 5, 1, 1, 1, 1}},
		{"Promising", [6]int{3, 4, 1, 1, 1, 1}},
		{"Need Attention", [6]int{2, 3, 2, 3, 2, 3}},
		{"About To Sleep", [6]int{2, 3, 1, 2, 1, 2}},
		{"At Risk", [6]int{1, 2, 2, 5, 2, 5}},
		{"Can't Lose Them", [6]int{1, 1, 4, 5, 4, 5}},
		{"Lost", [6]int{1, 2, 1, 2, 1, 2}},
	} {
		m.Segments = append(m.Segments, rfm.Segment{Name: s.name, Where: []rfm.Box{byRFM(s.bounds[:])}})
	}
	return m
}

// mapGolden are the golden numbers of the four published maps.
type mapGolden struct {
	Maps struct {
		Newer struct {
			Rules       publishedMap   `json:"rules"`
			Unassigned  int            `json:"unassigned_of_125"`
			Overlapping int            `json:"overlapping_of_125"`
			Cells       map[string]int `json:"first_match_cells"`
		} `json:"rfm030_docs"`
		Older struct {
			Unassigned  int      `json:"unassigned_of_125"`
			Overlapping int      `json:"overlapping_of_125"`
			Unreachable []string `json:"unreachable"`
		} `json:"rfm02_docs"`
		Eleven struct {
			Rules       publishedMap `json:"rules_R_lo_hi_FM_lo_hi"`
			Unassigned  int          `json:"unassigned_of_125"`
			Overlapping int          `json:"overlapping_of_125"`
			Unreachable []string     `json:"unreachable_first_match"`
		} `json:"eleven_segments_R_by_mean_FM"`
		Grid struct {
			Unassigned  int `json:"unassigned_of_25"`
			Overlapping int `json:"overlapping_of_25"`
		} `json:"rf_grid_10"`
	} `json:"segment_maps"`
	Orders struct {
		Newer map[string][3]int64 `json:"segments_rfm030"` // customers, orders, revenue
		Older map[string]int      `json:"segments_rfm02_map"`
		Grid  map[string]int      `json:"segments_rf_grid"`
	} `json:"orders_5_bins"`
}

// mapError returns what is wrong with a map; an empty one if nothing is.
func mapError(t *testing.T, m rfm.Map) *rfm.MapError {
	t.Helper()
	err := m.Validate()
	if err == nil {
		return new(rfm.MapError)
	}
	e, ok := errors.AsType[*rfm.MapError](err)
	if !ok {
		t.Fatalf("error is %v, want a MapError", err)
	}
	return e
}

// The quality of four published maps over the 125 cells.
func TestReferenceMapQuality(t *testing.T) {
	var want mapGolden
	referenceGolden(t, "rfm", &want)
	for _, c := range []struct {
		name              string
		grid              rfm.Map
		gaps, overlapping int
		unreachable       []string
	}{
		{"R package 0.3.0", want.Maps.Newer.Rules.on(t, "rfm 0.3", byRFM), want.Maps.Newer.Unassigned, want.Maps.Newer.Overlapping, nil},
		{"R package 0.2", olderMap(), want.Maps.Older.Unassigned, want.Maps.Older.Overlapping, want.Maps.Older.Unreachable},
		{"eleven names, as published", want.Maps.Eleven.Rules.on(t, "published", byMean), want.Maps.Eleven.Unassigned, want.Maps.Eleven.Overlapping, want.Maps.Eleven.Unreachable},
		{"grid of ten names", rfm.Grid(), want.Maps.Grid.Unassigned, want.Maps.Grid.Overlapping, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if n := len(c.grid.Segments); n != 10 && n != 11 {
				t.Fatalf("%d segments", n)
			}
			e := mapError(t, c.grid)
			if len(e.Gaps) != c.gaps || len(e.Overlaps) != c.overlapping || !slices.Equal(e.Unreachable, c.unreachable) {
				t.Errorf("%d gaps, %d overlaps, unreachable %q; want %d, %d, %q",
					len(e.Gaps), len(e.Overlaps), e.Unreachable, c.gaps, c.overlapping, c.unreachable)
			}
		})
	}
}

// gradeOrders grades the R package's example on a map.
func gradeOrders(t *testing.T, grid rfm.Map) *rfm.State[int64] {
	t.Helper()
	b := rfmOrders(t)
	return mustGrade(t, b, mustFit(t, b, rPackage(5, grid)))
}

func TestReferenceNewerMap(t *testing.T) {
	var want mapGolden
	referenceGolden(t, "rfm", &want)
	grid := want.Maps.Newer.Rules.on(t, "rfm 0.3", byRFM)
	grid.FirstMatch, grid.Rest = true, "Others"
	state := gradeOrders(t, grid)
	r := state.Report()
	cells := map[string]int{}
	for _, p := range r.Cells {
		cells[p.Name]++
	}
	if cells["Others"] != want.Maps.Newer.Unassigned {
		t.Errorf("%d cells are others, want %d", cells["Others"], want.Maps.Newer.Unassigned)
	}
	delete(cells, "Others")
	if !maps.Equal(cells, want.Maps.Newer.Cells) {
		t.Errorf("cells are %v, want %v", cells, want.Maps.Newer.Cells)
	}
	for _, p := range r.Segments {
		w := want.Orders.Newer[p.Name] // none are others
		if p.Customers != int(w[0]) || p.Purchases != int(w[1]) || !p.Revenue.Equal(rub(w[2])) {
			t.Errorf("%s has %d customers, %d orders and %v, want %v", p.Name, p.Customers, p.Purchases, p.Revenue, w)
		}
	}
	for _, row := range referenceCSV(t, "data", "rfm-orders", "expected-scores.csv") {
		if got := stands(state, int64(whole(t, row["customer_id"]))).Segment; got != row["segment_rfm030"] {
			t.Errorf("customer %s is %s, want %s", row["customer_id"], got, row["segment_rfm030"])
		}
	}
}

func TestReferenceOlderMap(t *testing.T) {
	var want mapGolden
	referenceGolden(t, "rfm", &want)
	grid := olderMap()
	grid.FirstMatch, grid.Rest = true, "Others"
	unreachable := want.Maps.Older.Unreachable
	if e := mapError(t, grid); len(e.Gaps)+len(e.Overlaps) > 0 || !slices.Equal(e.Unreachable, unreachable) {
		t.Errorf("with first match and rest the fault is %v, want the names that no cell has: %q", e, unreachable)
	}
	if _, err := rfm.Fit(rfmOrders(t), rPackage(5, grid)); err == nil {
		t.Error("a plan with this map has been fitted")
	}
	grid.Segments = slices.DeleteFunc(grid.Segments, func(s rfm.Segment) bool { return slices.Contains(unreachable, s.Name) })
	for _, p := range gradeOrders(t, grid).Report().Segments {
		if w, ok := want.Orders.Older[p.Name]; !ok || p.Customers != w {
			t.Errorf("%s has %d customers, want %d", p.Name, p.Customers, w)
		}
	}
}

func TestReferenceGrid(t *testing.T) {
	var want mapGolden
	referenceGolden(t, "rfm", &want)
	state := gradeOrders(t, rfm.Grid())
	segments := map[string]int{}
	for _, p := range state.Report().Segments {
		segments[p.Name] = p.Customers
	}
	if !maps.Equal(segments, want.Orders.Grid) {
		t.Errorf("segments are %v, want %v", segments, want.Orders.Grid)
	}
	for _, row := range referenceCSV(t, "data", "rfm-orders", "expected-scores.csv") {
		if got := stands(state, int64(whole(t, row["customer_id"]))).Segment; got != row["segment_rf_grid"] {
			t.Errorf("customer %s is %s, want %s", row["customer_id"], got, row["segment_rf_grid"])
		}
	}
}
