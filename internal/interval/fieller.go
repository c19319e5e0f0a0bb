package interval

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
)

// Fieller is a ratio of two independent means above 0, with the interval of Fieller, Some
// Problems in Interval Estimation, Journal of the Royal Statistical Society B 16 (1954): the
// ratios θ at which y - θx differs from 0 by no more than Student's t with df > 0 degrees of
// freedom allows. At 1 that is the test of the difference y - x with the same degrees of
// freedom, so that the two agree whether there is one. The variances are relative: those of
// the means over their squares. The lower limit is cut at 0. Where x itself may be 0, the
// ratio has no upper limit, and the interval level 0. StdErr is that of the delta method.
func Fieller(ratio, varianceY, varianceX, df, level float64) clientele.Estimate {
	t := special.StudentQuantile((1+level)/2, df)
	y, x := t*t*varianceY, t*t*varianceX
	e := clientele.Estimate{Value: ratio, StdErr: ratio * math.Sqrt(varianceY+varianceX), Level: level}
	root := math.Sqrt(max(0, x+y-x*y))
	if !(x < 1) || math.IsNaN(root) {
		return Bare(ratio)
	}
	e.Lo, e.Hi = ratio*max(0, 1-y)/(1+root), ratio*(1+root)/(1-x)
	return e
}
