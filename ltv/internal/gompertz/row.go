package gompertz

import (
	"github.com/clientele-go/clientele/internal/special"
)

// Row is the likelihood of one history by the GGom/NBD model: the customer is alive at
// T, or left between t_x and T.
type Row struct {
	R, Alpha float64
	Life     Life
}

// LogLik returns the logarithm of
//
//	(1+T/α)^-(r+x) S(T) + ∫ (1+u/α)^-(r+x) f(u) du, u = t_x … T
//
// and adds n times its derivatives by the logarithms of r, α, b, s and β to d.
func (m *Row) LogLik(x, recency, t, n float64, d []float64) float64 {
	staying := m.Life.staying(m.R+x, m.Alpha)
	live := staying.at(t)
	last, further := staying.at(recency), m.Life.at(recency)
	ending := further.ending(m.R+x, m.Alpha+recency)
	sum, ok := ending.integrate(t - recency)
	if sum.mass == 0 {
		m.slope(&staying, &live.slopes, n, d)
		return special.OrNaN(live.value, ok)
	}
	ended := last.value + further.logHazard() + sum.logMass()
	left := n * special.Logistic(ended-live.value)
	m.slope(&staying, &live.slopes, n*special.Logistic(live.value-ended), d)
	m.slope(&staying, &last.slopes, left, d)
	m.slopeAfter(&ending, &last, sum.mean(), left, d)
	return special.OrNaN(special.LogAddTo(live.value, ended), ok)
}

// slopeAfter adds the derivatives of the logarithm of the hazard after the last
// purchase times an integral from there on, in which α and β are those of the age
// then: α+t_x and 1+(β-1)e^(-b t_x).
func (m *Row) slopeAfter(g *integrand, last *point, s slopes, weight float64, d []float64) {
	byBeta := g.q*s.lost - 1
	d[0] -= weight * m.R * s.logAge
	d[1] += weight * g.p * s.age * (m.Alpha / g.alpha)
	d[2] += weight * (1 + s.growth - byBeta*m.Life.B*last.u*(1-1/last.beta))
	d[3] += weight * (1 - m.Life.S*s.log)
	d[4] += weight * byBeta * (1 - last.lost)
}

// slope adds the derivatives of an integrand's logarithm with a weight.
func (m *Row) slope(g *integrand, s *slopes, weight float64, d []float64) {
	d[0] -= weight * m.R * s.logAge
	d[1] += weight * g.p * s.age
	d[2] += weight * s.growth
	d[3] -= weight * m.Life.S * s.log
	d[4] += weight * g.q * s.lost
}
