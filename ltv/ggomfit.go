package ltv

import (
	"math"

	"github.com/clientele-go/clientele/internal/climb"
)

// gompertzTerm is the likelihood of [GGomNBD]: customers are alive at T, or left
// between t_x and T. Parameters are r, α, b, s and β.
type gompertzTerm struct {
	r, alpha float64
	life     gompertzLife
}

func (m *gompertzTerm) set(logs []float64, s *sample, grad []float64) float64 {
	m.r, m.alpha = math.Exp(logs[0]), math.Exp(logs[1])
	m.life = gompertzLife{math.Exp(logs[2]), math.Exp(logs[3]), math.Exp(logs[4])}
	return s.rise(m.r, m.alpha, grad[:2])
}

func (m *gompertzTerm) row(x, recency, t, n float64, d []float64) float64 {
	staying := m.life.staying(m.r+x, m.alpha)
	live := staying.at(t)
	m.slope(&staying, &live.gompertzSlopes, n, d)

	last, further := staying.at(recency), m.life.at(recency)
	ending := further.ending(m.r+x, m.alpha+recency)
	sum, ok := ending.integrate(t - recency)
	if sum.mass == 0 {
		return orNaN(live.value, ok)
	}
	odds := last.value + further.logHazard() + sum.logMass() - live.value // of having left
	left := n * logistic(odds)
	m.slope(&staying, &live.gompertzSlopes, -left, d)
	m.slope(&staying, &last.gompertzSlopes, left, d)
	m.slopeAfter(&ending, &last, sum.mean(), left, d)
	return orNaN(live.value+softplus(odds), ok)
}

// slopeAfter adds the derivatives of the logarithm of the hazard after the last
// purchase times an integral from there on, in which α and β are those of the age
// then: α+t_x and 1+(β-1)e^(-b t_x).
func (m *gompertzTerm) slopeAfter(g *gompertzIntegrand, last *gompertzPoint, s gompertzSlopes, weight float64, d []float64) {
	byBeta := g.q*s.lost - 1
	d[0] -= weight * m.r * s.logAge
	d[1] += weight * g.p * s.age * (m.alpha / g.alpha)
	d[2] += weight * (1 + s.growth - byBeta*m.life.b*last.u*(1-1/last.beta))
	d[3] += weight * (1 - m.life.s*s.log)
	d[4] += weight * byBeta * (1 - last.lost)
}

// slope adds the derivatives of an integrand's logarithm with a weight.
func (m *gompertzTerm) slope(g *gompertzIntegrand, s *gompertzSlopes, weight float64, d []float64) {
	d[0] -= weight * m.r * s.logAge
	d[1] += weight * g.p * s.age
	d[2] += weight * s.growth
	d[3] -= weight * m.life.s * s.log
	d[4] += weight * g.q * s.lost
}

func (m GGomNBD) family() family {
	return family{
		names:   namesOf(m.Parameters()),
		shapeOf: []int{-1, 0, -1, -1, 3},
		leaving: 3,
		build:   func(v []float64) Estimable { return GGomNBD{v[0], v[1], v[2], v[3], v[4]} },
		open:    openGompertz,
	}
}

func openGompertz(h *Sample, workers int) (*likelihood, error) {
	s, err := purchasingSample(h)
	if err != nil {
		return nil, err
	}
	p := newRowwise(new(gompertzTerm), s, 5, workers)
	lik := s.likelihood(p.at, nil, []float64{1, s.unit, 1 / s.unit, 1, 1}, gompertzStarts)
	if thin, ok := s.thinned(); ok {
		lik.rough = func() climb.Func {
			return scaled(newRowwise(new(gompertzTerm), thin, 5, workers).at, s.customers/thin.customers)
		}
	}
	lik.edge = &edge{name: ParetoNBD{}.Name(), family: ParetoNBD{}.family(), rate: 2, scale: 4}
	lik.edge.lik, err = lik.edge.family.open(h, workers)
	return lik, err
}

// gompertzStarts are one on each side of what the family can be, given the
// parameters of the likeliest Pareto/NBD: lifetimes that age slowly, and sudden
// leaving at a constant rate from some age on. The likelihood may have a maximum on
// both.
func gompertzStarts(v []float64) [][]float64 {
	r, alpha, s, beta := v[0], v[1], v[2], v[3]
	if s == 0 {
		s, beta = 0.5, 5
	}
	return [][]float64{
		{r, alpha, 1, s, beta * math.Expm1(1)}, // as many stay to age 1
		{r, alpha, 10, 0.1, 100},
	}
}
