package rfm_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// cubeScales are thresholds with room on both sides.
func cubeScales(t tester) *rfm.Scales {
	t.Helper()
	return mustFreeze(t, rfm.CubePlan(rfm.Bounds(20, 40), rfm.Bounds(2, 3), rfm.Bounds(100, 500)))
}

// buy returns purchases of equal amounts, the last so many days before asOf and
// the others a day apart before it.
func buy(customer int64, n, days int, amount string) []clientele.Purchase[int64] {
	var all []clientele.Purchase[int64]
	for i := range n {
		all = append(all, clientele.Purchase[int64]{Customer: customer, At: asOf.AddDate(0, 0, -days-i), Amount: money(amount)})
	}
	return all
}

// baseOf feeds customers.
func baseOf(t tester, cfg rfm.Config, customers ...[]clientele.Purchase[int64]) *rfm.Base[int64] {
	t.Helper()
	b := mustNew[int64](t, cfg)
	for _, all := range customers {
		mustFeed(t, b, all)
	}
	return b
}

func TestReport(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf, Window: 60},
		buy(1, 4, 1, "600"),   // BBB
		buy(2, 2, 1, "200"),   // BNN
		buy(3, 1, 30, "50"),   // NWW
		buy(4, 3, 300, "700"), // a sleeper outside the window: WWB
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
	for id, code := range map[int64]string{1: "BBB", 2: "BNN", 3: "NWW", 4: "WWB", 5: "", 6: "", 99: ""} {
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
Sleeping sleeping 0 0 0 0 0 0 0 0 0
Worst worst 1 0.25 0 -100 -0.03636 0 2000 2000 300
total  4 1 7 2750 1 392.85714286 4850 1212.5 15.5
`
	var got strings.Builder
	r.Total.Name = "total"
	for _, p := range append(r.Segments, r.Total) {
		fmt.Fprintf(&got, "%s %v %d %v %d %v %.4g %v %v %v %v\n", p.Name, p.Standing, p.Customers, p.Share, p.Purchases,
			p.Revenue, p.RevenueShare, p.AverageReceipt, p.Lifetime, p.AverageLTV, p.MedianRecency)
	}
	if got.String() != segments {
		t.Errorf("report is\n%swant\n%s", got.String(), segments)
	}
	if len(r.Cells) != 27 || r.Cells[0].Code != "WWW" || r.Cells[2].Code != "WWB" || r.Cells[26].Code != "BBB" {
		t.Errorf("%d cells from %s to %s", len(r.Cells), r.Cells[0].Code, r.Cells[len(r.Cells)-1].Code)
	}
	if c := r.Cells[2]; c.Customers != 1 || c.Name != "Worst" || c.Standing != rfm.Worst || !c.Lifetime.Equal(rub(2000)) {
		t.Errorf("cell WWB is %s", toJSON(t, c))
	}
}

// A state is a snapshot: what is added to the base later does not reach it.
func TestStateIsASnapshot(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 4, 1, "600"), buy(2, 2, 1, "200"))
	state := mustGrade(t, b, cubeScales(t))
	before := toJSON(t, state.Report())
	mustFeed(t, b, append(buy(2, 30, 3, "9000"), buy(3, 1, 1, "1")...))
	if after := toJSON(t, state.Report()); after != before {
		t.Errorf("report has become %s, was %s", after, before)
	}
	if state.Len() != 2 || stands(state, 3) != (rfm.Score{}) || stands(state, 2).Code != "BNN" {
		t.Errorf("%d customers, the new one is %+v, the old one %+v", state.Len(), stands(state, 3), stands(state, 2))
	}
	b.Reset()
	if after := toJSON(t, state.Report()); after != before {
		t.Error("resetting the base has changed its state")
	}
}

// Iteration follows first appearance in the roster, and stops when it is told.
func TestOrderOfAppearance(t *testing.T) {
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(9, 1, 1, "200"), buy(3, 1, 1, "200"), buy(5, 1, -1, "200"), buy(7, 1, 1, "200"), buy(9, 2, 1, "200"))
	state := mustGrade(t, b, cubeScales(t))
	var fromBase, fromState, inSegment []int64
	for id := range b.All() {
		fromBase = append(fromBase, id)
	}
	for id := range state.All() {
		fromState = append(fromState, id)
	}
	for id := range state.In("Occasional") {
		inSegment = append(inSegment, id)
	}
	if fmt.Sprint(fromBase, fromState, inSegment) != "[9 3 7] [9 3 7] [3 7]" {
		t.Errorf("base %v, state %v, segment %v", fromBase, fromState, inSegment)
	}
	for range b.All() {
		break
	}
	for range state.All() {
		break
	}
	for range state.In("Occasional") {
		break
	}
	for id := range state.In("nobody") {
		t.Errorf("customer %d is in a segment that the map lacks", id)
	}
}

// Shares are finite even where float64 ends.
func TestSharesOfHugeRevenue(t *testing.T) {
	huge := "1" + strings.Repeat("0", 308)
	b := baseOf(t, rfm.Config{AsOf: asOf}, buy(1, 4, 1, huge), buy(2, 1, 1, huge))
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

func TestDegradation(t *testing.T) {
	falling := []record{ago(60*hours24, "10000"), ago(50*hours24, "5000"), ago(40*hours24, "3000"), ago(30*hours24, "2000"), ago(20*hours24, "500"), ago(10*hours24, "80")}
	bounds := rfm.Bounds(1000, 5000)
	for _, c := range []struct {
		name     string
		cfg      rfm.Config
		monetary rfm.MonetaryKind
		records  []record
		want     string
	}{
		{"the last three", rfm.Config{}, rfm.AverageReceipt, falling, "3430 2 860 1 3"},
		{"the last two", rfm.Config{Recent: 2}, rfm.AverageReceipt, falling, "3430 2 290 1 2"},
		{"the last five", rfm.Config{Recent: 5}, rfm.AverageReceipt, falling, ""},
		{"before the fall", rfm.Config{}, rfm.AverageReceipt, falling[:5], ""},
		{"as many as are kept", rfm.Config{}, rfm.AverageReceipt, falling[:3], ""},
		{"one more than are kept", rfm.Config{}, rfm.AverageReceipt, falling[:4], ""},
		{"one more, and lower", rfm.Config{Recent: 1}, rfm.AverageReceipt, falling[:2], "7500 3 5000 2 1"},
		{"total is no receipt", rfm.Config{}, rfm.Total, falling, ""},
		{"median", rfm.Config{Amounts: true}, rfm.Median, falling, "3430 2 860 1 3"},
		{"a window changes nothing", rfm.Config{Window: 25}, rfm.AverageReceipt, falling, "3430 2 860 1 3"},
		{"refunds lower the lifetime alone", rfm.Config{}, rfm.AverageReceipt, append(falling[:6:6], ago(1, "-14600")), ""},
		{"one moment, dearest last", rfm.Config{Recent: 1}, rfm.AverageReceipt, []record{ago(9, "900"), ago(9, "6000"), ago(9, "100")}, ""},
		{"averages of thirds", rfm.Config{Recent: 1}, rfm.AverageReceipt, []record{ago(9, "10000"), ago(8, "10000"), ago(7, "1")}, "6667 3 1 1 1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.cfg.AsOf = asOf
			scales := mustFreeze(t, planOf(rfm.Measure{Monetary: c.monetary}, bounds, bounds, bounds))
			d, ok := mustDegradation(t, scales, history(t, c.cfg, c.records...))
			got := ""
			if ok {
				got = fmt.Sprint(d.Lifetime, " ", d.LifetimeLevel, " ", d.Recent, " ", d.RecentLevel, " ", d.Purchases)
			}
			if got != c.want {
				t.Errorf("degradation is %q, want %q", got, c.want)
			}
		})
	}
}

func TestExplain(t *testing.T) {
	m := history(t, rfm.Config{AsOf: asOf}, ago(50*hours24, "10"), ago(25*hours24, "15.005"))
	for _, c := range []struct {
		name string
		plan rfm.Plan
		want string
	}{
		{"bounds", planOf(rfm.Measure{}, rfm.Bounds(20, 40), rfm.Bounds(3, 5), rfm.Bounds(1, 5)), `
recency (since last) 25 is level 2 of 3: from 20 to 40
frequency (purchases) 2 is level 1 of 3: under 3
monetary (average receipt) 12.5 is level 3 of 3: over 5
cell NWB is all on the map "any"`},
		{"edges closed right", planOf(rfm.Measure{Recency: rfm.MeanInterval, Monetary: rfm.Total}, rfm.Edges(25, 30), rfm.Edges(1, 2), rfm.Edges(1, 2, 3)), `
recency (mean interval) 25 is level 3 of 3: up to 25
frequency (purchases) 2 is level 2 of 3: over 1 to 2
monetary (total) 25.01 is level 4 of 4: over 3
cell 324 is all on the map "any"`},
		{"edges closed left", planOf(rfm.Measure{Recency: rfm.Rhythm, PerYear: true}, edges(rfm.ClosedLeft, 25, 30), edges(rfm.ClosedLeft, 1, 2), edges(rfm.ClosedLeft, 100)), `
recency (rhythm) 25 is level 2 of 3: from 25 to under 30
frequency (purchases per year) 2 is level 3 of 3: from 2
monetary (average receipt) 12.5 is level 1 of 2: under 100
cell 231 is all on the map "any"`},
		{"edges around 0", planOf(rfm.Measure{}, rfm.Edges(-0.001, 100), rfm.Edges(-0.001), rfm.Edges(-0.001)), `
recency (since last) 25 is level 2 of 3: over -0.001 to 100
frequency (purchases) 2 is level 2 of 2: over -0.001
monetary (average receipt) 12.5 is level 2 of 2: over -0.001
cell 222 is all on the map "any"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := mustExplain(t, mustFreeze(t, c.plan), m)
			if got := "\n" + e.String(); got != c.want {
				t.Errorf("explanation is %s\nwant %s", got, c.want)
			}
			for i, r := range e.Gradings {
				if r.Metric != rfm.Metric(i) || r.Level != e.Score.Level(r.Metric) || len(r.Edges) != r.Levels-1 {
					t.Errorf("reason %d is %+v", i, r)
				}
			}
		})
	}
}

