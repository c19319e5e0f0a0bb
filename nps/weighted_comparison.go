package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// CompareWeighted estimates by how much the weighted score of the second group is above
// that of the first, as [Compare] does. The difference is after − before, or treatment −
// control.
//
// AdjustedWelchTest and AdjustedTest take each group for as many answers as
// [Weighted.EffectiveN] says, and add the three customers of [AdjustedWald]; with equal
// weights they are those of Compare. WaldTest takes the standard errors of [Weighted.StdErr];
// with equal weights it is Welch's test of answers coded 1, 0 and -1, with the normal
// distribution instead of Student's t. Where all answers of each group are of one attitude, it
// says nothing: Z is 0, P is 1, and the difference has no interval. There is no PooledTest.
//
// All faults of a configuration come at once in a [clientele.ConfigError]. The error is
// [clientele.ErrMismatch] if the groups are on different scales, and [clientele.ErrEmpty] if
// a group has fewer than two answers of positive weight.
func CompareWeighted(before, after Weighted, cfg CompareConfig) (Comparison, error) {
	const op = "nps.CompareWeighted"
	faults := clientele.ConfigError{Op: op}
	if cfg = cfg.fill(&faults); cfg.Test == PooledTest {
		faults.Add("Test", cfg.Test, rule.OneOf(AdjustedWelchTest.String(), AdjustedTest.String(), WaldTest.String()))
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
	if cfg.Test == WaldTest {
		first, ofFirst := before.linearised()
		second, ofSecond := after.linearised()
		return contrast{second - first, math.Hypot(ofFirst, ofSecond), math.Inf(1)}.comparison(second-first, cfg.Level)
	}
	first, score := before.adjusted()
	second, later := after.adjusted()
	return cfg.Test.contrast(first, second).comparison(later-score, cfg.Level)
}
