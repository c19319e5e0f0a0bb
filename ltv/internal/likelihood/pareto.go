package likelihood

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// pareto is the likelihood of Pareto/NBD. Integrated by parts, that of being
// alive at T or having left between t_x and T is
//
//	s β^s ∫ (1+u/α)^-(r+x) (β+u)^-(s+1) du  from t_x to infinity: left after t_x
//	+ (r+x)/α β^s ∫ (1+u/α)^-(r+x+1) (β+u)^-s du  from T to infinity
//
// both positive. Parameters are r, α, s and β.
type pareto struct{ r, alpha, s, beta float64 }

func (m *pareto) set(logs []float64, s *Sample, grad []float64) float64 {
	m.r, m.alpha, m.s, m.beta = math.Exp(logs[0]), math.Exp(logs[1]), math.Exp(logs[2]), math.Exp(logs[3])
	return s.rise(m.r, m.alpha, grad[:2])
}

func (m *pareto) late(x, t float64, d *slopes) float64 {
	v := m.tail(m.r+x+1, m.s, t, d)
	d[0] += m.r / (m.r + x)
	d[1] -= 1
	return v + math.Log((m.r+x)/m.alpha)
}

func (m *pareto) early(x, t float64, d *slopes) float64 {
	v := m.tail(m.r+x, m.s+1, t, d)
	d[2]++
	d[3]--
	return v + math.Log(m.s/m.beta)
}

// tail is the logarithm of ∫ (1+u/α)^-p (1+u/β)^-q du from t to infinity, with
// derivatives by the logarithms of r, α, s and β, r and s being in p and q.
func (m *pareto) tail(p, q, t float64, d *slopes) float64 {
	a, b := m.alpha+t, m.beta+t
	tail, ok := special.LogMills(p, q, a, b)
	logA, logB := math.Log1p(t/m.alpha), math.Log1p(t/m.beta)
	d[0] = m.r * (tail.DP - logA)
	d[1] = m.alpha*tail.DA + p*(t/a)
	d[2] = m.s * (tail.DQ - logB)
	d[3] = m.beta*tail.DB + q*(t/b)
	return special.OrNaN(tail.Log-p*logA-q*logB, ok)
}

// Pareto is the likelihood of Pareto/NBD, by ln r, ln α, ln s and ln β.
func Pareto(s *Sample, workers int) Function {
	return newSeparable(s, workers, func() split { return new(pareto) })
}
