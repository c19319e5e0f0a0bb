package nps

import "math/rand/v2"

// shuffler divides answers among groups or periods anew, as chance would.
type shuffler struct {
	rng      *rand.Rand
	rows     []Attitudes
	up, down []float64
}

// shuffle divides the answers of all rows anew among rows of the same sizes: the
// distribution is the multivariate hypergeometric one. The result is valid until the
// next call.
func (s *shuffler) shuffle(rows []Attitudes) []Attitudes {
	var rest Attitudes
	for _, g := range rows {
		rest = rest.and(g)
	}
	s.rows = s.rows[:0]
	for _, g := range rows {
		n := g.N()
		var drawn Attitudes
		drawn.Promoters = s.drawHypergeometric(rest.Promoters, rest.Passives+rest.Detractors, n)
		drawn.Passives = s.drawHypergeometric(rest.Passives, rest.Detractors, n-drawn.Promoters)
		drawn.Detractors = n - drawn.Promoters - drawn.Passives
		rest.Promoters -= drawn.Promoters
		rest.Passives -= drawn.Passives
		rest.Detractors -= drawn.Detractors
		s.rows = append(s.rows, drawn)
	}
	return s.rows
}

// drawHypergeometric returns how many are good among n that are drawn without putting
// back. It inverts probabilities relative to that of the mode, and leaves out those below
// 1e-17 of it. Time grows with the standard deviation.
func (s *shuffler) drawHypergeometric(good, bad, n uint64) uint64 {
	least, most := n-min(bad, n), min(good, n)
	if least == most {
		return least
	}
	g, b, m := float64(good), float64(bad), float64(n)
	mode := min(max(uint64((m+1)*(g+1)/(g+b+2)), least), most)

	const negligible = 1e-17
	sum, weight := 1.0, 1.0
	s.up, s.down = s.up[:0], s.down[:0]
	for x := mode; x < most && weight > negligible; x++ {
		k := float64(x)
		weight *= (g - k) * (m - k) / ((k + 1) * (b - m + k + 1))
		s.up = append(s.up, weight)
		sum += weight
	}
	weight = 1
	for x := mode; x > least && weight > negligible; x-- {
		k := float64(x)
		weight *= k * (b - m + k) / ((g - k + 1) * (m - k + 1))
		s.down = append(s.down, weight)
		sum += weight
	}

	u := s.rng.Float64()*sum - 1 // the mode first
	if u < 0 {
		return mode
	}
	for i := range max(len(s.up), len(s.down)) {
		if i < len(s.up) {
			if u -= s.up[i]; u < 0 {
				return mode + uint64(i) + 1
			}
		}
		if i < len(s.down) {
			if u -= s.down[i]; u < 0 {
				return mode - uint64(i) - 1
			}
		}
	}
	return mode // u was within rounding of the whole sum
}
