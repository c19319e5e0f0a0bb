package rfm

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Scale is one metric cut into levels. It is frozen, so that tomorrow's customer is graded
// by today's edges.
type Scale struct {
	// Edges separate the levels: ascending, in the metric's unit, one fewer than levels.
	Edges []float64 `json:"edges"`

	// Counts are the customers of the base on each level, the worst first; nil where the
	// scale was made without a base.
	Counts []int `json:"counts,omitempty"`
}

// cut is an edge with the side on which the values equal to it lie.
type cut struct {
	edge float64
	left bool // closed left: a value equal to the edge is above it
}

// cuts returns the edges with their sides.
func (s Scale) cuts(by Rule, m Metric) []cut {
	cuts := make([]cut, len(s.Edges))
	for i, e := range s.Edges {
		cuts[i] = cut{e, by.closedLeft(m, i)}
	}
	return cuts
}

// closedLeft reports whether a value equal to edge i is above it.
func (r Rule) closedLeft(m Metric, i int) bool {
	switch {
	case r.Kind == ByBounds:
		return i == 0 // from the first edge to the second, both included
	case r.Cuts == AverageRank:
		return m != R
	default:
		return r.Cuts != ClosedRight
	}
}

// grader finds the level of a value: a compiled Scale.
type grader struct {
	above []float64 // a value is past edge i if it is greater than above[i]
	flip  bool      // less is better
}

func newGrader(cuts []cut, m Metric) grader {
	g := grader{flip: m == R}
	for _, c := range cuts {
		if c.left { // v >= edge is v > the number before edge
			c.edge = math.Nextafter(c.edge, math.Inf(-1))
		}
		g.above = append(g.above, c.edge)
	}
	return g
}

// level returns 1 (worst) to the number of levels (best).
func (g *grader) level(v float64) int {
	past := 0
	for _, a := range g.above {
		beyond := 0 // so that no branch depends on the value
		if v > a {
			beyond = 1
		}
		past += beyond
	}
	return g.place(past)
}

// place is the level of a value that is past so many edges.
func (g *grader) place(past int) int {
	if g.flip {
		return len(g.above) + 1 - past
	}
	return 1 + past
}

// empty returns the levels without a customer; nil where no base was used.
func (s Scale) empty() []int {
	var levels []int
	for i, n := range s.Counts {
		if n == 0 {
			levels = append(levels, i+1)
		}
	}
	return levels
}

var errNoEdge = rule.Want(clientele.ErrNotFinite, "a number, in the unit of the metric")

// faults notes what keeps the scale, found at a path, from being one of a rule with so many
// levels, and reports whether there was anything.
func (s Scale) faults(f *clientele.ConfigError, path string, by Rule, levels int) bool {
	before := len(f.Faults)
	infinite := slices.IndexFunc(s.Edges, func(e float64) bool { return !rule.IsFinite(e) })
	switch {
	case infinite >= 0:
		f.Add(indexed(path+".Edges", infinite), s.Edges[infinite], errNoEdge)
	case len(s.Edges) != levels-1:
		f.Add(path+".Edges", s.Edges, rule.Because(clientele.ErrRange, "wrong number of edges", "%d for %d levels", levels-1, levels))
	case !slices.IsSorted(s.Edges):
		f.Add(path+".Edges", s.Edges, rule.Because(clientele.ErrRange, "edges are not ascending", "none below the one before"))
	case by.fixed() && !slices.Equal(s.Edges, by.Edges):
		f.Add(path+".Edges", s.Edges, rule.Because(clientele.ErrMismatch, "not the edges of the plan", "%v", by.Edges))
	}
	if len(s.Counts) != 0 && len(s.Counts) != levels {
		f.Add(path+".Counts", s.Counts, rule.Because(clientele.ErrRange, "wrong number of counts", "%d, one for each level, or none", levels))
	} else if i := slices.IndexFunc(s.Counts, func(n int) bool { return n < 0 }); i >= 0 {
		f.Add(indexed(path+".Counts", i), s.Counts[i], rule.Want(clientele.ErrRange, "0 customers or more"))
	}
	return len(f.Faults) > before
}

// clone shares nothing with s.
func (s Scale) clone() Scale { return Scale{slices.Clone(s.Edges), slices.Clone(s.Counts)} }
