package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// CompareWeighted estimates by how much the weighted score of the second group is above
// that of the first, as [Compare] does. The difference is after − before, or treatment −
// control.
//
// AdjustedTest takes each group for as many answers as [Weighted.EffectiveN] says, and adds
// the three customers of [AdjustedWald]; with equal weights it is that of Compare. WaldTest
// takes the standard errors of [Weighted.StdErr]; with equal weights it is Welch's test of
// answers coded 1, 0 and -1, with the normal distribution instead of Student's t. Where all
// answers of each group are of one attitude, it says nothing: Z is 0, P is 1, and the
// difference has no interval. There is no PooledTest.
//
// All faults of a configuration come at once in a [clientele.ConfigError]. The error is
// [clientele.ErrMismatch] if the groups are on different scales, and [clientele.ErrEmpty] if
// a group has fewer than two answers of positive weight.
func CompareWeighted(before, after Weighted, cfg CompareConfig) (Comparison, error) {
	const op = "nps.CompareWeighted"
	faults := clientele.ConfigError{Op: op}
	if cfg = cfg.fill(&faults); cfg.Test == PooledTest {
		faults.Add("Test", cfg.Test, rule.OneOf(AdjustedTest.String(), WaldTest.String()))
	}
	if err := faults.Err(); err != nil {
		return Comparison{}, err
	}
	if before.Scale() != after.Scale() {
		return Comparison{}, otherScale(op, "after.Scale", after.Scale(), before.Scale())
	}
	if n := before.N(); n < 2 {
		return Comparison{}, tooFew(op, "before", n)
	}
	if n := after.N(); n < 2 {
		return Comparison{}, tooFew(op, "after", n)
	}
	return compareWeighted(&before, &after, cfg), nil
}

// compareWeighted compares groups of two answers or more by a checked configuration.
func compareWeighted(before, after *Weighted, cfg CompareConfig) Comparison {
	if cfg.Test == AdjustedTest {
		first, score := before.adjusted()
		second, later := after.adjusted()
		return differenceOf(second.score-first.score, math.Hypot(first.stdErr(), second.stdErr()), later-score, cfg.Level)
	}
	first, ofFirst := before.linearised()
	second, ofSecond := after.linearised()
	return differenceOf(second-first, math.Hypot(ofFirst, ofSecond), second-first, cfg.Level)
}

// differenceOf is a comparison by a difference with its standard error; the one that was
// observed is another where customers were added.
func differenceOf(difference, stdErr, observed, level float64) Comparison {
	c := comparisonOf(difference, stdErr)
	c.Difference = withoutInterval(observed)
	if stdErr > 0 {
		c.Difference = inPoints(interval.Normal(difference, stdErr, level), observed, 2)
	}
	return c
}
