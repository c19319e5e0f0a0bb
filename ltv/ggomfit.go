package ltv

import "math"

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
	ending, staying := m.life.ending(m.r+x, m.alpha), m.life.staying(m.r+x, m.alpha)
	live := staying.at(t)
	m.slope(&staying, &live.gompertzSlopes, n, d)
	ended, ok := ending.integrate(recency, t)
	if ended.mass == 0 {
		return orNaN(live.value, ok)
	}
	odds := m.life.logHazard() + ended.logMass() - live.value // of having left
	left, mean := n*logistic(odds), ended.mean()
	m.slope(&staying, &live.gompertzSlopes, -left, d)
	m.slope(&ending, &mean, left, d)
	d[2] += left
	d[3] += left
	d[4] -= left
	return orNaN(live.value+softplus(odds), ok)
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

func openGompertz(h *Histories, workers int) (*likelihood, error) {
	s, err := purchasingSample(h)
	if err != nil {
		return nil, err
	}
	p := newRowwise(new(gompertzTerm), s, 5, workers)
	lik := s.likelihood(p.at, nil, []float64{1, s.unit, 1 / s.unit, 1, 1}, gompertzStarts)
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
