package rfm

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/enum"
	"github.com/clientele-go/clientele/internal/rule"
)

// Cuts say on which side of an edge the values equal to it lie and, for quantiles, where
// the edges come from. Equal values always share a level, so data with many equal values
// has fewer levels than were asked for, and a [LevelWarning].
type Cuts uint8

const (
	// ClosedRight puts a value equal to an edge below it (v <= edge), as R's cut and
	// pandas' qcut do. The edges of quantiles are of type 7: linear interpolation, the
	// default of R, NumPy, pandas and spreadsheets. It is the default because it leaves
	// the many customers who bought once on level 1 of frequency instead of lifting them
	// to the middle.
	ClosedRight Cuts = iota

	// ClosedLeft puts a value equal to an edge above it (v >= edge). Where many values are
	// equal, the lowest levels are the empty ones.
	ClosedLeft

	// EdgePlusOne is the rule of the R package rfm (0.3.0): edges of type 7 plus one,
	// closed left. It suits whole numbers only: amounts below one share a level.
	EdgePlusOne

	// AverageRank gives level ceil(k·rank/n) of k levels and n customers, where equal
	// values share the mean of their ranks, as pandas' rank(pct=True) and Excel's RANK.AVG
	// do. A new value gets the level of the best value of the base that is not better; one
	// that is better than the whole base gets the best level.
	AverageRank
)

var cutNames = []string{"closed right", "closed left", "edge plus one", "average rank"}

// String returns the name used in JSON, or text such as "Cuts(9)" for a value without one.
func (c Cuts) String() string { return enum.String(cutNames, c) }

// MarshalText returns the name, or [clientele.ErrUnknown] for a value without one.
func (c Cuts) MarshalText() ([]byte, error) { return enum.Marshal(cutNames, c) }

// UnmarshalText accepts exactly the names that MarshalText writes. For any other text it
// returns [clientele.ErrUnknown] and leaves the value as it was.
func (c *Cuts) UnmarshalText(text []byte) error { return enum.Unmarshal(cutNames, c, text) }

// cutsFault reports cuts that the kind of rule has no meaning for.
func (r Rule) cutsFault() error {
	last := ClosedRight
	switch r.Kind {
	case ByQuantiles:
		last = AverageRank
	case ByEdges, ByPercentiles:
		last = ClosedLeft
	}
	switch {
	case r.Cuts <= last:
		return nil
	case r.Kind == ByBounds:
		return errBoundsCut
	case r.Kind == ByBreaks:
		return errBreaksCut
	}
	return rule.OneOf(cutNames[:last+1]...)
}

var (
	errBoundsCut = rule.Because(clientele.ErrUnknown, "bounds have no cuts, since both belong to normal", "none")
	errBreaksCut = rule.Because(clientele.ErrUnknown, "natural breaks have no cuts, since each is the last value of a level", "none")
)
