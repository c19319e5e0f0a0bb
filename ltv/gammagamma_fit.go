package ltv

import (
	"math"
	"sort"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/special"
)

// spendLikelihood is the likelihood of [GammaGamma] by ln p, ln q and ln γ. With z =
// nm a customer has, but for -ln m, the logarithm of the density of z/(γ+z), which
// is Beta(pn, q):
//
//	-ln B(pn, q) - pn ln((γ+z)/z) - q ln((γ+z)/γ)
//
// The beta function is computed once for each n. A customer costs a product, since
// logarithms of products are taken, and a division.
type spendLikelihood struct {
	sample  *spendSample
	workers int
	gamma   float64
	bases   []spendBase // by group
	sums    []spendSums // by piece
}

// spendBase says which logarithm a group adds up over customers, and what makes
// ln((γ+z)/z) and ln((γ+z)/γ) of it.
type spendBase struct {
	kind        spendKind
	toZ, toRate float64
}

// spendKind is chosen so that nothing cancels where γ vanishes or grows without bound.
type spendKind int8

const (
	plain     spendKind = iota // ln(γ+z)
	vanishing                  // ln(1+γ/z)
	vast                       // ln(1+z/γ)
)

// spendSums are sums over customers: of the logarithms of their bases and of
// z/(γ+z), and of n times the former and n times γ/(γ+z).
type spendSums struct{ logs, rest, ordersLogs, ordersShare float64 }

func newSpendLikelihood(s *spendSample, workers int) *spendLikelihood {
	return &spendLikelihood{
		sample: s, workers: workers,
		bases: make([]spendBase, len(s.groups)), sums: make([]spendSums, pieces(len(s.totals))),
	}
}

// at returns the log-likelihood, without -Σ ln m, and sets its gradient.
func (l *spendLikelihood) at(logs, grad []float64) (value float64) {
	p, q := math.Exp(logs[0]), math.Exp(logs[1])
	l.gamma = math.Exp(logs[2])
	clear(grad)
	for i := range l.sample.groups {
		g := &l.sample.groups[i]
		base := g.base(logs[2])
		l.bases[i] = base
		shape := p * g.orders
		value -= g.customers*special.LogBeta(shape, q) + shape*base.toZ + q*base.toRate
		grad[0] -= shape * (g.customers*special.LogBetaSlope(shape, q) + base.toZ)
		grad[1] -= q * (g.customers*special.LogBetaSlope(q, shape) + base.toRate)
	}
	inPieces(len(l.sample.totals), l.workers, func(piece, lo, hi int) { l.sums[piece] = l.sum(lo, hi) })
	for _, s := range l.sums {
		value -= p*s.ordersLogs + q*s.logs
		grad[0] -= p * s.ordersLogs
		grad[1] -= q * s.logs
		grad[2] += q*s.rest - p*s.ordersShare
	}
	return value
}

// base is the base of a group.
func (g *spendGroup) base(logGamma float64) spendBase {
	const far = 7 // of logarithms: a factor of 1000
	gammas := g.customers * logGamma
	switch apart := (g.logs - gammas) / g.customers; {
	case apart > far:
		return spendBase{vanishing, 0, g.logs - gammas}
	case apart < -far:
		return spendBase{vast, gammas - g.logs, 0}
	}
	return spendBase{plain, -g.logs, -gammas}
}

// sum adds up over a range of totals.
func (l *spendLikelihood) sum(lo, hi int) (out spendSums) {
	s := l.sample
	for i := sort.Search(len(s.groups), func(i int) bool { return s.groups[i].hi > lo }); lo < hi; i++ {
		end := min(hi, s.groups[i].hi)
		totals, counts := s.totals[lo:end], s.counts[lo:end]
		var log, rest, share float64
		if kind := l.bases[i].kind; kind == plain {
			log, rest, share = sumPlain(totals, counts, l.gamma)
		} else {
			log, rest, share = sumFar(totals, counts, l.gamma, kind)
		}
		orders := s.groups[i].orders
		out.logs += log
		out.rest += rest
		out.ordersLogs += orders * log
		out.ordersShare += orders * share
		lo = end
	}
	return out
}

