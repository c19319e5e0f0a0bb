package rfm_test

import (
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/shopspring/decimal"
)

func TestReport(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf, Window: 60},
		buy(1, 4, 1, "600"),   // BBB
		buy(2, 2, 1, "200"),   // BNN
		buy(3, 1, 30, "50"),   // NWW
		buy(4, 3, 300, "700"), // a sleeper outside the window: WNB
		[]clientele.Purchase[int64]{
			{Customer: 4, At: asOf.AddDate(0, 0, -5), Amount: rub(-100)},
			{Customer: 5, At: asOf.AddDate(0, 0, -5), Amount: rub(-40)}, // refunds alone
			{Customer: 6, At: asOf.Add(1), Amount: rub(99)},             // in the future alone
		})
	state := mustGrade(t, b, cubeScales(t))
	r := state.Report()
	if !r.AsOf.Equal(asOf) || r.Window != 60 || r.Map.Name != "cube" || b.Later() != 1 {
		t.Errorf("as of %v, window %v, map %q, later %d", r.AsOf, r.Window, r.Map.Name, b.Later())
	}
	if customers, taken := b.RefundsOnly(); customers != 1 || !taken.Equal(rub(-40)) || r.RefundsOnly != 1 || !r.Refunded.Equal(taken) {
		t.Errorf("refunds alone: %d of %v; report %d of %v", customers, taken, r.RefundsOnly, r.Refunded)
	}
	for id, code := range map[int64]string{1: "BBB", 2: "BNN", 3: "NWW", 4: "WNB", 5: "", 6: "", 99: ""} {
		if got := stands(state, id).Code; got != code {
			t.Errorf("customer %d is in cell %q, want %q", id, got, code)
		}
		if _, ok := b.Of(id); ok != (code != "") {
			t.Errorf("customer %d is in the base: %v", id, ok)
		}
	}
	const segments = `Best best 1 0.25 4 2400 0.8727 600 2400 2400 1
Normal normal 1 0.25 2 400 0.1455 200 400 400 1
Occasional occasional 1 0.25 1 50 0.01818 50 50 50 30
Sleeping sleeping 1 0.25 0 -100 -0.03636 0 2000 2000 300
Worst worst 0 0 0 0 0 0 0 0 0
total  4 1 7 2750 1 392.85714286 4850 1212.5 15.5
`
	var got strings.Builder
	r.Total.Name = "total"
	for _, p := range append(r.Segments, r.Total) {
		fmt.Fprintf(&got, "%s %v %d %v %d %v %.4g %v %v %v %v\n", p.Name, p.Standing, p.Customers, p.Share, p.Purchases,
			p.Revenue, p.RevenueShare, p.AverageReceipt, p.AllTimeRevenue, p.AverageLTV, p.MedianRecency)
	}
	if got.String() != segments {
		t.Errorf("report is\n%swant\n%s", got.String(), segments)
	}
	if len(r.Cells) != 27 || r.Cells[0].Code != "WWW" || r.Cells[2].Code != "WWB" || r.Cells[26].Code != "BBB" {
		t.Errorf("%d cells from %s to %s", len(r.Cells), r.Cells[0].Code, r.Cells[len(r.Cells)-1].Code)
	}
	if c := r.Cells[5]; c.Customers != 1 || c.Name != "Sleeping" || c.Standing != rfm.Sleeping || !c.AllTimeRevenue.Equal(rub(2000)) {
		t.Errorf("cell WNB is %s", toJSON(t, c))
	}
}

// Shares are finite even where float64 ends.
func TestSharesOfHugeRevenue(t *testing.T) {
	huge := strings.Repeat("0", 308)
	b := hugeBase(t, "4"+huge, "1"+huge)
	r := mustGrade(t, b, cubeScales(t)).Report()
	sum := 0.0
	for _, p := range r.Segments {
		if math.IsNaN(p.RevenueShare) || math.IsInf(p.RevenueShare, 0) {
			t.Errorf("share of %s is %v", p.Name, p.RevenueShare)
		}
		sum += p.RevenueShare
	}
	if math.Abs(sum-1) > 1e-12 {
		t.Errorf("shares add up to %v", sum)
	}
}

// Cell finds every cell by its levels, and nothing beyond the grid.
func TestReportCell(t *testing.T) {
	b := mustNew[int64](t, rfm.Config{AsOf: asOf})
	mustFeed(t, b, buy(1, 3, 10, "10"))
	plan := planOf(rfm.Measure{}, rfm.Edges(20), rfm.Bounds(2, 5), rfm.Edges(5, 15, 25))
	state := mustGrade(t, b, mustFit(t, b, plan))
	r := state.Report()
	for i, c := range r.Cells {
		rr, f, m := i/12+1, i/4%3+1, i%4+1
		if got, ok := r.Cell(rr, f, m); !ok || got.Code != c.Code || got.Code != fmt.Sprintf("%d%d%d", rr, f, m) {
			t.Errorf("Cell(%d, %d, %d) is %s, want %s", rr, f, m, got.Code, c.Code)
		}
	}
	for _, outside := range [][3]int{{0, 1, 1}, {3, 1, 1}, {1, 4, 1}, {1, 1, 5}, {1, 1, -1}} {
		if got, ok := r.Cell(outside[0], outside[1], outside[2]); ok || got.Code != "" {
			t.Errorf("Cell%v is %s", outside, got.Code)
		}
	}
}

// A report that was decoded may hold money whose digits would fill the memory.
func TestReportOfHugeMoney(t *testing.T) {
	base := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 4, 10, "600"), buy(2, 1, 50, "5"))
	for _, huge := range []decimal.Decimal{decimal.New(1, math.MaxInt32), decimal.New(-1, math.MinInt32)} {
		for field, change := range map[string]func(*rfm.Report, decimal.Decimal){
			"Total.Revenue":               func(r *rfm.Report, d decimal.Decimal) { r.Total.Revenue = d },
			"Segments[1].AverageReceipt":  func(r *rfm.Report, d decimal.Decimal) { r.Segments[1].AverageReceipt = d },
			"Standings[4].AllTimeRevenue": func(r *rfm.Report, d decimal.Decimal) { r.Standings[4].AllTimeRevenue = d },
			"Cells[0].AverageLTV":         func(r *rfm.Report, d decimal.Decimal) { r.Cells[0].AverageLTV = d },
			"SleepersPerYear":             func(r *rfm.Report, d decimal.Decimal) { r.SleepersPerYear = &d },
		} {
			r := mustGrade(t, base, cubeScales(t)).Report()
			change(r, huge)
			_, err := r.Diagnose(rfm.DiagnoseConfig{})
			checkInput(t, err, "rfm.Report.Diagnose", -1, field, clientele.ErrRange)
			checkInput(t, r.WriteCSV(io.Discard), "rfm.Report.WriteCSV", -1, field, clientele.ErrRange)
			checkInput(t, r.WriteLongCSV(io.Discard), "rfm.Report.WriteLongCSV", -1, field, clientele.ErrRange)
		}
	}
}
