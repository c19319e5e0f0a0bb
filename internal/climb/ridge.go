package climb

import "github.com/clientele-go/clientele/internal/matrix"

// A ridge is a value that rises ever more slowly in one direction, to a maximum
// far away or at infinity. Each step of a quadratic model along it is about as long
// as the one before, so longer ones are tried.
const (
	ridgeCosine = 0.9 // least cosine of the angle between two steps along one ridge
	ridgeShare  = 0.3 // of the last length, which steps near a maximum fall below
	ridgeStep   = 0.1 // shorter steps are not worth lengthening
	maxStretch  = 32  // of a step of the model
	maxRatio    = 3   // of the length to that of the step before
)

// lengthen stretches the proposed step where it continues the last one along a
// ridge, up to the first bound, and returns its length.
func (c *climber) lengthen(length float64) float64 {
	product, ours, last := matrix.Dot(c.step, c.previous), matrix.Norm(c.step), matrix.Norm(c.previous)
	if length < ridgeStep || last == 0 || ours < ridgeShare*last || product < ridgeCosine*ours*last {
		c.stretch = 1
		return length
	}
	c.stretch = min(2*c.stretch, maxStretch)
	t := min(c.stretch, max(1, maxRatio*matrix.Largest(c.previous)/length))
	for i, s := range c.step {
		switch {
		case s > 0:
			t = min(t, max(1, (c.upper[i]-c.x[i])/s))
		case s < 0:
			t = min(t, max(1, (c.lower[i]-c.x[i])/s))
		}
	}
	for i := range c.step {
		c.step[i] *= t
	}
	return t * length
}

// forget ends the ridge: the last trial failed.
func (c *climber) forget() {
	clear(c.previous)
	c.stretch = 1
}
