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
//	-ln B(pn, q) - pn ln(1+γ/z) - q ln(1+z/γ)
//
// The beta function is computed once for each n. One of the two logarithms is
// added up over customers, and gives the other by ln(1+z/γ) = ln(1+γ/z) + ln(z/γ),
// whose sum is known: in each group the one whose argument is small, so that
// nothing cancels where γ vanishes or grows.
type spendLikelihood struct {
	sample  *spendSample
	workers int
	sums    []spendSums // by piece
}

// spendSums are sums over customers; near is where γ is below a group's middle.
type spendSums struct {
	logs, ordersLogs  float64 // of ln(1+γ/z) where near and ln(1+z/γ) elsewhere, and times n
	rest, ordersShare float64 // of z/(γ+z), and of γ/(γ+z) times n
}

func newSpendLikelihood(s *spendSample, workers int) *spendLikelihood {
	return &spendLikelihood{sample: s, workers: workers, sums: make([]spendSums, pieces(len(s.totals)))}
}

// at returns the log-likelihood, without -Σ ln m, and sets its gradient.
func (l *spendLikelihood) at(logs, grad []float64) float64 {
	p, q, gamma := math.Exp(logs[0]), math.Exp(logs[1]), math.Exp(logs[2])
	clear(grad)
	value := 0.0
	for i := range l.sample.groups {
		g := &l.sample.groups[i]
		shape := p * g.orders
		apart := g.logs - g.customers*logs[2] // Σ ln(z/γ)
		value -= g.customers * special.LogBeta(shape, q)
		grad[0] -= g.customers * shape * special.LogBetaSlope(shape, q)
		grad[1] -= g.customers * q * special.LogBetaSlope(q, shape)
		if apart >= 0 {
			value -= q * apart
			grad[1] -= q * apart
		} else {
			value += shape * apart
			grad[0] += shape * apart
		}
	}
	inPieces(len(l.sample.totals), l.workers, func(piece, lo, hi int) {
		l.sums[piece] = l.sample.sum(lo, hi, gamma, logs[2])
	})
	for _, s := range l.sums {
		value -= p*s.ordersLogs + q*s.logs
		grad[0] -= p * s.ordersLogs
		grad[1] -= q * s.logs
		grad[2] += q*s.rest - p*s.ordersShare
	}
	return value
}

// sum adds up over a range of totals.
func (s *spendSample) sum(lo, hi int, gamma, logGamma float64) (out spendSums) {
	for i := sort.Search(len(s.groups), func(i int) bool { return s.groups[i].hi > lo }); lo < hi; i++ {
		g := &s.groups[i]
		end := min(hi, g.hi)
		near := g.logs >= g.customers*logGamma
		var logs log1pSum
		var big, small float64 // Σ 1/(1+v) and Σ v/(1+v)
		for row := lo; row < end; row++ {
			z, n := s.totals[row], s.counts[row]
			v := z / gamma
			if near {
				v = gamma / z
			}
			logs.add(v, n)
			u := n / (1 + v)
			big += u
			small += v * u
		}
		if near {
			big, small = small, big
		}
		log := logs.value()
		out.logs += log
		out.ordersLogs += g.orders * log
		out.ordersShare += g.orders * big
		out.rest += small
		lo = end
	}
	return out
}

// log1pSum adds up n·ln(1+v) over many v >= 0, as logSum does where that is exact.
type log1pSum struct {
	logSum
}

func (l *log1pSum) add(v, n float64) {
	const tiny, huge = 1e-3, 1e100
	if v < tiny || v > huge {
		l.sum += n * math.Log1p(v)
		return
	}
	l.logSum.add(1+v, n)
}

func (m GammaGamma) family() family {
	return family{
		names:   namesOf(m.Parameters()),
		shapeOf: []int{-1, -1, 1},
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

func (s *spendSample) likelihood(workers int) *likelihood {
	lik := &likelihood{
		at:        newSpendLikelihood(s, workers).at,
		units:     []float64{1, 1, s.unit},
		offset:    -s.logMeans,
		customers: s.customers,
		starts:    func([]float64) [][]float64 { return s.starts() },
	}
	return lik
}

var _ climb.Func

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
	x, y := sum[1]/sum[0], sum[2]/sum[0]
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
