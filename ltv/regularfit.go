package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

// regularTerm is the likelihood of [BGCNBD] and [MBGCNBD], and for k = 1 that of
// [BGNBD] and [MBGNBD]. Which phase a customer is in depends on recency and T
// together, so it is not separable for k > 1. Parameters are r, α, a and b.
type regularTerm struct {
	k              int
	zero           bool
	r, alpha, a, b float64
}

func (m *regularTerm) set(logs []float64, s *sample, grad []float64) float64 {
	m.r, m.alpha, m.a, m.b = math.Exp(logs[0]), math.Exp(logs[1]), math.Exp(logs[2]), math.Exp(logs[3])
	var sum special.LogSum
	for i, n := range s.above {
		for l := range m.k {
			tick := m.r + float64(m.k*i+l)
			sum.Add(tick/m.alpha, n)
			grad[0] += n * m.r / tick
		}
	}
	grad[1] -= float64(m.k) * s.repeats
	return sum.Value() + s.betaRise(m.a, m.b, m.zero, grad[2:])
}

func (m *regularTerm) row(x, recency, t, n float64, d []float64) float64 {
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
func (m *regularTerm) left(x float64) float64 {
	switch {
	case m.zero:
		return m.b + x
	case x > 0:
		return m.b + (x - 1)
	}
	return 0
}

// phases is the sum of the weights Γ(shape+j)/(Γ(shape) j!) v^j of the phases; of
// its logarithm, the derivatives by the shape and minus that by ln v.
func (m *regularTerm) phases(shape, v float64) (sum, byShape, byAlpha float64) {
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

func (m BGCNBD) family() family {
	return regularFamily(m.Parameters(), m.K, false, func(k int, v []float64) Estimable { return BGCNBD{k, v[0], v[1], v[2], v[3]} })
}

func (m MBGCNBD) family() family {
	return regularFamily(m.Parameters(), m.K, true, func(k int, v []float64) Estimable { return MBGCNBD{k, v[0], v[1], v[2], v[3]} })
}

func regularFamily(params []Parameter, k int, zero bool, build func(k int, v []float64) Estimable) family {
	if k == 0 {
		f := regularFamily(params, 1, zero, build)
		f.variant = func(i int) (family, bool) { return regularFamily(params, i+1, zero, build), i < kernel.MaxK }
		return f
	}
	return family{
		names:   namesOf(params),
		shapeOf: []int{-1, 0, -1, 2},
		leaving: 2,
		build:   func(v []float64) Estimable { return build(k, v) },
		open: func(h *Sample, workers int) (*likelihood, error) {
			if k < 1 || k > kernel.MaxK {
				return nil, &clientele.InputError{Index: -1, Field: "K", Value: k, Err: clientele.ErrRange}
			}
			s, err := purchasingSample(h)
			if err != nil {
				return nil, err
			}
			p := newRowwise(&regularTerm{k: k, zero: zero}, s, 4, workers)
			kf := float64(k)
			lik := s.likelihood(p.at, nil, []float64{1, s.unit, 1, 1}, func(v []float64) [][]float64 {
				r, alpha := v[0], v[1]
				return [][]float64{{r, alpha / 2, 0.6, 2}, {r, alpha, 0.2, 2}, {2 * r, alpha, 0.5, 1}}
			})
			lik.offset += (kf-1)*s.logGaps - s.repeats*special.LogRise(1, k-1)
			return lik, nil
		},
	}
}
