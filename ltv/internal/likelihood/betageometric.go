package likelihood

import "math"

// betaGeometric is the likelihood of BG/NBD and MBG/NBD: customers are alive at T,
// or left just after their last purchase. Parameters are r, α, a and b.
type betaGeometric struct {
	first          bool
	r, alpha, a, b float64
	odds           []float64 // by chances passed before the last: ln a/(B-1)
}

func (m *betaGeometric) set(logs []float64, s *Sample, grad []float64) float64 {
	m.r, m.alpha, m.a, m.b = math.Exp(logs[0]), math.Exp(logs[1]), math.Exp(logs[2]), math.Exp(logs[3])
	m.odds = m.odds[:0]
	for passed := range len(s.above) + 1 {
		m.odds = append(m.odds, math.Log(m.a/(m.b+float64(passed))))
	}
	return s.rise(m.r, m.alpha, grad[:2]) + s.betaRise(m.a, m.b, m.first, grad[2:])
}

func (m *betaGeometric) late(x, t float64, d *slopes) float64 { return silence(m.r, m.alpha, x, t, d) }

func (m *betaGeometric) early(x, t float64, d *slopes) float64 {
	passed := x // chances to drop out before the last
	if !m.first {
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

// BetaGeometric is the likelihood of BG/NBD, or of MBG/NBD where customers may drop out
// after the first purchase too, by ln r, ln α, ln a and ln b.
func BetaGeometric(s *Sample, first bool, workers int) Function {
	return newSeparable(s, workers, func() split { return &betaGeometric{first: first} })
}
