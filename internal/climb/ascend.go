package climb

import (
	"math"

	"github.com/clientele-go/clientele/internal/matrix"
)

const (
	// fresh is how far from its point a Hessian is still good: its relative
	// error there is about the distance.
	fresh = 5e-6
	// coarse is the step of the quasi-Newton model that calls for the Hessian: the
	// true step, which may be a few times longer, then keeps the Hessian fresh.
	coarse = 1e-6
	// fine is the Newton step that need not be made.
	fine = 1e-10
	// near is a step so short that the Hessian may be taken as constant along it.
	near = 1e-4
	// rounding is the share of the tolerance below which a gain is not visible.
	rounding = 1e-6
	// maxIdle bounds the steps without a gain that matters.
	maxIdle = 12
	// armijo is the least share of the gain that the slope promises.
	armijo = 1e-4
	// flatter is how far the slope must fall along a step whose gain is rounding.
	flatter = 0.9
	// growth is how much longer than the last step the trust region may become.
	growth = 2.5
	// shortest is the trust radius at which a search without success ends.
	shortest = 1e-13
)

// ascend makes steps with the model until they do not matter, lead nowhere or
// need the Hessian.
func (c *climber) ascend() {
	last := math.Inf(1)
	start := c.evaluations
	surveyed := start
	for {
		gain, length := c.propose()
		if c.settled(gain, length, last) || !c.noHessian && c.evaluations-start >= c.patience() {
			return
		}
		if c.spent(1) {
			return
		}
		if gain < surveyGain && length > surveyStep && c.evaluations-surveyed >= surveyPause+c.n {
			c.curvature(forward)
			surveyed = c.evaluations
			continue
		}
		negligible := gain <= c.slack()
		if !c.advance(length) && (negligible || c.radius < shortest) {
			return
		}
		if last = gain; negligible {
			c.idle++
		}
	}
}

// spent reports whether fewer than n evaluations are left, and notes that they
// would have been needed.
func (c *climber) spent(n int) bool {
	c.exhausted = c.evaluations+n > c.maxEvaluations
	return c.exhausted
}

// A survey is a Hessian by forward differences, for the model only. It pays where
// the maximum is near, so that it still holds there, but the model does not know
// all directions yet: the expected gain is at most surveyGain, the step at least
// surveyStep, and surveyPause+n evaluations have not led further.
const (
	surveyGain  = 10
	surveyStep  = 1e-3
	surveyPause = 4
)

// patience is the number of evaluations after which the Hessian is computed even
// though steps are still long: the function bends too much for a model that
// learns one direction at a time.
func (c *climber) patience() int {
	return 20 + 5*c.n
}

// settled reports whether the proposed step is not worth a trial; last is the gain
// that was expected of the step before it.
func (c *climber) settled(gain, length, last float64) bool {
	negligible := gain <= c.slack()
	switch {
	case length <= fine:
		return !c.arrives() || c.idle >= maxIdle
	case c.noHessian:
		return negligible
	case length <= coarse && !c.fresh():
		return true
	case length <= near: // a gain that no longer shrinks is the rounding of the gradient
		return negligible && (gain > last/4 || c.idle >= maxIdle)
	}
	return gain <= rounding*c.slack() || negligible && c.idle >= maxIdle
}

// arrives reports whether the proposed step brings a coordinate to a bound. Such
// a step is made however short it is, so that the result is at the bound.
func (c *climber) arrives() bool {
	for i, s := range c.step {
		if s > 0 && s >= c.upper[i]-c.x[i] || s < 0 && s <= c.lower[i]-c.x[i] {
			return true
		}
	}
	return false
}

// propose finds the step that maximises the model within the bounds and the trust
// region. It returns the gain that the model expects and the largest change of a
// coordinate.
func (c *climber) propose() (gain, length float64) {
	for i, x := range c.x {
		c.box.lower[i] = max(c.lower[i]-x, -c.radius)
		c.box.upper[i] = min(c.upper[i]-x, c.radius)
	}
	c.box.maximize(c.model, c.grad, c.step)
	c.model.Times(c.step, c.modelStep)
	return matrix.Dot(c.grad, c.step) - matrix.Dot(c.step, c.modelStep)/2, matrix.Largest(c.step)
}

// advance tries the proposed step, lets the model learn from it and adapts the
// trust region. It reports whether the step was made.
func (c *climber) advance(length float64) bool {
	length = c.lengthen(length)
	c.reach(1, c.step)
	for i := range c.step {
		c.step[i] = c.trial[i] - c.x[i]
	}
	value, ok := c.evaluate(c.trial, c.trialGrad)
	if !ok {
		c.radius = length / 4
		c.forget()
		return false
	}
	gain, slope, endSlope := value-c.value, matrix.Dot(c.grad, c.step), matrix.Dot(c.trialGrad, c.step)
	// A trial that lost as much as the slope promised says little about the place
	// where the climb stays, and a short step nothing that a fresh Hessian does not.
	if gain > -slope && (length > near || !c.fresh()) {
		c.learn(gain, slope, endSlope)
	}
	if !c.accepts(gain, slope, endSlope) {
		top := slope / (2 * (slope - gain)) // of the parabola through the values and the slope
		c.radius = length * min(max(top, 0.1), 0.5)
		c.forget()
		return false
	}
	if endSlope > 0 {
		c.radius = max(c.radius, growth*length)
	}
	copy(c.previous, c.step)
	c.move(value)
	return true
}

// accepts demands a share of the gain that the slope promises. Where gains are
// rounding, the slope must have become flatter instead, the approximate Wolfe
// condition of Hager & Zhang, A new conjugate gradient method with guaranteed
// descent and an efficient line search, SIAM J. Optim. 16 (2005). A step that ends
// at a bound may still rise there.
func (c *climber) accepts(gain, slope, endSlope float64) bool {
	if gain > 0 && gain >= armijo*slope {
		return true
	}
	if gain < -c.slack() {
		return false
	}
	return math.Abs(endSlope) <= flatter*slope || endSlope > 0 && c.arrives()
}
