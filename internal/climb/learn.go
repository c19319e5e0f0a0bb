package climb

import (
	"math"

	"github.com/clientele-go/clientele/internal/matrix"
	"github.com/clientele-go/clientele/internal/rule"
)

// learn updates the model by the change of the gradient over the step, which
// brought gain and took the slope along it to endSlope. A change so steep that
// rounding would spoil the model is not learnt.
func (c *climber) learn(gain, slope, endSlope float64) {
	for i := range c.change {
		c.change[i] = c.grad[i] - c.trialGrad[i]
	}
	if !c.scaled {
		c.scaled = true
		c.rescale()
	}
	if gain > c.slack() && endSlope > 0 && endSlope < steep*slope {
		share := endCurvature(gain, slope, endSlope) / (slope - endSlope)
		for i := range c.change {
			c.change[i] *= share
		}
	}
	c.model.Times(c.step, c.modelStep)
	update(c.model, c.step, c.change, c.modelStep, c.next)
	c.factor.CopyFrom(c.next)
	if c.factor.Cholesky(margin) {
		c.model, c.next = c.next, c.model
	}
}

// rescale replaces the first model, which knows no curvature, by a multiple of
// the identity that fits the change of the gradient.
func (c *climber) rescale() {
	var squares float64
	for i, s := range c.step {
		if s != 0 {
			squares += c.change[i] * c.change[i]
		}
	}
	if v := squares / matrix.Dot(c.step, c.change); v > 0 && rule.IsFinite(v) {
		c.model.SetDiagonal(v)
	}
}

// steep is the share of the slope at the end of a step from which on too little
// has changed to tell how.
const steep = 0.99

// endCurvature estimates minus the second derivative at the end of a step of
// length 1 along which the slope falls and stays positive. If the slope falls
// linearly, the gain is the arithmetic mean of the two slopes and the curvature is
// their difference. If it decays exponentially, as along a ridge towards infinity,
// the gain is their logarithmic mean and the curvature is much less than the
// difference. The gain tells how to mix the two. Scaling the change of the
// gradient by such an estimate is the idea of Biggs, Minimization algorithms
// making use of non-quadratic properties of the objective function, J. Inst. Maths
// Applics 8 (1971).
func endCurvature(gain, slope, endSlope float64) float64 {
	decay := math.Log(slope / endSlope)
	linear, exponential := (slope+endSlope)/2, (slope-endSlope)/decay
	share := min(max((linear-gain)/(linear-exponential), 0), 1)
	return (1-share)*(slope-endSlope) + share*endSlope*decay
}
