package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
)

// Equivalence tells whether two scores differ by less than a margin.
type Equivalence struct {
	// Difference is the first score less the second, in points, with the interval of
	// level 2·level-1, which lies within the margin where the groups are equivalent,
	// unless it had to be extended to the observed difference.
	Difference clientele.Estimate `json:"difference"`

	Margin float64 `json:"margin"` // in points
	Below  float64 `json:"below"`  // probability of the data if the first were lower by the margin or more
	Above  float64 `json:"above"`  // and if it were higher by that
	P      float64 `json:"p"`      // the greater of the two

	Equivalent bool `json:"equivalent"` // P is at most 1-level
}

// Equivalent tests twice, each in one direction, that two independent groups differ by
// the margin or more, which both tests must refute: Schuirmann, A Comparison of the Two
// One-Sided Tests Procedure and the Power Approach, Journal of Pharmacokinetics and
// Biopharmaceutics 15 (1987), with the standard error of [AdjustedTest]. That groups do
// not differ significantly does not show that they are alike; this does.
//
// margin is in points, above 0 and at most 200. level is from 0.5 to 1, both excluded, 0
// = 0.95: the probability of an erroneous finding is at most 1-level. Faults of both
// come at once in a [clientele.ConfigError]. A group without answers is
// [clientele.ErrEmpty], and groups on two scales are [clientele.ErrMismatch].
func Equivalent(a, b Tally, margin, level float64) (Equivalence, error) {
	const op = "nps.Equivalent"
	faults := clientele.ConfigError{Op: op}
	if !(margin > 0 && margin <= 2*points) {
		faults.Add("margin", margin, clientele.ErrRange)
	}
	if level == 0 {
		level = interval.DefaultLevel
	}
	if !(level > 0.5 && level < 1) {
		faults.Add("level", level, clientele.ErrRange)
	}
	if err := faults.Err(); err != nil {
		return Equivalence{}, err
	}
	if err := checkPair(op, a, b); err != nil {
		return Equivalence{}, err
	}
	g, o := a.Attitudes(), b.Attitudes()
	difference, stdErr := g.difference(o, AdjustedTest)
	e := Equivalence{
		Difference: compareGroups(g, o, CompareConfig{Level: 2*level - 1}).Difference,
		Margin:     margin,
		Below:      upperTail((difference + margin/points) / stdErr),
		Above:      upperTail((margin/points - difference) / stdErr),
	}
	e.P = max(e.Below, e.Above)
	e.Equivalent = e.P <= 1-level
	return e, nil
}

// upperTail is the probability of a normal deviate of z or more.
func upperTail(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }
