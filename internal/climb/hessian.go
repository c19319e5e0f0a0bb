package climb

import "math"

const (
	// Differences are taken over this share of a standard error, within limits: a
	// longer step bends, a shorter one drowns in rounding.
	probeShare         = 0.01
	minProbe, maxProbe = 1e-4, 1e-3
	// probeTries is how often the step is cut to a tenth to stay in the domain.
	probeTries = 4
)

// scheme is a way to difference the gradient, by its number of evaluations per
// coordinate.
type scheme int

const (
	forward scheme = 1 // with an error of the order of the step
	central scheme = 2 // of the order of its square
)

// fresh reports whether the Hessian belongs to the best point.
func (c *climber) fresh() bool {
	if !c.known {
		return false
	}
	for i, x := range c.x {
		if math.Abs(x-c.hessianAt[i]) > fresh || c.atBound(i) == 0 && !c.differenced[i] {
			return false
		}
	}
	return true
}

// curvature computes the Hessian of the free coordinates at the best point and
// makes it the model. It is not ok if the evaluations do not suffice or the
// function has no gradient around the point; the model is then as it was.
func (c *climber) curvature(by scheme) bool {
	c.free = c.free[:0]
	for i := range c.n {
		if c.differenced[i] = c.atBound(i) == 0; c.differenced[i] {
			c.free = append(c.free, i)
		}
	}
	c.known = false
	if c.spent(int(by) * len(c.free)) {
		return false
	}
	c.hessian.SetDiagonal(0)
	for _, i := range c.free {
		if !c.differences(i, by) {
			return false
		}
	}
	noise := c.symmetrize()
	c.known = by == central
	copy(c.hessianAt, c.x)
	c.adopt(noise)
	return true
}

// offsets of the two points of a difference, in steps: on both sides, or on one
// where the other is outside.
func offsets() [3][2]float64 {
	return [...][2]float64{{1, -1}, {1, 2}, {-1, -2}}
}

// differences sets row i of the Hessian by differences of the gradient.
func (c *climber) differences(i int, by scheme) bool {
	x := c.x[i]
	h := min(max(probeShare/math.Sqrt(c.model[i][i]), minProbe), maxProbe)
	h = min(h, (c.upper[i]-c.lower[i])/4)
	for range probeTries {
		for _, o := range offsets() {
			a, b := x+o[0]*h, x+o[1]*h
			if !c.probe(i, a, c.first) {
				continue
			}
			if by == forward {
				c.line(i, a-x)
				return true
			}
			if c.probe(i, b, c.second) {
				c.parabola(i, a-x, b-x)
				return true
			}
		}
		h /= 10
	}
	return false
}

// probe evaluates the gradient at x with coordinate i moved to v. It is not ok
// outside the bounds or the domain.
func (c *climber) probe(i int, v float64, grad []float64) (ok bool) {
	if v < c.lower[i] || v > c.upper[i] || v == c.x[i] {
		return false
	}
	copy(c.trial, c.x)
	c.trial[i] = v
	_, ok = c.evaluate(c.trial, grad)
	return ok
}

// line sets row i of the Hessian to the slope of the gradient between the best
// point and the first one beside it, at distance a.
func (c *climber) line(i int, a float64) {
	for _, j := range c.free {
		c.hessian[i][j] = (c.first[j] - c.grad[j]) / a
	}
}

// parabola sets row i of the Hessian to the derivative at the best point of the
// parabola through the gradient there and at the distances a and b.
func (c *climber) parabola(i int, a, b float64) {
	for _, j := range c.free {
		toA, toB := (c.first[j]-c.grad[j])/a, (c.second[j]-c.grad[j])/b
		c.hessian[i][j] = (toA*b - toB*a) / (b - a)
	}
}

// symmetrize replaces opposite elements of the Hessian by their mean and returns
// the greatest difference, which shows the size of errors.
func (c *climber) symmetrize() (noise float64) {
	for k, i := range c.free {
		for _, j := range c.free[:k] {
			a, b := c.hessian[i][j], c.hessian[j][i]
			noise = max(noise, math.Abs(a-b))
			c.hessian[i][j], c.hessian[j][i] = (a+b)/2, (a+b)/2
		}
	}
	return noise
}
