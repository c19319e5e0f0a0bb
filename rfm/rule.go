package rfm

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
)

// Rule says how one metric is cut into levels; level 1 is the worst. Make one
// with [Bounds], [Quantiles] or [Edges]. It is data with JSON.
type Rule struct {
	Kind  RuleKind  `json:"rule"`
	Cuts  Cuts      `json:"cuts,omitempty"`  // which side an edge belongs to; meaningless for bounds
	Count int       `json:"count,omitempty"` // quantiles: number of levels, 2 to 10
	Edges []float64 `json:"edges,omitempty"` // bounds: both ends of normal; edges: ascending
}

// RuleKind is the form of a [Rule].
type RuleKind uint8

const (
	ByBounds    RuleKind = iota + 1 // see [Bounds]
	ByQuantiles                     // see [Quantiles]
	ByEdges                         // see [Edges]
)

var ruleNames = []string{"", "bounds", "quantiles", "edges"}

// String returns the name used in JSON.
func (k RuleKind) String() string { return enum.String(ruleNames, k) }

// MarshalText writes the name.
func (k RuleKind) MarshalText() ([]byte, error) { return enum.Marshal(ruleNames, k) }

// UnmarshalText reads the name.
func (k *RuleKind) UnmarshalText(text []byte) error { return enum.Unmarshal(ruleNames, k, text) }

// Cuts says on which side of an edge the values equal to it lie, and for
// quantiles where the edges come from. Equal values always share a level, so
// heavily tied data gives fewer levels than were asked for, with a warning.
type Cuts uint8

const (
	// ClosedRight puts a value equal to an edge below it (v <= edge), as R's cut
	// and pandas' qcut do. Quantile edges are type 7 (linear interpolation, the
	// default of R, NumPy, pandas and spreadsheets). It is the default because
	// the many customers who bought once then stay in level 1 of frequency
	// instead of being lifted to the middle.
	ClosedRight Cuts = iota

	// ClosedLeft puts a value equal to an edge above it (v >= edge). The lowest
	// levels of tied data are the empty ones.
	ClosedLeft

	// EdgePlusOne is the rule of the R package rfm (0.3.0): type-7 edges plus
	// one, closed left. It suits whole numbers only: amounts below one share a
	// level.
	EdgePlusOne

	// AverageRank gives level ceil(k·rank/n), where equal values share the mean
	// of their ranks, as pandas' rank(pct=True) and Excel's RANK.AVG do. A new value gets
	// the level of the best value of the base that is not better, and one better
	// than all the best level.
	AverageRank
)

var cutNames = []string{"closed right", "closed left", "edge plus one", "average rank"}

// String returns the name used in JSON.
func (c Cuts) String() string { return enum.String(cutNames, c) }

// MarshalText writes the name.
func (c Cuts) MarshalText() ([]byte, error) { return enum.Marshal(cutNames, c) }

// UnmarshalText reads the name.
func (c *Cuts) UnmarshalText(text []byte) error { return enum.Unmarshal(cutNames, c, text) }

// Bounds makes three levels from the marketer's own thresholds: from low to high
// is normal, both ends included; better is best, worse is worst. For recency,
// fewer days are better.
func Bounds(low, high float64) Rule { return Rule{Kind: ByBounds, Edges: []float64{low, high}} }

// Quantiles makes k levels of about equally many customers, cut [ClosedRight];
// see [Rule.By] for another rule.
func Quantiles(k int) Rule { return Rule{Kind: ByQuantiles, Count: k} }

// Edges makes one level more than there are edges, cut [ClosedRight] or, with
// [Rule.By], [ClosedLeft].
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

// lastCuts is the last of the cuts that the kind of rule has a meaning for.
func (r Rule) lastCuts() Cuts {
	switch r.Kind {
	case ByQuantiles:
		return AverageRank
	case ByEdges:
		return ClosedLeft
	default:
		return ClosedRight
	}
}

// fixed reports whether the rule needs no data.
func (r Rule) fixed() bool { return r.Kind != ByQuantiles }

// faults notes what is wrong with the rule of a field.
func (r Rule) faults(f *clientele.ConfigError, field string) {
	if r.Kind == 0 {
		f.Add(field, nil, clientele.ErrMissing)
		return
	}
	if int(r.Kind) >= len(ruleNames) {
		f.Add(field+".Kind", uint8(r.Kind), clientele.ErrUnknown)
		return
	}
	if int(r.Cuts) >= len(cutNames) || r.Cuts > r.lastCuts() {
		f.Add(field+".Cuts", r.Cuts, clientele.ErrUnknown)
	}
	if r.Kind != ByQuantiles && r.Count != 0 {
		f.Add(field+".Count", r.Count, clientele.ErrMismatch)
	}
	if r.Kind == ByQuantiles && len(r.Edges) > 0 {
		f.Add(field+".Edges", r.Edges, clientele.ErrMismatch)
	}
	if k := r.Levels(); k < minLevels || k > maxLevels {
		f.Add(field, k, clientele.ErrRange)
	}
	if r.Kind == ByBounds && len(r.Edges) != 2 {
		f.Add(field+".Edges", r.Edges, clientele.ErrRange)
	}
	for _, e := range r.Edges {
		if math.IsNaN(e) || math.IsInf(e, 0) {
			f.Add(field+".Edges", e, clientele.ErrNotFinite)
			return
		}
	}
	if !slices.IsSorted(r.Edges) || r.Kind == ByEdges && len(slices.Compact(slices.Clone(r.Edges))) < len(r.Edges) {
		f.Add(field+".Edges", r.Edges, clientele.ErrRange)
	}
}
