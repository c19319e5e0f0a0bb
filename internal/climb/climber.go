package climb

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/matrix"
)

// climber is the state of one climb. Its vectors have the length n, and all memory
// is allocated at the start.
type climber struct {
	f              Func
	n              int
	lower, upper   []float64
	tolerance      float64
	maxEvaluations int
	noHessian      bool
	guess          [][]float64 // of the Hessian at the start; nil = none

	x, grad     []float64 // the best point so far
	value       float64
	evaluations int
	exhausted   bool // more evaluations were needed than allowed
	converged   bool

	model            matrix.Matrix // positive definite by margin, stands for minus the Hessian
	next             matrix.Matrix // memory for the model after an update
	factor           matrix.Matrix // and for its factor
	scaled           bool          // the model has seen a curvature
	radius           float64
	step             []float64 // proposed from x
	box              box
	previous         []float64 // the last step made, zero if the last trial failed
	stretch          float64   // by which the last step was lengthened
	trial, trialGrad []float64
	change           []float64 // of minus the gradient over the step
	modelStep        []float64 // model times step

	hessian       matrix.Matrix
	known         bool      // the Hessian is one by central differences
	hessianAt     []float64 // where it was computed
	free          []int     // the coordinates that it has, those free there
	differenced   []bool    // the same, by coordinate
	negative      bool      // it shows a direction of positive curvature
	lowest        []float64 // that direction
	first, second []float64 // gradients beside the best point

	idle int // steps so far whose expected gain did not matter
}

const (
	firstStep   = 0.5 // length of the first step, and of a step away from a saddle
	firstRadius = 0.5

	// huge counts as infinite, so that products stay finite.
	huge = 1e100
)

// newClimber allocates the memory of a climb from the point of the box nearest to start.
func newClimber(f Func, start []float64, o Options) *climber {
	n := len(start)
	c := &climber{
		f: f, n: n,
		lower: o.Lower, upper: o.Upper,
		tolerance: o.Tolerance, maxEvaluations: o.MaxEvaluations, noHessian: o.NoHessian, guess: o.Hessian,
		model: matrix.New(n), next: matrix.New(n), factor: matrix.New(n), hessian: matrix.New(n),
		differenced: make([]bool, n),
		stretch:     1,
		radius:      firstRadius,
		box:         newBox(n),
	}
	if c.tolerance == 0 {
		c.tolerance = defaultTolerance
	}
	if c.maxEvaluations == 0 {
		c.maxEvaluations = defaultMaxEvaluations
	}
	for _, v := range []*[]float64{
		&c.x, &c.grad, &c.step, &c.previous, &c.trial, &c.trialGrad,
		&c.change, &c.modelStep, &c.lowest, &c.hessianAt, &c.first, &c.second,
	} {
		*v = make([]float64, n)
	}
	if c.lower == nil {
		c.lower = constant(n, math.Inf(-1))
	}
	if c.upper == nil {
		c.upper = constant(n, math.Inf(1))
	}
	for i, x := range start {
		c.x[i] = min(max(x, c.lower[i]), c.upper[i])
	}
	return c
}

// constant returns a vector with the same value in all coordinates.
func constant(n int, v float64) []float64 {
	return slices.Repeat([]float64{v}, n)
}

// begin evaluates the start and scales the first model by its gradient.
func (c *climber) begin() bool {
	var ok bool
	if c.value, ok = c.evaluate(c.x, c.grad); !ok {
		return false
	}
	var squares float64
	for i, g := range c.grad {
		if c.atBound(i) == 0 {
			squares += g * g
		}
	}
	c.model.SetDiagonal(max(1, math.Sqrt(squares)/firstStep))
	c.suppose()
	return true
}

// suppose makes minus the Hessian that the caller knows the first model.
func (c *climber) suppose() {
	if len(c.guess) != c.n {
		return
	}
	for i := range c.n {
		for j := range c.n {
			c.next[i][j] = -c.guess[i][j]
			c.factor[i][j] = c.next[i][j]
		}
	}
	if c.factor.Cholesky(leastPivot) {
		c.model, c.next = c.next, c.model
		c.scaled = true
	}
}

// leastPivot is the least pivot of a definite matrix, relative to its diagonal.
const leastPivot = 1e-10

// evaluate asks for the value and gradient at x; it is not ok outside the domain.
func (c *climber) evaluate(x, grad []float64) (value float64, ok bool) {
	c.evaluations++
	value = c.f(x, grad)
	ok = math.Abs(value) < huge
	for _, g := range grad {
		ok = ok && math.Abs(g) < huge
	}
	return value, ok
}

// move makes the trial the best point.
func (c *climber) move(value float64) {
	c.x, c.trial = c.trial, c.x
	c.grad, c.trialGrad = c.trialGrad, c.grad
	c.value = value
}

// reach puts x + t*direction into trial, within the bounds. A coordinate that
// comes to a bound is set to it, not to a sum that rounds beside it.
func (c *climber) reach(t float64, direction []float64) {
	for i, x := range c.x {
		s := t * direction[i]
		switch {
		case s >= c.upper[i]-x:
			c.trial[i] = c.upper[i]
		case s <= c.lower[i]-x:
			c.trial[i] = c.lower[i]
		default:
			c.trial[i] = x + s
		}
	}
}
