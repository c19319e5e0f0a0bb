package climb

import "math"

// Func returns the value of a function at x and sets grad, of the length of x,
// to its gradient. It must not keep or change x. A value or a gradient that is
// not finite, or beyond 1e100 in size, means that x is outside the domain.
type Func func(x, grad []float64) float64

// Options adjusts a climb. The zero value asks for no bounds, the default
// precision and the Hessian.
type Options struct {
	Lower, Upper []float64 // bounds of each coordinate, ±Inf where it has none; nil = no bounds

	// Tolerance is the gain, relative to the greater of 1 and |value|, that does
	// not matter and may be rounding. 0 means 1e-11.
	Tolerance float64

	MaxEvaluations int // 0 means 1000

	// Hessian is about that of the function at the start, as the Hessian of a
	// smaller sample; nil = not known. It is the first model if it is negative
	// definite.
	Hessian [][]float64

	// NoHessian makes a rough climb: it stops as soon as the expected gain is
	// below Tolerance and leaves the Hessian nil.
	NoHessian bool
}

// Result is where a climb ended: the best point that a step led to, up to
// differences of value below the tolerance.
type Result struct {
	X, Grad []float64
	Value   float64

	// Hessian is the matrix of second derivatives at X, symmetric, with a
	// relative error of about 1e-5. Rows and columns of coordinates that are at a
	// bound are zero. It is nil if Options.NoHessian was set, the evaluations did
	// not suffice, or the function has no finite gradient around X.
	Hessian [][]float64

	// AtBound is -1 for a coordinate held at its lower bound by a gradient that
	// points outwards or is zero, +1 for one held at its upper bound and 0 for a
	// free one.
	AtBound []int

	Evaluations int

	// Converged reports that the gain still to be expected within the bounds is
	// below the tolerance and that there is a Hessian, if it was asked for. It is
	// false when the evaluations ran out or no step made progress, and when the
	// start is outside the domain: Value and Grad are then as the function gave
	// them.
	Converged bool
}

const (
	defaultTolerance      = 1e-11
	defaultMaxEvaluations = 1000
)

// Maximize climbs from start, moved to the nearest point within the bounds, to a
// local maximum of f. The bounds, where given, have the length of start and lower
// ones are not above upper ones; f is never asked beyond them. A coordinate that
// is identified comes out to about 1e-9 whatever the start. A value that goes on
// rising towards infinity is followed to a bound, or to where a further rise is
// below rounding.
func Maximize(f Func, start []float64, o Options) Result {
	c := newClimber(f, start, o)
	c.climb()
	return c.result()
}

// climb alternates between steps with the model and the computation of the
// Hessian, until the Hessian belongs to the point where the steps end.
func (c *climber) climb() {
	if !c.begin() {
		return
	}
	for {
		c.ascend()
		if c.noHessian || c.exhausted || c.fresh() || !c.curvature(central) {
			break
		}
		if c.negative {
			c.leaveSaddle()
		}
	}
	c.radius = max(c.radius, firstRadius) // it may be what ended the climb
	gain, _ := c.propose()
	c.converged = !c.exhausted && gain <= c.slack() && (c.noHessian || c.fresh())
}

// result copies what the climber knows.
func (c *climber) result() Result {
	r := Result{
		X: c.x, Grad: c.grad, Value: c.value,
		AtBound:     make([]int, c.n),
		Evaluations: c.evaluations,
		Converged:   c.converged,
	}
	for i := range r.AtBound {
		r.AtBound[i] = c.atBound(i)
	}
	if !c.fresh() {
		return r
	}
	for i, side := range r.AtBound {
		for j := range c.hessian {
			if side != 0 {
				c.hessian[i][j], c.hessian[j][i] = 0, 0
			}
		}
	}
	r.Hessian = c.hessian
	return r
}

// atBound tells whether coordinate i is held at a bound, and at which.
func (c *climber) atBound(i int) int {
	switch {
	case c.x[i] <= c.lower[i] && c.grad[i] <= 0:
		return -1
	case c.x[i] >= c.upper[i] && c.grad[i] >= 0:
		return 1
	}
	return 0
}

// slack is the difference of values that does not matter.
func (c *climber) slack() float64 {
	return c.tolerance * max(1, math.Abs(c.value))
}
