package climb

// stride notices a ridge: a value that rises ever more slowly in one direction,
// to a maximum far away or at infinity. There each step of a quadratic model is
// about as long as the one before, so longer ones are tried.
type stride struct {
	previous []float64 // the last step made, zero if the last trial failed
	factor   float64   // by which the last step was lengthened, 0 for 1
}

const (
	ridgeCosine    = 0.9 // of the angle between two steps along one ridge
	ridgeShare     = 0.3 // of the last length, which steps near a maximum fall below
	ridgeStep      = 0.1 // shorter steps are not worth lengthening
	maxLengthening = 32  // of a step by the model
	maxStretch     = 3   // of the step made before
)

// lengthen stretches the proposed step where it continues the last one along a
// ridge, up to the first bound, and returns its length.
func (c *climber) lengthen(length float64) float64 {
	product, ours, last := dot(c.step, c.previous), norm(c.step), norm(c.previous)
	if length < ridgeStep || product < ridgeCosine*ours*last || ours < ridgeShare*last || last == 0 {
		c.factor = 1
		return length
	}
	c.factor = min(2*max(1, c.factor), maxLengthening)
	t := min(c.factor, max(1, maxStretch*largest(c.previous)/length))
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

func (s *stride) forget() {
	clear(s.previous)
	s.factor = 1
}

func (c *climber) remember() {
	copy(c.previous, c.step)
}
