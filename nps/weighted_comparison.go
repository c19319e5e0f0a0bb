package nps

import (
	"math"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
)

// CompareWeighted estimates by how much the weighted score of the second group is above
// that of the first, as [Compare] does, with the standard errors of [Weighted.StdErr]. The
// difference is after − before, or treatment − control. With equal weights it is Welch's
// test of answers coded 1, 0 and -1, with the normal distribution instead of Student's t.
// Where all answers of each group are of one attitude, the test says nothing: Z is 0, P is
// 1, and the difference has no interval.
//
// level is the confidence level of the interval, between 0 and 1; 0 = 0.95. Any other level
// returns [clientele.ErrRange]. The error is [clientele.ErrMismatch] if the groups are on
// different scales, and [clientele.ErrEmpty] if a group has fewer than two answers of
// positive weight.
func CompareWeighted(before, after Weighted, level float64) (Comparison, error) {
	const op = "nps.CompareWeighted"
	level, err := fault.Level(op, level)
	if err != nil {
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
	first, ofFirst := before.linearised()
	second, ofSecond := after.linearised()
	difference, stdErr := second-first, math.Hypot(ofFirst, ofSecond)
	if stdErr == 0 {
		return Comparison{P: 1, Difference: withoutInterval(difference)}, nil
	}
	z := difference / stdErr
	return Comparison{Difference: inPoints(interval.Normal(difference, stdErr, level), difference, 2), Z: z, P: twoSided(z)}, nil
}
