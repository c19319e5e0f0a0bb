package path_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/path"
)

// clock is a moment of a day.
func clock(hour, minute int) time.Time { return time.Date(2025, 3, 1, hour, minute, 0, 0, time.UTC) }

// Field case J9: touches of one moment have the order of their numbers, however the rows are
// shuffled; without numbers, that of the source, and a warning counts the ties.
func TestFieldCaseJ9(t *testing.T) {
	person := []journey.Identifier{{Kind: "case", Value: "1"}}
	touches := []journey.Touch{
		{Identifiers: person, Touchpoint: "created", At: clock(10, 0), Seq: 1},
		{Identifiers: person, Touchpoint: "assigned", At: clock(10, 0), Seq: 2},
		{Identifiers: person, Touchpoint: "closed", At: clock(10, 5), Seq: 3},
	}
	for seed := range uint64(6) {
		shuffled := slices.Clone(touches)
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		timelines := verify.Must(journey.NewTimelines(clientele.All(shuffled), journey.ByIdentifier("case")))
		g := verify.Must(verify.Must(path.Read(timelines.All(), path.Config{})).Graph(0))
		if timelines.Warnings != nil || fmt.Sprint(edgeCounts(g)) != "map[assigned>closed:1 created>assigned:1]" || g.Nodes[2].Starts != 1 || g.Nodes[1].Ends != 1 {
			t.Errorf("%v %+v", timelines.Warnings, g)
		}
		for i := range shuffled {
			shuffled[i].Seq = 0
		}
		timelines = verify.Must(journey.NewTimelines(clientele.All(shuffled), journey.ByIdentifier("case")))
		if !slices.Equal(timelines.Warnings, []error{journey.TieWarning{Ties: 1}}) {
			t.Errorf("%v", timelines.Warnings)
		}
	}
}

func edgeCounts(g *path.Graph) map[string]int {
	counts := make(map[string]int)
	for _, e := range g.Edges {
		counts[e.From+">"+e.To] = e.Count
	}
	return counts
}

// Field case J10: an overlap is no negative wait.
func TestFieldCaseJ10(t *testing.T) {
	for _, waits := range []bool{false, true} {
		log := path.New(path.Config{Waits: waits})
		for _, b := range []journey.Touch{
			{Touchpoint: "B", At: clock(9, 30), Until: clock(9, 45)},
			{Touchpoint: "B", At: clock(10, 10), Until: clock(10, 30)},
		} {
			a := journey.Touch{Touchpoint: "A", At: clock(9, 0), Until: clock(10, 0)}
			if err := log.Add(journey.Timeline{Profile: b.At.String(), Touches: []journey.Touch{a, b}}); err != nil {
				t.Fatal(err)
			}
		}
		e := verify.Must(log.Graph(0)).Edges[0]
		want := path.Edge{From: "A", To: "B", Count: 2, Overlaps: 1, Overlap: 30 * time.Minute, HasMedian: waits, Wait: path.Times{Mean: 5 * time.Minute, Max: 10 * time.Minute}}
		if waits {
			want.Wait.Median = 5 * time.Minute
		}
		if e != want {
			t.Errorf("%+v", e)
		}
		if took := verify.Must(log.Throughput()); took != (path.Times{Min: time.Hour, Mean: 75 * time.Minute, Median: 75 * time.Minute, Max: 90 * time.Minute}) {
			t.Errorf("%+v", took)
		}
	}
}

// Field case J11: to leave and to go elsewhere are different.
func TestFieldCaseJ11(t *testing.T) {
	log := path.New(path.Config{})
	for i := range 10 {
		points := []string{"A", "C"}
		switch {
		case i >= 9:
			points = points[:1]
		case i >= 6:
			points[1] = "B"
		}
		if err := log.Add(way(fmt.Sprint("person ", i), points...)); err != nil {
			t.Fatal(err)
		}
	}
	next := verify.Must(log.Next("A", "C"))
	if next.Steps != 10 || len(next.To) != 1 || next.To[0] != (path.Onward{Label: "C", Count: 6}) || next.Elsewhere != 3 || next.Left != 1 || !slices.Equal(next.Profiles, []string{"person 9"}) {
		t.Errorf("%+v", next)
	}
	if all := verify.Must(log.Next("A")); len(all.To) != 2 || all.Elsewhere != 0 || all.Left != 1 {
		t.Errorf("%+v", all)
	}
}
