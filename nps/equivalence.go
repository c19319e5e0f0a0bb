package nps

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// Equivalence is the result of a test of whether two scores differ by less than a margin.
type Equivalence struct {
	// Difference is after − before, or treatment − control, in points, with the interval of
	// level 2·level-1, where level is the argument of [Equivalent]; it lies within the
	// margin where the groups are equivalent, unless it had to be extended to the observed
	// difference.
	Difference clientele.Estimate `json:"difference"`

	Margin float64 `json:"margin"` // the margin that was asked for, in points
	Below  float64 `json:"below"`  // probability of such answers if the second score were lower by the margin or more
	Above  float64 `json:"above"`  // probability of such answers if the second score were higher by the margin or more
	P      float64 `json:"p"`      // the greater of Below and Above

	Equivalent bool `json:"equivalent"` // whether P is at most 1-level
}

// Equivalent tests whether the score of the second group is within a margin of that of the
// first. Two tests, each in one direction, must reject a difference of the margin or more:
// Schuirmann, A Comparison of the Two One-Sided Tests Procedure and the Power Approach,
// Journal of Pharmacokinetics and Biopharmaceutics 15 (1987), with the standard error of
// [AdjustedWelchTest]. That groups do not differ significantly does not show that they are
// alike; this does.
//
// margin is in points, above 0 and at most 200. level is above 0.5 and below 1, 0 = 0.95:
// the probability of an erroneous finding is at most 1-level. Faults of both come at once
// in a [clientele.ConfigError]. The error is [clientele.ErrEmpty] if a group has no
// answers, and [clientele.ErrMismatch] if the groups are on different scales.
func Equivalent(before, after Tally, margin, level float64) (Equivalence, error) {
	const op = "nps.Equivalent"
	faults := clientele.ConfigError{Op: op}
	if !(margin > 0 && margin <= 2*points) {
		faults.Add("margin", margin, rule.Want(rule.Range, "points above 0, up to %d", 2*points))
	}
	if level == 0 {
		level = interval.DefaultLevel
	}
	if !(level > 0.5 && level < 1) {
		faults.Add("level", level, rule.Want(rule.Range, "a share between 0.5 and 1, such as 0.95"))
	}
	if err := faults.Err(); err != nil {
		return Equivalence{}, err
	}
	if err := checkPair(op, before, after); err != nil {
		return Equivalence{}, err
	}
	first, second := before.Attitudes(), after.Attitudes()
	d := first.change(second, AdjustedWelchTest)
	e := Equivalence{
		Difference: compare(first, second, CompareConfig{Level: 2*level - 1}).Difference,
		Margin:     margin,
		Below:      d.above((d.value + margin/points) / d.stdErr),
		Above:      d.above((margin/points - d.value) / d.stdErr),
	}
	e.P = max(e.Below, e.Above)
	e.Equivalent = e.P <= 1-level
	return e, nil
}
