package nps

import (
	"math"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
)

// CompareWeighted tells by how much the weighted score of the second group is above that
// of the first, as [Compare] does: after less before, treatment less control, with the
// standard errors of [Weighted.StdErr]. With equal weights it is Welch's test of 1, 0 and
// -1, with the normal distribution. Where all answers of each group are of one attitude,
// it can tell nothing: Z is 0, P is 1, and the difference has no interval.
//
// level is that of the interval, between 0 and 1; 0 = 0.95. Another level is
// [clientele.ErrRange]. Groups on two scales are [clientele.ErrMismatch], and a group of
// fewer than two answers of positive weight is [clientele.ErrEmpty].
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
		return Comparison{P: 1, Difference: withoutDoubt(difference)}, nil
	}
	z := difference / stdErr
	return Comparison{Difference: inPoints(interval.Normal(difference, stdErr, level), difference, 2), Z: z, P: twoSided(z)}, nil
}
