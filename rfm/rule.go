package rfm

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/rule"
)

// Rule says how one metric is cut into levels; level 1 is the worst. Make one with
// [Bounds], [Quantiles], [Percentiles], [NaturalBreaks] or [Edges]. A rule is a plain struct
// with a JSON form.
type Rule struct {
	Kind  RuleKind  `json:"rule"`            // Kind is the form of the rule; required.
	Cuts  Cuts      `json:"cuts,omitempty"`  // Cuts say on which side of an edge the values equal to it lie; zero = ClosedRight. Bounds and natural breaks have no cuts.
	Count int       `json:"count,omitempty"` // Count is the number of levels of quantiles and natural breaks, 2 to 10; [Rule.Levels] returns that of any rule.
	Edges []float64 `json:"edges,omitempty"` // Edges are the two ends of normal for bounds, and 1 to 9 ascending edges for edges. The other kinds find their edges in a base.

	// Percents are 1 to 9 ascending percentages of percentiles, more than 0 and less than
	// 100.
	Percents []float64 `json:"percents,omitempty"`
}

// RuleKind is the form of a [Rule].
type RuleKind uint8

const (
	ByBounds      RuleKind = iota + 1 // ByBounds is the kind that [Bounds] makes.
	ByQuantiles                       // ByQuantiles is the kind that [Quantiles] makes.
	ByEdges                           // ByEdges is the kind that [Edges] makes.
	ByPercentiles                     // ByPercentiles is the kind that [Percentiles] makes.
	ByBreaks                          // ByBreaks is the kind that [NaturalBreaks] makes.
)

var ruleNames = []string{"", "bounds", "quantiles", "edges", "percentiles", "natural breaks"}

// String returns the name used in JSON, or text such as "RuleKind(9)" for a value without one.
func (k RuleKind) String() string { return enum.String(ruleNames, k) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (k RuleKind) MarshalText() ([]byte, error) { return enum.Marshal(ruleNames, k) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
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

// Percentiles makes levels at percentages that you choose: Percentiles(50, 80, 95, 99) puts
// the worse half of the customers on level 1 and the best hundredth on level 5, also for
// recency, where less is better. The edges are of type 7, as those of [Quantiles], cut
// [ClosedRight] or, with [Rule.By], [ClosedLeft].
func Percentiles(percents ...float64) Rule { return Rule{Kind: ByPercentiles, Percents: percents} }

// NaturalBreaks makes k levels of values that lie close to each other: it minimises the sum
// of squared deviations from the means of the levels. Equal values share a level; where there
// are fewer different values than levels, the upper ones are empty, as with [Quantiles]. A
// few very large amounts take levels for themselves: that is the aim of the method.
//
// The breaks are those of Jenks, "The data model concept in statistical mapping"
// (International Yearbook of Cartography 7, 1967), found exactly in O(k·v·log v) time and
// 4·k+64 bytes for each of v different values.
func NaturalBreaks(k int) Rule { return Rule{Kind: ByBreaks, Count: k} }

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
	case ByQuantiles, ByBreaks:
		return r.Count
	case ByPercentiles:
		return len(r.Percents) + 1
	default:
		return len(r.Edges) + 1
	}
}

// levelField is the field that decides the number of levels, with its value.
func (r Rule) levelField() (field string, value any) {
	switch r.Kind {
	case ByQuantiles, ByBreaks:
		return ".Count", r.Count
	case ByPercentiles:
		return ".Percents", r.Percents
	case ByEdges:
		return ".Edges", r.Edges
	}
	return ".Kind", r.Kind
}

// fixed reports whether the rule needs no data.
func (r Rule) fixed() bool { return r.Kind == ByBounds || r.Kind == ByEdges }

// counted reports whether the rule has a number of levels.
func (r Rule) counted() bool { return r.Kind == ByQuantiles || r.Kind == ByBreaks }

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
	if !r.counted() && r.Count != 0 {
		f.Add(path+".Count", r.Count, errCount)
	}
	if !r.fixed() && len(r.Edges) > 0 {
		f.Add(path+".Edges", r.Edges, errOwnEdges)
	}
	if r.Kind != ByPercentiles && len(r.Percents) > 0 {
		f.Add(path+".Percents", r.Percents, errPercents)
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
	r.percentFaults(f, path+".Percents")
}

// percentFaults notes the first percentage that is out of range, or not above the one before.
func (r Rule) percentFaults(f *clientele.ConfigError, path string) {
	before := 0.0
	for i, p := range r.Percents {
		switch {
		case math.IsNaN(p) || p <= 0 || p >= 100:
			f.Add(indexed(path, i), p, errPercent)
			return
		case p <= before:
			f.Add(indexed(path, i), p, rule.Because(clientele.ErrRange, "percents are not ascending", "more than %v, the one before", before))
			return
		}
		before = p
	}
}

// edgeFaults notes the first edge that is no number or not above the one before.
func (r Rule) edgeFaults(f *clientele.ConfigError, path string) {
	if i := slices.IndexFunc(r.Edges, func(e float64) bool { return !rule.IsFinite(e) }); i >= 0 {
		f.Add(indexed(path, i), r.Edges[i], errNoEdge)
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
	if r.Kind == ByPercentiles {
		return rule.Because(clientele.ErrRange, "wrong number of percents", "%d to %d, which make %d to %d levels",
			minLevels-1, maxLevels-1, minLevels, maxLevels)
	}
	return rule.Want(clientele.ErrRange, "%d to %d levels", minLevels, maxLevels)
}

var (
	errNoRule    = rule.Want(clientele.ErrMissing, "bounds, quantiles, percentiles, natural breaks or edges")
	errCount     = rule.Because(clientele.ErrMismatch, "quantiles and natural breaks alone have a count", "0")
	errOwnEdges  = rule.Because(clientele.ErrMismatch, "rules of this kind find their edges themselves", "no edges")
	errPercents  = rule.Because(clientele.ErrMismatch, "percentiles alone have percents", "none")
	errPercent   = rule.Want(clientele.ErrRange, "a percentage above 0 and below 100, such as 80")
	errTwoBounds = rule.Because(clientele.ErrRange, "needs exactly two", "the smaller and the larger end of normal")
)
