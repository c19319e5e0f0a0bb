package rfm_test

import (
	"maps"
	"testing"

	"github.com/clientele-go/clientele/rfm"
)

// cdnow is the public sample of 2,357 customers of a music shop, of whom 1,205
// bought once: the data on which tools disagree.
func cdnow(t *testing.T) *rfm.Base[int64] {
	t.Helper()
	all := referencePurchases(t, "sample_id", "date", "dollars", "data", "cdnow-sample-elog.csv")
	return mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: day(1998, 6, 30)}), all)
}

// cdnowGolden are the golden numbers of tied data.
type cdnowGolden struct {
	Customers int `json:"customers"`
	Edges     struct {
		R []float64 `json:"recency_days"`
		F []float64 `json:"frequency"`
		M []float64 `json:"monetary_cents"`
	} `json:"edges_type7"`
	Right   histogram      `json:"edges_right_closed"`
	Left    histogram      `json:"edges_left_closed"`
	PlusOne histogram      `json:"r_package_rule_edges_plus_1_dollars"`
	Rank    []int          `json:"avg_rank_percentile_frequency_hist_ceil5"`
	Dropped []int          `json:"pandas_qcut_drop_frequency_hist"`
	Grid    map[string]int `json:"rf_grid_10_segments_right_closed"`
	Rows    [][7]int       `json:"first_rows"` // customer, days, orders, cents, levels
}

func TestReferenceTies(t *testing.T) {
	var want cdnowGolden
	referenceGolden(t, "rfm_cdnow_sample", &want)
	b := cdnow(t)
	if b.Len() != want.Customers || want.Customers != 2357 {
		t.Fatalf("%d customers, want %d", b.Len(), want.Customers)
	}
	dollars := make([]float64, 4)
	for i, cents := range want.Edges.M {
		dollars[i] = cents / 100
	}
	for _, c := range []struct {
		cuts   rfm.Cuts
		counts histogram
		edges  bool // plain type 7
	}{
		{rfm.ClosedRight, want.Right, true},
		{rfm.ClosedLeft, want.Left, true},
		{rfm.EdgePlusOne, want.PlusOne, false},
		{rfm.AverageRank, histogram{F: want.Rank}, false},
	} {
		t.Run(c.cuts.String(), func(t *testing.T) {
			rule := quantiles(5, c.cuts)
			s := mustFit(t, b, planOf(rfm.Measure{Monetary: rfm.Total}, rule, rule, rule))
			if len(c.counts.F) != 5 {
				t.Fatal("no golden numbers")
			}
			for m, edges := range [][]float64{want.Edges.R, want.Edges.F, dollars} {
				if !c.edges {
					edges = nil
				}
				checkEdges(t, s, rfm.Metric(m), edges, c.counts.of(rfm.Metric(m)))
			}
		})
	}

	// Two rows of the table have no rule here, by design. ntile (472 472 471 471
	// 471) orders ties by customer id and so spreads equal customers over levels 1
	// to 3; here equal values always share a level. pandas' qcut refuses the
	// edges 1 1 1 2 4 56; told to drop the duplicates it makes three bins, which
	// are the edges 2 and 4, closed right.
	t.Run("qcut without duplicates", func(t *testing.T) {
		s := mustFit(t, b, planOf(rfm.Measure{}, rfm.Quantiles(5), rfm.Edges(2, 4), rfm.Quantiles(5)))
		if len(want.Dropped) != 5 || want.Dropped[3]+want.Dropped[4] != 0 {
			t.Fatalf("golden numbers are %v, want three bins", want.Dropped)
		}
		checkEdges(t, s, rfm.F, []float64{2, 4}, want.Dropped[:3])
	})
}

// The analyst's plan on real data.
func TestReferenceGridPlan(t *testing.T) {
	var want cdnowGolden
	referenceGolden(t, "rfm_cdnow_sample", &want)
	b := cdnow(t)
	s := mustFit(t, b, rfm.GridPlan())
	state := mustGrade(t, b, s)
	segments := map[string]int{}
	for _, p := range state.Report().Segments {
		if p.Customers > 0 {
			segments[p.Name] = p.Customers
		}
	}
	if !maps.Equal(segments, want.Grid) {
		t.Errorf("segments are %v, want %v", segments, want.Grid)
	}
	if len(want.Rows) == 0 {
		t.Fatal("no rows")
	}
	for _, row := range want.Rows {
		m := of(t, b, int64(row[0]))
		v, score := mustValues(t, s, m), mustScore(t, s, m)
		if v.Recency != float64(row[1]) || m.Purchases() != row[2] || !m.Total().Shift(2).Equal(rub(int64(row[3]))) {
			t.Errorf("customer %d has %v, want %v", row[0], v, row)
		}
		if [3]int{score.R, score.F, score.M} != [3]int(row[4:]) {
			t.Errorf("customer %d is on %+v, want %v", row[0], score, row[4:])
		}
	}
	if w := s.Warnings; len(w) != 1 {
		t.Errorf("warnings are %v, want one for the empty level of frequency", w)
	}
}
