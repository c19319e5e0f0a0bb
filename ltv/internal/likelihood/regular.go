package likelihood

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// regular is the likelihood of BG/CNBD-k and MBG/CNBD-k, and for k = 1 that of
// BG/NBD and MBG/NBD. Which phase a customer is in depends on recency and T
// together, so it is not separable for k > 1. Parameters are r, α, a and b.
type regular struct {
	k              int
	first          bool
	r, alpha, a, b float64
}

func (m *regular) set(logs []float64, s *Sample, grad []float64) float64 {
	m.r, m.alpha, m.a, m.b = math.Exp(logs[0]), math.Exp(logs[1]), math.Exp(logs[2]), math.Exp(logs[3])
	var sum special.LogSum
	for i, n := range s.above {
		for l := range m.k {
			tick := m.r + float64(m.k*i+l)
			sum.Add(tick/m.alpha, n)
			grad[0] += n * m.r / tick
		}
	}
	grad[1] -= float64(m.k) * s.Repeats
	return sum.Value() + s.betaRise(m.a, m.b, m.first, grad[2:])
}

func (m *regular) row(x, recency, t, n float64, d []float64) float64 {
	shape, scale := m.r+float64(m.k)*x, m.alpha+t
	silent := math.Log1p(t / m.alpha)
	phases, byShape, byAlpha := m.phases(shape, (t-recency)/scale)
	odds, since := math.Inf(-1), 0.0
	if left := m.left(x); left > 0 {
		since = math.Log1p((t - recency) / (m.alpha + recency))
		odds = math.Log(m.a/left) + shape*since - math.Log(phases)
		dead := special.Logistic(odds)
		d[2] += n * dead
		d[3] -= n * dead * m.b / left
	}
	dead := special.Logistic(odds)
	d[0] += n * m.r * (dead*since + (1-dead)*byShape - silent)
	d[1] += n * (shape*t/scale - (1-dead)*byAlpha*m.alpha/scale + dead*shape*(m.alpha/scale-m.alpha/(m.alpha+recency)))
	return math.Log(phases) - shape*silent + special.Softplus(odds)
}

// left is B-1, by which the odds of having left just after the last purchase are
// a/(B-1); 0 where that was no chance to leave.
func (m *regular) left(x float64) float64 {
	switch {
	case m.first:
		return m.b + x
	case x > 0:
		return m.b + (x - 1)
	}
	return 0
}

// phases is the sum of the weights Γ(shape+j)/(Γ(shape) j!) v^j of the phases; of
// its logarithm, the derivatives by the shape and minus that by ln v.
func (m *regular) phases(shape, v float64) (sum, byShape, byAlpha float64) {
	weight, rise := 1.0, 0.0
	sum = 1
	for j := 1; j < m.k; j++ {
		before := shape + float64(j-1)
		weight *= before / float64(j) * v
		rise += 1 / before
		sum += weight
		byShape += weight * rise
		byAlpha += weight * float64(j)
	}
	return sum, byShape / sum, byAlpha / sum
}

// Regular is the likelihood of BG/CNBD-k, or of MBG/CNBD-k where customers may drop out
// after the first purchase too, by ln r, ln α, ln a and ln b.
func Regular(s *Sample, k int, first bool, workers int) Function {
	own := float64(k-1)*s.LogGaps - s.Repeats*special.LogRise(1, k-1) // of the gaps within a purchase
	return Function{At: newRowwise(&regular{k: k, first: first}, s, 4, workers).at, Offset: s.offset() + own}
}
