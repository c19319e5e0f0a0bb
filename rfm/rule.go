package rfm

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/rule"
)

// Rule says how one metric is cut into levels; level 1 is the worst. Make one with
// [Bounds], [Quantiles] or [Edges]. It is data with JSON.
type Rule struct {
	Kind  RuleKind  `json:"rule"`            // Kind is the form of the rule; required.
	Cuts  Cuts      `json:"cuts,omitempty"`  // Cuts say on which side of an edge the values equal to it lie; zero = ClosedRight. Bounds have no cuts.
	Count int       `json:"count,omitempty"` // Count is the number of levels of quantiles, 2 to 10.
	Edges []float64 `json:"edges,omitempty"` // Edges are the two ends of normal for bounds, and 1 to 9 ascending edges for edges. Quantiles have no edges.
}

// RuleKind is the form of a [Rule].
type RuleKind uint8

const (
	ByBounds    RuleKind = iota + 1 // ByBounds is the kind that [Bounds] makes.
	ByQuantiles                     // ByQuantiles is the kind that [Quantiles] makes.
	ByEdges                         // ByEdges is the kind that [Edges] makes.
)

var ruleNames = []string{"", "bounds", "quantiles", "edges"}

// String returns the name used in JSON.
func (k RuleKind) String() string { return enum.String(ruleNames, k) }

// MarshalText writes the name.
func (k RuleKind) MarshalText() ([]byte, error) { return enum.Marshal(ruleNames, k) }

// UnmarshalText reads the name.
func (k *RuleKind) UnmarshalText(text []byte) error { return enum.Unmarshal(ruleNames, k, text) }

// Bounds makes three levels from the marketer's own thresholds: values from low to high are
// normal, both ends included, better values are best and worse ones worst. For recency, fewer
// days are better.
func Bounds(low, high float64) Rule { return Rule{Kind: ByBounds, Edges: []float64{low, high}} }

// Quantiles makes k levels of about equally many customers, cut [ClosedRight]; [Rule.By]
// changes the cuts.
func Quantiles(k int) Rule { return Rule{Kind: ByQuantiles, Count: k} }

// Edges makes one level more than there are edges, cut [ClosedRight] or, with [Rule.By],
// [ClosedLeft].
func Edges(edges ...float64) Rule { return Rule{Kind: ByEdges, Edges: edges} }

// By returns the rule with other cuts, as in Quantiles(5).By(AverageRank).
func (r Rule) By(cuts Cuts) Rule {
	r.Cuts = cuts
	return r
}

const (
	minLevels = 2
	maxLevels = 10
)

// Levels is the number of levels that the rule makes.
func (r Rule) Levels() int {
	switch r.Kind {
	case ByBounds:
		return 3
	case ByQuantiles:
		return r.Count
	default:
		return len(r.Edges) + 1
	}
}

// levelField is the field that decides the number of levels, with its value.
func (r Rule) levelField() (field string, value any) {
	switch r.Kind {
	case ByQuantiles:
		return ".Count", r.Count
	case ByEdges:
		return ".Edges", r.Edges
	}
	return ".Kind", r.Kind
}

// fixed reports whether the rule needs no data.
func (r Rule) fixed() bool { return r.Kind != ByQuantiles }

// faults notes what is wrong with the rule at a path.
func (r Rule) faults(f *clientele.ConfigError, path string) {
	if r.Kind == 0 {
		f.Add(path, nil, errNoRule)
		return
	}
	if err := rule.Named(ruleNames, r.Kind); err != nil {
		f.Add(path+".Kind", r.Kind, err)
		return
	}
	if err := r.cutsFault(); err != nil {
		f.Add(path+".Cuts", r.Cuts, err)
	}
	if r.Kind != ByQuantiles && r.Count != 0 {
		f.Add(path+".Count", r.Count, errCount)
	}
	if r.Kind == ByQuantiles && len(r.Edges) > 0 {
		f.Add(path+".Edges", r.Edges, errOwnEdges)
	}
	if k := r.Levels(); k < minLevels || k > maxLevels {
		field, value := r.levelField()
		f.Add(path+field, value, r.levelsFault())
	}
	if r.Kind == ByBounds && len(r.Edges) != 2 {
		f.Add(path+".Edges", r.Edges, errTwoBounds)
	}
	if r.fixed() {
		r.edgeFaults(f, path+".Edges")
	}
}

// edgeFaults notes the first edge that is no number or not above the one before.
func (r Rule) edgeFaults(f *clientele.ConfigError, path string) {
	if i := slices.IndexFunc(r.Edges, func(e float64) bool { return math.IsNaN(e) || math.IsInf(e, 0) }); i >= 0 {
		f.Add(indexed(path, i), r.Edges[i], clientele.ErrNotFinite)
		return
	}
	for i := 1; i < len(r.Edges); i++ {
		switch before, e := r.Edges[i-1], r.Edges[i]; {
		case r.Kind == ByBounds && e < before:
			f.Add(path, r.Edges, rule.Because(clientele.ErrRange, "first bound is above the second", "the smaller one first"))
			return
		case r.Kind != ByBounds && e <= before:
			f.Add(indexed(path, i), e, rule.Because(clientele.ErrRange, "edges are not ascending", "more than %v, the edge before", before))
			return
		}
	}
}

// levelsFault says how many levels the rule may make.
func (r Rule) levelsFault() error {
	if r.Kind == ByEdges {
		return rule.Because(clientele.ErrRange, "wrong number of edges", "%d to %d, which make %d to %d levels",
			minLevels-1, maxLevels-1, minLevels, maxLevels)
	}
	return rule.Want(clientele.ErrRange, "%d to %d levels", minLevels, maxLevels)
}

var (
	errNoRule    = rule.Want(clientele.ErrMissing, "bounds, quantiles or edges")
	errCount     = rule.Because(clientele.ErrMismatch, "quantiles alone have a count", "0")
	errOwnEdges  = rule.Because(clientele.ErrMismatch, "quantiles find their edges themselves", "no edges")
	errTwoBounds = rule.Because(clientele.ErrRange, "needs exactly two", "the smaller and the larger end of normal")
)
