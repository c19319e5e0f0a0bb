package likelihood

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// Starts returns parameters to start a climb from, with the moments of the logarithms of means. Over customers
// with n purchases these have a variance of ψ'(q) + ψ'(pn), nearly 1/q + 1/(pn): a
// line in 1/n, whose slope says how much of the variance is that of a customer's own
// purchases. Other shares are tried too.
func (s *SpendSample) Starts() (all [][]float64) {
	if thin, ok := s.thinned(); ok {
		s = thin
	}
	var n, x, y, xx, xy float64 // sums over customers of 1, 1/n, (ln m)² and products
	for _, g := range s.groups {
		inverse := 1 / g.orders
		for row := g.lo; row < g.hi; row++ {
			log := math.Log(s.totals[row] * inverse)
			n += s.counts[row]
			x += s.counts[row] * inverse
			y += s.counts[row] * log * log
			xx += s.counts[row] * inverse * inverse
			xy += s.counts[row] * inverse * log * log
		}
	}
	const least = 1e-12 // of a variance: shapes beyond 1e12 are as good as infinite
	x, y, xx, xy = x/n, max(y/n, least), xx/n, xy/n
	within := (xy - x*y) / (xx - x*x) * x / y
	for _, share := range []float64{within, 0.2, 0.5, 0.8} {
		if !(share > 0.01 && share < 0.99) {
			continue
		}
		p, q := shapeOfVariance(share*y/x), shapeOfVariance((1-share)*y)
		all = append(all, []float64{p, q, q / p * math.Exp(0.5*x/p-0.5/q)})
	}
	return all
}

// shapeOfVariance solves 1/s + 1/(2s²) = v, where the left side is nearly ψ'(s).
func shapeOfVariance(v float64) float64 { return (1 + math.Sqrt(1+2*v)) / (2 * v) }

// Repeaters returns how many customers have two purchases or more.
func (s *SpendSample) Repeaters() (n float64) {
	for _, g := range s.groups {
		if g.orders > 1 {
			n += g.customers
		}
	}
	return n
}

// Spent are the purchases and the money of all customers.
func (s *SpendSample) Spent() (purchases, money float64) {
	for _, g := range s.groups {
		purchases += g.orders * g.customers
		for row := g.lo; row < g.hi; row++ {
			money += s.counts[row] * s.totals[row]
		}
	}
	return purchases, money * s.Unit
}

// Depends reports whether a correlation is of a size that matters and significant
// at 1 %, by Fisher's transformation: over customers without any, atanh(r) has a
// variance of 1/(customers-3).
func (s *SpendSample) Depends(r float64) bool {
	const matters, level = 0.1, 0.01
	return math.Abs(r) > matters && s.Customers > 3 &&
		math.Abs(math.Atanh(r))*math.Sqrt(s.Customers-3) > special.NormalQuantile(1-level/2)
}

// Correlation returns that of the number of purchases and their mean over customers; 0
// where either does not vary.
func (s *SpendSample) Correlation() float64 {
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
	orders /= s.Customers
	means /= s.Customers
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
