package rfm_test

import (
	"strings"
	"testing"

	"github.com/clientele-go/clientele/rfm"
)

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
		{"edges closed left", planOf(rfm.Measure{Recency: rfm.Rhythm, Frequency: rfm.PerYear}, edges(rfm.ClosedLeft, 25, 30), edges(rfm.ClosedLeft, 1, 2), edges(rfm.ClosedLeft, 100)), `
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
