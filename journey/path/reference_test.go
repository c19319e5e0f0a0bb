package path_test

import (
	"encoding/csv"
	"reflect"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/testdata"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/internal/journeytest"
	"github.com/clientele-go/clientele/journey/path"
)

// golden is what process mining tools found in a log; see golden/journey.md, process.
type golden struct {
	Cases      int                                      `json:"cases"`
	Events     int                                      `json:"events"`
	Activities map[string]int                           `json:"activities"`
	Start      map[string]int                           `json:"start"`
	End        map[string]int                           `json:"end"`
	Follows    [][3]any                                 `json:"dfg"`
	Seconds    [][3]any                                 `json:"dfg_mean_seconds"`
	Variants   [][2]any                                 `json:"variants"`
	All        int                                      `json:"variants_total"`
	Throughput struct{ Min, Max, Mean, Median float64 } `json:"throughput_seconds"`
}

// The textbook's event log and the events of 400 people over all channels.
func TestReferenceGraphs(t *testing.T) {
	for name, timelines := range map[string]*journey.Timelines{
		"running_example":    runningExample(t),
		"omnichannel_events": journeytest.Timelines(t),
	} {
		t.Run(name, func(t *testing.T) {
			var want map[string]golden
			testdata.Golden(t, "journey.json", "process", &want)
			checkGolden(t, verify.Must(path.Read(timelines.All(), path.Config{Waits: true})), want[name])
			checkGolden(t, verify.Must(path.Read(timelines.All(), path.Config{})), want[name])
		})
	}
}

func checkGolden(t *testing.T, log *path.Log, want golden) {
	t.Helper()
	g := verify.Must(log.Graph(0))
	if g.People != want.Cases || g.Steps != want.Events || len(g.Nodes) != len(want.Activities) || len(g.Edges) != len(want.Follows) {
		t.Fatalf("%d people, %d steps, %d labels, %d edges", g.People, g.Steps, len(g.Nodes), len(g.Edges))
	}
	for _, n := range g.Nodes {
		if n.Steps != want.Activities[n.Label] || n.Starts != want.Start[n.Label] || n.Ends != want.End[n.Label] {
			t.Errorf("%+v", n)
		}
	}
	for i, e := range g.Edges {
		follows, seconds := want.Follows[i], want.Seconds[i]
		if e.From != follows[0] || e.To != follows[1] || float64(e.Count) != follows[2] {
			t.Errorf("%+v, want %v", e, follows)
		}
		verify.Near(t, e.From+" > "+e.To, e.Wait.Mean.Seconds(), seconds[2].(float64), 1e-9)
	}
	variants := verify.Must(log.Variants(0))
	if all := max(want.All, len(want.Variants)); len(variants) != all {
		t.Errorf("%d variants, want %d", len(variants), all)
	}
	for i, v := range want.Variants {
		if got := [2]any{variants[i].String(), float64(variants[i].People)}; !reflect.DeepEqual(got, v) {
			t.Errorf("variant %v, want %v", got, v)
		}
	}
	took := verify.Must(log.Throughput())
	for _, row := range []struct {
		name string
		got  time.Duration
		want float64
	}{
		{"min", took.Min, want.Throughput.Min},
		{"max", took.Max, want.Throughput.Max},
		{"mean", took.Mean, want.Throughput.Mean},
		{"median", took.Median, want.Throughput.Median},
	} {
		verify.Near(t, row.name, row.got.Seconds(), row.want, 1e-9)
	}
}

// runningExample reads the textbook's log.
func runningExample(t *testing.T) *journey.Timelines {
	var touches []journey.Touch
	for i, row := range rows(t, "data", "process-running-example", "running-example.csv") {
		touches = append(touches, journey.Touch{
			Identifiers: []journey.Identifier{{Kind: "case", Value: row[0]}}, Touchpoint: row[1], Staff: row[3], Seq: int64(i),
			At: verify.Must(time.Parse("2006-01-02 15:04:05Z07:00", row[4])),
		})
	}
	return verify.Must(journey.NewTimelines(clientele.All(touches), journey.ByIdentifier("case")))
}

// rows are the rows of a file of the reference folder without its header.
func rows(t *testing.T, file ...string) [][]string {
	t.Helper()
	return verify.Must(csv.NewReader(testdata.OpenReference(t, file...)).ReadAll())[1:]
}
