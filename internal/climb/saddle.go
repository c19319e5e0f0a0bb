package climb

import (
	"math"

	"github.com/clientele-go/clientele/internal/matrix"
)

const (
	// definite is the least ratio of an eigenvalue of the model to the greatest.
	definite = 1e-12
	// visible is the ratio to the greatest at which a wrong sign is not rounding.
	visible = 1e-8
	// flattest is the least that counts as the greatest eigenvalue.
	flattest = 1e-30
	// escapes is how often a step away from a saddle is cut to an eighth.
	escapes = 4
)

// adopt makes minus the Hessian the model. What the model knows of coordinates at
// a bound shrinks to its diagonal.
func (c *climber) adopt(noise float64) {
	minus := matrix.New(len(c.free))
	for k, i := range c.free {
		for m, j := range c.free {
			minus[k][m] = -c.hessian[i][j]
		}
	}
	for i, row := range c.model {
		for j := range row {
			if i != j || c.differenced[i] {
				row[j] = -c.hessian[i][j]
			}
		}
	}
	c.scaled = true
	c.radius = max(c.radius, firstRadius)
	c.makeDefinite(minus, noise)
}

// makeDefinite replaces the eigenvalues of the model of the free coordinates by
// their absolute values, at least a small share of the greatest, unless they are
// so already. A direction of positive curvature that is more than noise is kept.
func (c *climber) makeDefinite(minus matrix.Matrix, noise float64) {
	vectors := minus.Eigen()
	greatest, lowest, which := flattest, math.Inf(1), 0
	for k := range minus {
		v := minus[k][k]
		greatest = max(greatest, math.Abs(v))
		if v < lowest {
			lowest, which = v, k
		}
	}
	c.negative = false
	if lowest >= definite*greatest {
		return
	}
	if c.negative = lowest < -max(10*noise, visible*greatest); c.negative {
		clear(c.lowest)
		for k, i := range c.free {
			c.lowest[i] = vectors[which][k]
		}
	}
	for k, i := range c.free {
		for m, j := range c.free {
			c.model[i][j] = 0
			for e, v := range vectors {
				c.model[i][j] += max(math.Abs(minus[e][e]), definite*greatest) * v[k] * v[m]
			}
		}
	}
}

// leaveSaddle steps along the direction of positive curvature, uphill where the
// gradient tells, if the model sees nothing left to gain.
func (c *climber) leaveSaddle() {
	if gain, length := c.propose(); gain > c.slack() && length > coarse {
		return
	}
	t := firstStep
	if matrix.Dot(c.grad, c.lowest) < 0 {
		t = -t
	}
	for range escapes {
		for _, t := range []float64{t, -t} {
			if c.spent(1) {
				return
			}
			c.reach(t, c.lowest)
			if value, ok := c.evaluate(c.trial, c.trialGrad); ok && value > c.value+c.slack() {
				c.forget()
				c.move(value)
				return
			}
		}
		t /= 8
	}
}
