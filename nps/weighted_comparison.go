package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
)

// CompareWeighted compares the weighted scores of two independent groups with the
// standard errors of [Weighted.StdErr]. With equal weights it is Welch's test of 1, 0 and
// -1, with the normal distribution. Where all answers of each group are of one kind, it can
// tell nothing: Z is 0, P is 1, and the difference has no interval.
//
// level is that of the interval, 0 = 0.95. Another scale is [clientele.ErrMismatch], and
// a group of fewer than two answers of positive weight is [clientele.ErrEmpty].
func CompareWeighted(a, b Weighted, level float64) (Comparison, error) {
	const op = "nps.CompareWeighted"
	level, err := fault.Level(op, level)
	if err != nil {
		return Comparison{}, err
	}
	if err := a.counted.sameScale(op, b.counted); err != nil {
		return Comparison{}, err
	}
	if n := min(a.N(), b.N()); n < 2 {
		return Comparison{}, tooFew(op, n)
	}
	first, ofFirst := a.linearised()
	second, ofSecond := b.linearised()
	difference, stdErr := first-second, math.Hypot(ofFirst, ofSecond)
	if stdErr == 0 {
		return Comparison{P: 1, Difference: inPoints(clientele.Estimate{Lo: difference, Hi: difference}, difference, 2)}, nil
	}
	z := difference / stdErr
	return Comparison{Difference: inPoints(interval.Normal(difference, stdErr, level), difference, 2), Z: z, P: twoSided(z)}, nil
}
