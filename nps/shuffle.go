package nps

import "math/rand/v2"

// shuffler deals answers out over periods, as chance would.
type shuffler struct {
	rng      *rand.Rand
	rows     []Attitudes
	up, down []float64
}

// shuffle deals the answers of all rows out anew over rows of the same sizes: the
// distribution is the multivariate hypergeometric one. The result is valid until the
// next deal.
func (d *shuffler) shuffle(rows []Attitudes) []Attitudes {
	var rest Attitudes
	for _, g := range rows {
		rest = rest.and(g)
	}
	d.rows = d.rows[:0]
	for _, g := range rows {
		n := g.N()
		var dealt Attitudes
		dealt.Promoters = d.drawHypergeometric(rest.Promoters, rest.Passives+rest.Detractors, n)
		dealt.Passives = d.drawHypergeometric(rest.Passives, rest.Detractors, n-dealt.Promoters)
		dealt.Detractors = n - dealt.Promoters - dealt.Passives
		rest.Promoters -= dealt.Promoters
		rest.Passives -= dealt.Passives
		rest.Detractors -= dealt.Detractors
		d.rows = append(d.rows, dealt)
	}
	return d.rows
}

// drawHypergeometric returns how many of n that are drawn without putting back are good: hypergeometric,
// by inversion of probabilities that are relative to that of the mode. Those below
// 1e-17 of it are left out. Time grows with the standard deviation.
func (d *shuffler) drawHypergeometric(good, bad, n uint64) uint64 {
	least, most := n-min(bad, n), min(good, n)
	if least == most {
		return least
	}
	g, b, m := float64(good), float64(bad), float64(n)
	mode := min(max(uint64((m+1)*(g+1)/(g+b+2)), least), most)

	const negligible = 1e-17
	sum, weight := 1.0, 1.0
	d.up, d.down = d.up[:0], d.down[:0]
	for x := mode; x < most && weight > negligible; x++ {
		k := float64(x)
		weight *= (g - k) * (m - k) / ((k + 1) * (b - m + k + 1))
		d.up = append(d.up, weight)
		sum += weight
	}
	weight = 1
	for x := mode; x > least && weight > negligible; x-- {
		k := float64(x)
		weight *= k * (b - m + k) / ((g - k + 1) * (m - k + 1))
		d.down = append(d.down, weight)
		sum += weight
	}

	u := d.rng.Float64()*sum - 1 // the mode first
	if u < 0 {
		return mode
	}
	for i := range max(len(d.up), len(d.down)) {
		if i < len(d.up) {
			if u -= d.up[i]; u < 0 {
				return mode + uint64(i) + 1
			}
		}
		if i < len(d.down) {
			if u -= d.down[i]; u < 0 {
				return mode - uint64(i) - 1
			}
		}
	}
	return mode // u was within rounding of the whole sum
}

// and returns the numbers of both.
func (g Attitudes) and(o Attitudes) Attitudes {
	return Attitudes{g.Detractors + o.Detractors, g.Passives + o.Passives, g.Promoters + o.Promoters}
}
