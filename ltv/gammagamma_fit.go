package ltv

import (
	"math"

	"github.com/clientele-go/clientele/internal/climb"
)

func (m GammaGamma) family() family {
	return family{
		names:   namesOf(m.Parameters()),
		shapeOf: []int{-1, -1, 1},
		lone:    []loneShape{{0, "p grows without bound as gamma vanishes: a customer's purchases do not differ"}},
		leaving: -1,
		build:   func(v []float64) Estimable { return GammaGamma{v[0], v[1], v[2]} },
		open: func(h *Sample, workers int) (*likelihood, error) {
			s, err := newSpendSample(h.spends, workers)
			if err != nil {
				return nil, err
			}
			return s.likelihood(workers), nil
		},
	}
}

// likelihood describes the likelihood of the sample. That of large data is climbed on
// a thinned sample first.
func (s *spendSample) likelihood(workers int) *likelihood {
	lik := &likelihood{
		at:        newSpendLikelihood(s, workers).at,
		starts:    func([]float64) [][]float64 { return s.starts() },
		units:     []float64{1, 1, s.unit},
		offset:    -s.logMeans,
		customers: s.customers,
		warnings:  s.warnings(),
	}
	if thin, ok := s.thinned(); ok {
		lik.starts = func([]float64) [][]float64 { return thin.starts() }
		lik.rough = func() climb.Func {
			return scaled(newSpendLikelihood(thin, workers).at, s.customers/thin.customers)
		}
	}
	return lik
}

// starts are parameters with the moments of the logarithms of means. Over customers
// with n purchases these have a variance of ψ'(q) + ψ'(pn), nearly 1/q + 1/(pn): a
// line in 1/n, whose slope says how much of the variance is that of a customer's own
// purchases. Other shares are tried too.
func (s *spendSample) starts() (all [][]float64) {
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
