package likelihood

import (
	"math"
	"sort"

	"github.com/clientele-go/clientele/internal/climb"
	"github.com/clientele-go/clientele/internal/special"
)

// spendLikelihood is the likelihood of Gamma-Gamma by ln p, ln q and ln γ. With z =
// nm a customer has, but for -ln m, the logarithm of the density of z/(γ+z), which
// is Beta(pn, q):
//
//	-ln B(pn, q) - pn ln((γ+z)/z) - q ln((γ+z)/γ)
//
// The beta function is computed once for each n. A customer costs a product, since
// logarithms of products are taken, and a division.
type spendLikelihood struct {
	sample  *SpendSample
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
	rateMiddling spendKind = iota // ln(γ+z)
	rateSmall                     // ln(1+γ/z)
	rateLarge                     // ln(1+z/γ)
)

// spendSums are sums over customers: of the logarithms of their bases and of
// z/(γ+z), and of n times the former and n times γ/(γ+z).
type spendSums struct{ logs, rest, ordersLogs, ordersShare float64 }

// GammaGamma is the likelihood of a sample by ln p, ln q and ln γ, at first without
// -Σ ln m.
func GammaGamma(s *SpendSample, workers int) Function {
	f := Function{At: newSpendLikelihood(s, workers).at, Offset: -s.LogMeans}
	if thin, ok := s.thinned(); ok {
		f.Rough = func() climb.Func { return scaled(newSpendLikelihood(thin, workers).at, s.Customers/thin.Customers) }
	}
	return f
}

func newSpendLikelihood(s *SpendSample, workers int) *spendLikelihood {
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
		return spendBase{rateSmall, 0, g.logs - gammas}
	case apart < -far:
		return spendBase{rateLarge, gammas - g.logs, 0}
	}
	return spendBase{rateMiddling, -g.logs, -gammas}
}

// sum adds up over a range of totals.
func (l *spendLikelihood) sum(lo, hi int) (out spendSums) {
	s := l.sample
	for i := sort.Search(len(s.groups), func(i int) bool { return s.groups[i].hi > lo }); lo < hi; i++ {
		end := min(hi, s.groups[i].hi)
		totals, counts := s.totals[lo:end], s.counts[lo:end]
		var log, rest, share float64
		if kind := l.bases[i].kind; kind == rateMiddling {
			log, rest, share = sumMiddling(totals, counts, l.gamma)
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

// sumMiddling adds up ln(γ+z), z/(γ+z) and γ/(γ+z).
func sumMiddling(totals, counts []float64, gamma float64) (log, rest, share float64) {
	var logs special.LogSum
	var inverse, customers float64
	for i, z := range totals {
		n := counts[i]
		logs.Add(gamma+z, n)
		inverse += n / (gamma + z)
		customers += n
	}
	share = gamma * inverse
	return logs.Value(), customers - share, share
}

// sumFar adds up the logarithm of the kind, z/(γ+z) and γ/(γ+z).
func sumFar(totals, counts []float64, gamma float64, kind spendKind) (log, rest, share float64) {
	for i, z := range totals {
		n := counts[i]
		rest += n * (z / (gamma + z))
		share += n * (gamma / (gamma + z))
		if kind == rateSmall {
			log += n * math.Log1p(gamma/z)
		} else {
			log += n * math.Log1p(z/gamma)
		}
	}
	return log, rest, share
}
