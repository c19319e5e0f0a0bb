package ltv

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// paretoSplit is the likelihood of [ParetoNBD]. Integrated by parts, that of being
// alive at T or having left between t_x and T is
//
//	s β^s ∫ (1+u/α)^-(r+x) (β+u)^-(s+1) du  from t_x to infinity: left after t_x
//	+ (r+x)/α β^s ∫ (1+u/α)^-(r+x+1) (β+u)^-s du  from T to infinity
//
// both positive. Parameters are r, α, s and β.
type paretoSplit struct{ r, alpha, s, beta float64 }

func (m *paretoSplit) set(logs []float64, s *sample, grad []float64) float64 {
	m.r, m.alpha, m.s, m.beta = math.Exp(logs[0]), math.Exp(logs[1]), math.Exp(logs[2]), math.Exp(logs[3])
	return s.rise(m.r, m.alpha, grad[:2])
}

func (m *paretoSplit) late(x, t float64, d *slopes) float64 {
	v := m.tail(m.r+x+1, m.s, t, d)
	d[0] += m.r / (m.r + x)
	d[1] -= 1
	return v + math.Log((m.r+x)/m.alpha)
}

func (m *paretoSplit) early(x, t float64, d *slopes) float64 {
	v := m.tail(m.r+x, m.s+1, t, d)
	d[2]++
	d[3]--
	return v + math.Log(m.s/m.beta)
}

// tail is the logarithm of ∫ (1+u/α)^-p (1+u/β)^-q du from t to infinity, with
// derivatives by the logarithms of r, α, s and β, r and s being in p and q.
func (m *paretoSplit) tail(p, q, t float64, d *slopes) float64 {
	a, b := m.alpha+t, m.beta+t
	tail, ok := special.LogMills(p, q, a, b)
	logA, logB := math.Log1p(t/m.alpha), math.Log1p(t/m.beta)
	d[0] = m.r * (tail.DP - logA)
	d[1] = m.alpha*tail.DA + p*(t/a)
	d[2] = m.s * (tail.DQ - logB)
	d[3] = m.beta*tail.DB + q*(t/b)
	return special.OrNaN(tail.Log-p*logA-q*logB, ok)
}

func (m ParetoNBD) family() family {
	return family{
		names:   namesOf(m.Parameters()),
		shapeOf: []int{-1, 0, -1, 2},
		leaving: 2,
		build:   func(v []float64) Estimable { return ParetoNBD{v[0], v[1], v[2], v[3]} },
		open: func(h *Sample, workers int) (*likelihood, error) {
			s, err := purchasingSample(h)
			if err != nil {
				return nil, err
			}
			p := newSeparable(new(paretoSplit), s, workers)
			lik := s.likelihood(p.at, p.purchasing, []float64{1, s.unit, 1, s.unit}, func(v []float64) [][]float64 {
				r, alpha := v[0], v[1]
				return [][]float64{{1.4 * r, alpha, 0.6, 0.4}, {r, alpha, 0.3, 1}, {2 * r, 1.5 * alpha, 1, 1}}
			})
			lik.rough = p.roughly(new(paretoSplit))
			return lik, nil
		},
	}
}

func (m NBD) family() family {
	return family{
		names:   namesOf(m.Parameters()),
		shapeOf: []int{-1, 0},
		leaving: -1,
		build:   func(v []float64) Estimable { return NBD{v[0], v[1]} },
		open: func(h *Sample, workers int) (*likelihood, error) {
			s, err := purchasingSample(h)
			if err != nil {
				return nil, err
			}
			p := newSeparable(nil, s, workers)
			return s.likelihood(p.purchasing, nil, []float64{1, s.unit}, func([]float64) [][]float64 {
				return [][]float64{{0.5, 0.5 * s.customers / s.repeats}}
			}), nil
		},
	}
}
