package path_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/path"
	"pgregory.net/rapid"
)

// drawWays draws timelines of a few labels, some of which overlap.
func drawWays(t *rapid.T) []journey.Timeline {
	ways := make([]journey.Timeline, rapid.IntRange(1, 20).Draw(t, "people"))
	for i := range ways {
		ways[i].Profile = fmt.Sprint("p", i)
		minute := 0
		for range rapid.IntRange(0, 7).Draw(t, "touches") {
			minute += rapid.IntRange(0, 30).Draw(t, "minutes")
			touch := journey.Touch{Touchpoint: rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "label"), At: clock(9, minute)}
			if rapid.Bool().Draw(t, "ends") {
				touch.Until = touch.At.Add(clock(9, rapid.IntRange(0, 40).Draw(t, "length")).Sub(clock(9, 0)))
			}
			ways[i].Touches = append(ways[i].Touches, touch)
		}
	}
	return ways
}

// logOf makes a log of ways.
func logOf(t interface{ Fatal(...any) }, cfg path.Config, ways ...journey.Timeline) *path.Log {
	log := path.New(cfg)
	for _, w := range ways {
		if err := log.Add(w); err != nil {
			t.Fatal(err)
		}
	}
	return log
}

// answers are all answers of a log as JSON.
func answers(log *path.Log, top int) string {
	if log.People() == 0 {
		return "nobody"
	}
	var all []any
	all = append(all, verify.Must(log.Graph(top)), verify.Must(log.Variants(top)), verify.Must(log.Matrix(0, top)), verify.Must(log.Flow(0, top)),
		verify.Must(log.Throughput()), log.People(), log.Steps(), log.Pathless(), log.Unlabelled(), log.Labels())
	for _, label := range log.Labels() {
		all = append(all, verify.Must(log.Next(label)))
	}
	return string(verify.Must(json.Marshal(all)))
}

// Invariant: the order of people and how they are spread over logs does not change a byte of
// any answer.
func TestShardsMergedAreOnePass(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ways, cfg := drawWays(t), path.Config{Collapse: rapid.Bool().Draw(t, "collapse"), Waits: rapid.Bool().Draw(t, "waits")}
		top := rapid.IntRange(0, 4).Draw(t, "top")
		want := answers(logOf(t, cfg, ways...), top)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle(len(ways), func(i, j int) { ways[i], ways[j] = ways[j], ways[i] })
		cut := rapid.IntRange(0, len(ways)).Draw(t, "cut")
		a, b := logOf(t, cfg, ways[:cut]...), logOf(t, cfg, ways[cut:]...)
		if err := a.Merge(b); err != nil {
			t.Fatal(err)
		}
		if got := answers(a, top); got != want {
			t.Fatalf("%s\n%s", got, want)
		}
		if read, err := path.Read(clientele.All(ways), cfg); err == nil && answers(read, top) != want {
			t.Fatalf("%s\n%s", answers(read, top), want)
		}
	})
}

// Invariant: whatever is hidden, steps, starts, ends, pairs and people reconcile.
func TestTotalsReconcile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := logOf(t, path.Config{}, drawWays(t)...)
		if log.People() == 0 {
			return
		}
		top := rapid.IntRange(0, 4).Draw(t, "top")
		checkGraph(t, verify.Must(log.Graph(top)), log)
		checkMatrix(t, verify.Must(log.Matrix(rapid.IntRange(0, 8).Draw(t, "positions"), top)), log)
		checkFlow(t, verify.Must(log.Flow(rapid.IntRange(0, 8).Draw(t, "columns"), top)), log)
	})
}

func checkGraph(t *rapid.T, g *path.Graph, log *path.Log) {
	in, out, pairs, steps, starts, ends := map[string]int{}, map[string]int{}, 0, 0, 0, 0
	for _, e := range g.Edges {
		in[e.To] += e.Count
		out[e.From] += e.Count
		pairs += e.Count
		if e.Wait.Min < 0 || e.Wait.Min > e.Wait.Mean || e.Wait.Mean > e.Wait.Max {
			t.Fatalf("%+v", e)
		}
	}
	for _, n := range g.Nodes {
		if in[n.Label]+n.Starts != n.Steps || out[n.Label]+n.Ends != n.Steps || n.People+n.Repeats+n.Returns != n.Steps {
			t.Fatalf("%+v", n)
		}
		steps, starts, ends = steps+n.Steps, starts+n.Starts, ends+n.Ends
	}
	if starts != g.People || ends != g.People || steps != g.Steps || pairs != g.Steps-g.People || g.People != log.People() || g.Steps != log.Steps() {
		t.Fatalf("%+v", g)
	}
}

func checkMatrix(t *rapid.T, m *path.Matrix, log *path.Log) {
	for i := range m.Left {
		sum := m.Left[i]
		for _, row := range m.Rows {
			sum += row.People[i]
		}
		if sum != m.People || m.People != log.People() {
			t.Fatalf("column %d adds up to %d of %d", i, sum, m.People)
		}
	}
}

func checkFlow(t *rapid.T, f *path.Flow, log *path.Log) {
	in, out, last := make([]int, len(f.Nodes)), make([]int, len(f.Nodes)), f.Nodes[len(f.Nodes)-1].Position
	for _, l := range f.Links {
		out[l.From] += l.People
		in[l.To] += l.People
	}
	first := 0
	for i, n := range f.Nodes {
		if n.Position == 1 {
			first += n.People
		} else if in[i] != n.People {
			t.Fatalf("%+v: %d in", n, in[i])
		}
		if n.Position < last && n.Label != path.Left && out[i] != n.People {
			t.Fatalf("%+v: %d out", n, out[i])
		}
	}
	if first != log.People() {
		t.Fatalf("%d at first, %d people", first, log.People())
	}
}

// Invariant: a log of many labels, which do not fit in the square of pairs, counts what one
// counts in which they are few.
func TestManyLabels(t *testing.T) {
	var points, few []string
	for i := range 700 {
		points = append(points, fmt.Sprint("page ", i%350))
		few = append(few, fmt.Sprint("page ", i%350%7))
	}
	rename := path.Config{Label: func(t journey.Touch) string {
		var page int
		_, _ = fmt.Sscanf(t.Touchpoint, "page %d", &page)
		return fmt.Sprint("page ", page%7)
	}}
	if got, want := answers(logOf(t, rename, way("1", points...)), 0), answers(logOf(t, path.Config{}, way("1", few...)), 0); got != want {
		t.Errorf("%s\n%s", got, want)
	}
	g := verify.Must(logOf(t, path.Config{Waits: true}, way("1", points...), way("2", points...)).Graph(0))
	if len(g.Nodes) != 350 || len(g.Edges) != 350 || g.Edges[300].Count < 2 {
		t.Errorf("%d nodes, %d edges", len(g.Nodes), len(g.Edges))
	}
	all := answers(logOf(t, path.Config{}, way("1", points[:340]...), way("2", points[340:]...)), 0)
	merged := logOf(t, path.Config{}, way("2", points[340:]...))
	if err := merged.Merge(logOf(t, path.Config{}, way("1", points[:340]...))); err != nil || answers(merged, 0) != all {
		t.Error("merged logs differ", err, strings.Count(all, "page"))
	}
}