// Quantile rules explain themselves by their edges.
func TestExplainQuantiles(t *testing.T) {
	b := mustNew[int64](t, rfm.Config{AsOf: asOf})
	for i := range 10 {
		mustFeed(t, b, buy(int64(i), 1+i, 10*(i+1), "10"))
	}
	for cuts, want := range map[rfm.Cuts]string{
		rfm.ClosedRight: "recency (since last) 30 is level 4 of 5: over 28 to 46",
		rfm.ClosedLeft:  "recency (since last) 30 is level 4 of 5: from 28 to under 46",
		rfm.EdgePlusOne: "recency (since last) 30 is level 4 of 5: from 29 to under 47",
		rfm.AverageRank: "recency (since last) 30 is level 4 of 5: over 20 to 40",
	} {
		rule := quantiles(5, cuts)
		scales := mustFit(t, b, planOf(rfm.Measure{}, rule, rule, rule))
		text := mustExplain(t, scales, of(t, b, 2)).String()
		if line, _, _ := strings.Cut(text, "\n"); line != want {
			t.Errorf("%v explains %q, want %q", cuts, line, want)
		}
	}
}

// By average rank, a new value has the level of the greatest value of the base
// that is not better.
func TestAverageRankOfNewValues(t *testing.T) {
	b := mustNew[int64](t, rfm.Config{AsOf: asOf})
	for i, n := range []int{1, 1, 2, 4, 4, 4} { // F levels of 4: ceil(4·1.5/6) = 1, ceil(4·3/6) = 2, ceil(4·5/6) = 4
		mustFeed(t, b, buy(int64(i), n, 10*n, "10"))
	}
	rule := quantiles(4, rfm.AverageRank)
	scales := mustFit(t, b, planOf(rfm.Measure{Monetary: rfm.Total}, rule, rule, rule))
	for _, c := range []struct {
		name string
		v    rfm.Values
		want [3]int
	}{
		{"of the base, worst of F", rfm.Values{Recency: 10, Frequency: 1, Monetary: 10}, [3]int{4, 1, 1}},
		{"of the base, middle", rfm.Values{Recency: 20, Frequency: 2, Monetary: 20}, [3]int{3, 2, 2}},
		{"of the base, best of F", rfm.Values{Recency: 40, Frequency: 4, Monetary: 40}, [3]int{2, 4, 4}},
		{"between", rfm.Values{Recency: 15, Frequency: 3, Monetary: 39}, [3]int{3, 2, 2}},
		{"worse than all", rfm.Values{Recency: 41, Frequency: 0, Monetary: 9}, [3]int{1, 1, 1}},
	} {
		score, err := scales.ScoreValues(c.v)
		if err != nil {
			t.Fatal(err)
		}
		if got := [3]int{score.R, score.F, score.M}; got != c.want {
			t.Errorf("%s: %v is on levels %v, want %v", c.name, c.v, got, c.want)
		}
	}
}

// A value better than the whole base is on the best level, where it would be if it
// were one of the base.
func TestAverageRankBeyondTheBase(t *testing.T) {
	b := mustNew[int64](t, rfm.Config{AsOf: asOf})
	for i := range 12 {
		mustFeed(t, b, buy(int64(i), 3, 10, "10"))
	}
	rule := quantiles(5, rfm.AverageRank) // all on level ceil(5·6.5/12) = 3
	scales := mustFit(t, b, planOf(rfm.Measure{}, rule, rule, rule))
	score, err := scales.ScoreValues(rfm.Values{Recency: 9, Frequency: 4, Monetary: 11})
	if err != nil {
		t.Fatal(err)
	}
	if score.R != 5 || score.F != 5 || score.M != 5 {
		t.Errorf("better values are on levels %d, %d, %d, want the best, 5", score.R, score.F, score.M)
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
