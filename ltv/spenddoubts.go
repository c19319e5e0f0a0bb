package ltv

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// warnings are the doubts about spend data.
func (s *spendSample) warnings() (all []Warning) {
	repeaters := 0.0
	for _, g := range s.groups {
		if g.orders > 1 {
			repeaters += g.customers
		}
	}
	if repeaters < fewRepeaters {
		all = append(all, warn(FewRepeats, "", repeaters,
			"%v of %v customers have two purchases or more; only they show how the purchases of one customer differ", repeaters, s.customers))
	}
	if r := s.correlation(); s.depends(r) {
		all = append(all, warn(SpendDepends, "", r, "the correlation of frequency and mean spend is %.2f", r))
	}
	return all
}

// depends reports whether a correlation is of a size that matters and significant
// at 1 %, by Fisher's transformation: over customers without any, atanh(r) has a
// variance of 1/(customers-3).
func (s *spendSample) depends(r float64) bool {
	const matters, level = 0.1, 0.01
	return math.Abs(r) > matters && s.customers > 3 &&
		math.Abs(math.Atanh(r))*math.Sqrt(s.customers-3) > special.NormalQuantile(1-level/2)
}

// correlation is that of the number of purchases and their mean over customers; 0
// where either does not vary.
func (s *spendSample) correlation() float64 {
	most := 0.0 // the largest mean, by which they are divided for the sake of squares
	for _, g := range s.groups {
		most = max(most, s.totals[g.hi-1]/g.orders)
	}
	var orders, means float64
	sums := make([]float64, len(s.groups))
	for i, g := range s.groups {
		for row := g.lo; row < g.hi; row++ {
			sums[i] += s.counts[row] * s.totals[row]
		}
		sums[i] /= g.orders * most
		orders += g.customers * g.orders
		means += sums[i]
	}
	orders /= s.customers
	means /= s.customers
	var oo, om, mm float64
	for i, g := range s.groups {
		off := g.orders - orders
		oo += g.customers * off * off
		om += off * (sums[i] - g.customers*means)
		for row := g.lo; row < g.hi; row++ {
			apart := s.totals[row]/(g.orders*most) - means
			mm += s.counts[row] * apart * apart
		}
	}
	if oo == 0 || mm == 0 {
		return 0
	}
	return om / math.Sqrt(oo*mm)
}
