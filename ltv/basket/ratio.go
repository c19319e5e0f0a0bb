package basket

import (
	"math"

	"github.com/clientele-go/clientele"
)

// ratioLimits returns the limits of x/y from those of x and y, which are at least 0,
// and from the correlation of their errors: Donner and Zou, Closed-form confidence
// intervals for functions of the normal mean and standard deviation, Statistical
// Methods in Medical Research 21 (2012), section 2, with the lower limit's numerator
// made rational so that x or y may be 0. The upper limit is infinite where y is 0.
func ratioLimits(x, y clientele.Estimate, correlation float64) (lo, hi float64) {
	if x.Value > 0 {
		dx, dy := x.Value-x.Lo, y.Hi-y.Value
		middle, root := quadraticRoot(x.Value, y.Value, dx, dy, correlation)
		lo = (x.Value*x.Value - dx*dx) / (middle + root)
	}
	if y.Value == 0 {
		return lo, math.Inf(1)
	}
	dx, dy := x.Hi-x.Value, y.Value-y.Lo
	middle, root := quadraticRoot(x.Value, y.Value, dx, dy, correlation)
	return lo, (middle + root) / (y.Value*y.Value - dy*dy)
}

// quadraticRoot returns half the linear coefficient of the equation whose solution is a
// limit of x/y, and the root of its discriminant. dx and dy are the distances to the
// limits of x and y.
func quadraticRoot(x, y, dx, dy, correlation float64) (middle, root float64) {
	middle = x*y - correlation*dx*dy
	return middle, math.Sqrt(max(0, middle*middle-(x*x-dx*dx)*(y*y-dy*dy)))
}