// sumPlain adds up ln(γ+z), z/(γ+z) and γ/(γ+z).
func sumPlain(totals, counts []float64, gamma float64) (log, rest, share float64) {
	var logs logSum
	var inverse, customers float64
	for i, z := range totals {
		n := counts[i]
		logs.add(gamma+z, n)
		inverse += n / (gamma + z)
		customers += n
	}
	share = gamma * inverse
	return logs.value(), customers - share, share
}

// sumFar adds up the logarithm of the kind, z/(γ+z) and γ/(γ+z).
func sumFar(totals, counts []float64, gamma float64, kind spendKind) (log, rest, share float64) {
	for i, z := range totals {
		n := counts[i]
		rest += n * (z / (gamma + z))
		share += n * (gamma / (gamma + z))
		if kind == vanishing {
			log += n * math.Log1p(gamma/z)
		} else {
			log += n * math.Log1p(z/gamma)
		}
	}
	return log, rest, share
}

func (m GammaGamma) family() family {
	return family{
		names:   namesOf(m.Parameters()),
		shapeOf: []int{-1, -1, 1},
		lone:    []loneShape{{0, "p grows without bound as gamma vanishes: a customer's purchases do not differ"}},
		leaving: -1,
		build:   func(v []float64) Estimable { return GammaGamma{v[0], v[1], v[2]} },
		open: func(h *Histories, workers int) (*likelihood, error) {
			s, err := newSpendSample(h.spends, workers)
			if err != nil {
				return nil, err
			}
			return s.likelihood(workers), nil
		},
	}
}

// likelihood describes the likelihood of the sample. That of large data is first
// climbed on a part of the sample.
func (s *spendSample) likelihood(workers int) *likelihood {
	part, share := s.part(roughRows)
	lik := &likelihood{
		at:        newSpendLikelihood(s, workers).at,
		starts:    func([]float64) [][]float64 { return part.starts() },
		units:     []float64{1, 1, s.unit},
		offset:    -s.logMeans,
		customers: s.customers,
		warnings:  s.warnings(),
	}
	if share < 1 {
		lik.rough = func() climb.Func { return scaled(newSpendLikelihood(part, workers).at, 1/share) }
	}
	return lik
}

// roughRows are enough to come near the maximum.
const roughRows = 8192

// scaled is a multiple of a function.
func scaled(f climb.Func, by float64) climb.Func {
	return func(x, grad []float64) float64 {
		value := f(x, grad)
		for i := range grad {
			grad[i] *= by
		}
		return value * by
	}
}

// starts are parameters with the moments of the logarithms of means. These have,
// over customers with n purchases, a variance of ψ'(q) + ψ'(pn), nearly 1/q + 1/(pn):
// a line in 1/n.
func (s *spendSample) starts() [][]float64 {
	var sum [5]float64
	for _, g := range s.groups {
		x := 1 / g.orders
		for row := g.lo; row < g.hi; row++ {
			n, log := s.counts[row], math.Log(s.totals[row]*x)
			y := log * log
			sum[0] += n
			sum[1] += n * x
			sum[2] += n * y
			sum[3] += n * x * x
			sum[4] += n * x * y
		}
	}
	x, y := sum[1]/sum[0], max(sum[2]/sum[0], 1e-12)
	across := (sum[4]/sum[0] - x*y) / (sum[3]/sum[0] - x*x) * x / y // share of the variance within customers
	var all [][]float64
	for _, share := range []float64{across, 0.2, 0.5, 0.8} {
		if !(share > 0.01 && share < 0.99) {
			continue
		}
		p, q := shapeOfVariance(share*y/x), shapeOfVariance((1-share)*y)
		all = append(all, []float64{p, q, q / p * math.Exp(-0.5/q+0.5*x/p)})
	}
	return all
}

// shapeOfVariance solves 1/s + 1/(2s²) = v, which is close to ψ'(s) = v.
func shapeOfVariance(v float64) float64 { return (1 + math.Sqrt(1+2*v)) / (2 * v) }
