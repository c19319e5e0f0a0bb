package cohort_test

import (
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/shopspring/decimal"
)

// monthly are the golden rows of a monthly triangle.
type monthly map[string]struct {
	Size       int
	Active     []int
	OnOrAfter  []int `json:"on_or_after"`
	Purchases  []int
	Orders     []int
	Revenue    []decimal.Decimal
	Cents      []int64   `json:"revenue_cents"`
	Cumulative []float64 `json:"cum_revenue_per_customer"`
	End        float64   `json:"cumulative_revenue_per_customer_end"`
}

// The synthetic shop in two zones: the last month is not complete, and shown so.
func TestSyntheticTriangle(t *testing.T) {
	a := syntheticActivity(t)
	asOf := time.Date(2025, 12, 28, 23, 59, 59, 0, time.UTC)
	for key, zone := range map[string]string{"monthly_UTC": "", "monthly_Europe/Moscow": "Europe/Moscow"} {
		var want monthly
		synthetic(t, key, &want)
		cfg := cohort.TriangleConfig{AsOf: asOf, Calendar: clientele.Calendar{Unit: clientele.Month, Zone: zone}}
		exact := triangleOf(t, a, cfg)
		cfg.Retention = cohort.OnOrAfter
		later := triangleOf(t, a, cfg)
		if len(exact.Rows) != len(want) {
			t.Fatalf("%s: %d rows, want %d", key, len(exact.Rows), len(want))
		}
		for i, row := range exact.Rows {
			golden := want[row.Label]
			if row.Size != golden.Size || !slices.Equal(cellsOf(row, activeOf), golden.Active) {
				t.Errorf("%s %s: %d customers, active %v, want %+v", key, row.Label, row.Size, cellsOf(row, activeOf), golden)
			}
			if got := cellsOf(later.Rows[i], activeOf); !slices.Equal(got, golden.OnOrAfter) {
				t.Errorf("%s %s: on or after %v, want %v", key, row.Label, got, golden.OnOrAfter)
			}
			if got := cellsOf(row, func(c cohort.Cell) int { return c.Purchases }); !slices.Equal(got, golden.Purchases) {
				t.Errorf("%s %s: purchases %v, want %v", key, row.Label, got, golden.Purchases)
			}
			if got := cellsOf(row, func(c cohort.Cell) decimal.Decimal { return c.Revenue }); !slices.EqualFunc(got, golden.Revenue, decimal.Decimal.Equal) {
				t.Errorf("%s %s: revenue %v, want %v", key, row.Label, got, golden.Revenue)
			}
			if end := row.Revenue.InexactFloat64() / float64(row.Size); !verify.IsNear(end, golden.End, 1e-12) {
				t.Errorf("%s %s: %v a customer, want %v", key, row.Label, end, golden.End)
			}
			for k, cell := range row.Cells {
				last := k == len(row.Cells)-1
				if cell.Complete == last || (cell.Eligible == 0) != last || (cell.Rate.Level == 0) != last {
					t.Errorf("%s %s column %d: %+v", key, row.Label, k, cell)
				}
			}
		}
	}
}

// The CDNOW sample by month: all months are complete.
func TestPublishedMonthlyTriangle(t *testing.T) {
	var want struct{ Monthly monthly }
	testdata.Golden(t, "rfm-cohort-nps.json", "cohort_cdnow_sample", &want)
	a := activityOf(t, cdnowOrders(t))
	cfg := cohort.TriangleConfig{AsOf: cdnowEnd, Calendar: clientele.Calendar{Unit: clientele.Month}}
	exact := triangleOf(t, a, cfg)
	cfg.Retention = cohort.OnOrAfter
	later := triangleOf(t, a, cfg)
	if len(exact.Rows) != len(want.Monthly) {
		t.Fatalf("%d rows", len(exact.Rows))
	}
	total := exact.OutsideRevenue
	for i, row := range exact.Rows {
		golden := want.Monthly[row.Label]
		if row.Size != golden.Size || !slices.Equal(cellsOf(row, activeOf), golden.Active) {
			t.Errorf("%s: %d customers, active %v", row.Label, row.Size, cellsOf(row, activeOf))
		}
		if got := cellsOf(later.Rows[i], activeOf); !slices.Equal(got, golden.OnOrAfter) {
			t.Errorf("%s: on or after %v", row.Label, got)
		}
		for k, cell := range row.Cells {
			if cell.Purchases != golden.Orders[k] || !cell.Revenue.Equal(decimal.New(golden.Cents[k], -2)) || !cell.Complete {
				t.Errorf("%s column %d: %+v", row.Label, k, cell)
			}
			if diff := cell.LTV - golden.Cumulative[k]; diff > 5e-7 || diff < -5e-7 { // the golden value has six places
				t.Errorf("%s column %d: LTV %v, want %v", row.Label, k, cell.LTV, golden.Cumulative[k])
			}
		}
		total = total.Add(row.Revenue)
	}
	if !total.Equal(money("244091.94")) {
		t.Errorf("total %v", total)
	}
}

// Rolling windows of 30 days from each customer's own first order are not calendar
// months, and only fully observed ones count.
func TestPublishedRollingTriangle(t *testing.T) {
	var want struct {
		Rolling map[string][][2]int `json:"rolling30"`
	}
	testdata.Golden(t, "rfm-cohort-nps.json", "cohort_cdnow_sample", &want)
	tri := triangleOf(t, activityOf(t, cdnowOrders(t)), cohort.TriangleConfig{
		AsOf: cdnowEnd, Calendar: clientele.Calendar{Unit: clientele.Month}, Window: 30,
	})
	for _, row := range tri.Rows {
		golden := want.Rolling[row.Label]
		for k, pair := range golden {
			if k >= len(row.Cells) { // has begun for nobody
				if pair != [2]int{} {
					t.Errorf("%s has no window %d, want %v", row.Label, k, pair)
				}
				continue
			}
			cell := row.Cells[k]
			if cell.Eligible != pair[1] || (pair[1] > 0 && cell.Active != pair[0]) || cell.Complete != (pair[1] == row.Size) {
				t.Errorf("%s window %d: %d of %d, want %v", row.Label, k, cell.Active, cell.Eligible, pair)
			}
		}
	}
}

// The day on which weeks begin makes other cohorts.
func TestPublishedWeeklyTriangle(t *testing.T) {
	var want struct {
		Monday map[string][]int `json:"weekly_monday_first4"`
		Sunday map[string][]int `json:"weekly_sunday_first4"`
	}
	testdata.Golden(t, "rfm-cohort-nps.json", "cohort_cdnow_sample", &want)
	a := activityOf(t, cdnowOrders(t))
	for start, golden := range map[time.Weekday]map[string][]int{time.Monday: want.Monday, time.Sunday: want.Sunday} {
		tri := triangleOf(t, a, cohort.TriangleConfig{AsOf: cdnowEnd, Calendar: clientele.Calendar{Unit: clientele.Week, WeekStart: start}})
		found := 0
		for _, row := range tri.Rows {
			if first, ok := golden[row.Label]; ok {
				found++
				if got := cellsOf(row, activeOf)[:len(first)]; !slices.Equal(got, first) {
					t.Errorf("weeks from %v, %s: %v, want %v", start, row.Label, got, first)
				}
			}
		}
		if found != len(golden) {
			t.Errorf("weeks from %v: %d of %d cohorts", start, found, len(golden))
		}
	}
}
