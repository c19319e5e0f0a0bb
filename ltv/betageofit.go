package ltv

import "math"

// betaGeoSplit is the likelihood of [BGNBD] and [MBGNBD]: customers are alive at T,
// or left just after their last purchase. Parameters are r, α, a and b.
type betaGeoSplit struct {
	zero           bool
	r, alpha, a, b float64
	odds           []float64 // by chances passed before the last: ln a/(B-1)
}

func (m *betaGeoSplit) set(logs []float64, s *sample, grad []float64) float64 {
	m.r, m.alpha, m.a, m.b = math.Exp(logs[0]), math.Exp(logs[1]), math.Exp(logs[2]), math.Exp(logs[3])
	m.odds = m.odds[:0]
	for passed := range len(s.above) + 1 {
		m.odds = append(m.odds, math.Log(m.a/(m.b+float64(passed))))
	}
	return s.rise(m.r, m.alpha, grad[:2]) + s.betaRise(m.a, m.b, m.zero, grad[2:])
}

func (m *betaGeoSplit) late(x, t float64, d *slopes) float64 { return silence(m.r, m.alpha, x, t, d) }

func (m *betaGeoSplit) early(x, t float64, d *slopes) float64 {
	passed := x // chances to drop out before the last
	if !m.zero {
		passed--
	}
	if passed < 0 {
		*d = slopes{}
		return math.Inf(-1)
	}
	v := silence(m.r, m.alpha, x, t, d)
	d[2], d[3] = 1, -m.b/(m.b+passed) // not from B, where a tiny b would be lost
	return v + m.odds[int(passed)]
}

// silence is -(r+x) ln(1+t/α), and sets its derivatives by ln r and ln α.
func silence(r, alpha, x, t float64, d *slopes) float64 {
	log := math.Log1p(t / alpha)
	*d = slopes{-r * log, (r + x) * (t / (alpha + t))}
	return -(r + x) * log
}

// purchasing is the likelihood where nobody drops out, that of [NBD], by ln r and
// ln α.
func (p *separable) purchasing(logs, grad []float64) float64 {
	r, alpha := math.Exp(logs[0]), math.Exp(logs[1])
	clear(grad)
	value := p.sample.rise(r, alpha, grad)
	n := inPieces(len(p.lates), p.workers, func(piece, lo, hi int) {
		var sum partial
		var d slopes
		for _, l := range p.lates[lo:hi] {
			sum.value += l.n * silence(r, alpha, float64(l.x), l.t, &d)
			for k := range grad {
				sum.grad[k] += l.n * d[k]
			}
		}
		p.sums[piece] = sum
	})
	return value + p.collect(n, grad)
}

func (m BGNBD) family() family {
	return betaGeoFamily(m.Parameters(), false, func(v []float64) Estimable { return BGNBD{v[0], v[1], v[2], v[3]} })
}

func (m MBGNBD) family() family {
	return betaGeoFamily(m.Parameters(), true, func(v []float64) Estimable { return MBGNBD{v[0], v[1], v[2], v[3]} })
}

func betaGeoFamily(params []Parameter, zero bool, build func(v []float64) Estimable) family {
	return family{
		names:   namesOf(params),
		shapeOf: []int{-1, 0, -1, 2},
		leaving: 2,
		build:   build,
		open: func(h *Sample, workers int) (*likelihood, error) {
			s, err := purchasingSample(h)
			if err != nil {
				return nil, err
			}
			p := newSeparable(&betaGeoSplit{zero: zero}, s, workers)
			lik := s.likelihood(p.at, p.purchasing, []float64{1, s.unit, 1, 1}, func(v []float64) [][]float64 {
				r, alpha := v[0], v[1]
				if zero {
					return [][]float64{{1.5 * r, alpha / 2, 0.9, 1.6}, {r, alpha, 0.2, 2}, {3 * r, alpha, 0.7, 1.2}}
				}
				return [][]float64{{r, alpha / 2, 0.8, 2.5}, {r, alpha, 0.2, 2}}
			})
			lik.rough = p.roughly(&betaGeoSplit{zero: zero})
			return lik, nil
		},
	}
}

func namesOf(params []Parameter) []string {
	names := make([]string, len(params))
	for i, p := range params {
		names[i] = p.Name
	}
	return names
}
