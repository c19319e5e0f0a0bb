package survival

import (
	"math"

	"github.com/clientele-go/clientele/cohort/internal/double"
)

// group holds the spells of one label, taken apart: who is at risk when follows from
// the times of entry and exit alone, whichever of them belong together.
type group struct {
	name     string
	entries  weightedTimes // those after the origin
	events   weightedTimes
	censored weightedTimes
}

// add adds a spell.
func (g *group) add(s Spell) {
	weight := s.Weight
	if weight == 0 {
		weight = 1
	}
	if s.Enter > 0 {
		g.entries.add(s.Enter, weight)
	}
	if s.Event {
		g.events.add(s.Time, weight)
	} else {
		g.censored.add(s.Time, weight)
	}
}

// sort puts all times in ascending order, equal ones by their weight, so that sums do
// not depend on the order of the spells.
func (g *group) sort() {
	var buffer []float64
	for _, times := range []*weightedTimes{&g.entries, &g.events, &g.censored} {
		buffer = times.sort(buffer)
	}
}

// customers is the weight of all spells.
func (g *group) customers() double.Sum { return g.events.total().PlusSum(g.censored.total()) }

// exits counts the distinct times at which spells end.
func (g *group) exits() int {
	n := 0
	a, b := g.events.at, g.censored.at
	for i, j := 0, 0; i < len(a) || j < len(b); n++ {
		t := math.Inf(1)
		if i < len(a) {
			t = a[i]
		}
		if j < len(b) {
			t = min(t, b[j])
		}
		for i < len(a) && a[i] == t {
			i++
		}
		for j < len(b) && b[j] == t {
			j++
		}
	}
	return n
}
