package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
	"gonum.org/v1/gonum/stat/distuv"
)

// betaGeo is the mathematics of the four models in which customers may drop out
// just after a purchase and at no other time: BG/NBD, MBG/NBD and their versions
// for regular buying.
//
// A customer has a rate λ ~ Gamma(r, α) of ticks, and every k-th tick is a
// purchase, so that gaps are Erlang-k. After each purchase, counting the first if
// zero is set, the customer drops out with probability p ~ Beta(a, b).
//
// Given x repeat purchases, the last at t_x, and silence until T, with j of the k
// ticks gone since the last purchase, j = 0 … k-1 (the phase):
//
//	alive     λ ~ Gamma(r+kx+j, α+T),  p ~ Beta(a, B)      B = b+x, or b+x+1 if zero
//	dead      λ ~ Gamma(r+kx, α+t_x),  p ~ Beta(a+1, B-1)
//
// and the phases of the living weigh Γ(r+kx+j)/j! ((T-t_x)/(α+T))^j.
type betaGeo struct {
	r, alpha, a, b float64
	k              int
	zero           bool
}

func (m betaGeo) check(f *clientele.ConfigError) {
	positive(f, "r", m.r)
	positive(f, "alpha", m.alpha)
	notNegative(f, "a", m.a)
	positive(f, "b", m.b)
	if m.k < 1 || m.k > maxK {
		f.Add("k", m.k, clientele.ErrRange)
	}
}

// maxK bounds the regularity: beyond, gaps are as good as constant.
const maxK = 1000

func (m betaGeo) fits(Summary) error { return nil }

// shape is the shape r+kx of the gamma distribution of λ, without the phase.
func (m betaGeo) shape(s Summary) float64 { return m.r + float64(m.k)*float64(s.Frequency) }

// stayed is B, the second parameter of the distribution of p among the living.
func (m betaGeo) stayed(s Summary) float64 {
	return m.b + float64(m.chances(s))
}

// chances is the number of purchases after which a customer could have left.
func (m betaGeo) chances(s Summary) int {
	if m.zero {
		return s.Frequency + 1
	}
	return s.Frequency
}

// phase is the logarithm of the weight of the living in phase j, without the
// factor Γ(r+kx)/(α+T)^(r+kx).
func (m betaGeo) phase(s Summary, j int) float64 {
	if j == 0 {
		return 0
	}
	jf := float64(j)
	return special.LogRise(m.shape(s), j) - special.LogRise(1, j) + jf*math.Log((s.T-s.Recency)/(m.alpha+s.T))
}

// phases is the logarithm of the sum of the weights of all phases.
func (m betaGeo) phases(s Summary) float64 {
	sum := 0.0
	for j := range m.k {
		sum += math.Exp(m.phase(s, j))
	}
	return math.Log(sum)
}

// odds is the logarithm of the odds of death: having left just after the last
// purchase, against being alive and silent since.
func (m betaGeo) odds(s Summary) float64 {
	if m.a == 0 || m.chances(s) == 0 {
		return math.Inf(-1)
	}
	silence := m.shape(s) * math.Log1p((s.T-s.Recency)/(m.alpha+s.Recency))
	left := m.b + float64(m.chances(s)-1) // B-1, without a loss of digits where b is tiny
	return math.Log(m.a/left) + silence - m.phases(s)
}

// logLik is Fader, Hardie & Lee (2005), equation 6, in the form for Erlang gaps of
// Platzer & Reutterer (2016), Pareto/GGG's companion BG/CNBD-k.
func (m betaGeo) logLik(s Summary) float64 {
	ticks := m.k * s.Frequency
	return float64(m.k-1)*s.LogGaps - float64(s.Frequency)*special.LogRise(1, m.k-1) +
		special.LogRise(m.r, ticks) - float64(ticks)*math.Log(m.alpha) - m.shape(s)*math.Log1p(s.T/m.alpha) +
		logBetaRise(m.a, m.b, m.chances(s)) + m.phases(s) + softplus(m.odds(s))
}

func (m betaGeo) alive(s Summary) float64 { return logistic(-m.odds(s)) }

func (m betaGeo) posterior(s Summary) (purchase, dropout float64) {
	alive, live := m.alive(s), 0.0
	all := m.phases(s)
	for j := range m.k {
		live += math.Exp(m.phase(s, j)-all) * (m.shape(s) + float64(j))
	}
	stayed := m.stayed(s)
	purchase = alive * live / (m.alpha + s.T)
	dropout = alive * m.a / (m.a + stayed)
	if alive < 1 {
		purchase += (1 - alive) * m.shape(s) / (m.alpha + s.Recency)
		dropout += (1 - alive) * (m.a + 1) / (m.a + stayed)
	}
	return purchase / float64(m.k), dropout
}

func (m betaGeo) stays(s Summary, t float64) float64 {
	if m.many(s, t) {
		f := m.manyAt(s, t)
		return f.stays(m.a, m.stayed(s))
	}
	stays, _ := m.ahead(s, t)
	return stays
}

func (m betaGeo) expected(s Summary, t float64) float64 {
	switch {
	case m.k == 1:
		return m.expectedAtRandom(s, t)
	case m.many(s, t):
		f := m.manyAt(s, t)
		return f.mean(m.a, m.stayed(s))
	}
	_, mean := m.ahead(s, t)
	return mean
}

// expectedAtRandom is expected for k = 1. A distribution of p so narrow, or so near
// 0, that its spread shows in no digit that is promised is taken as a point.
func (m betaGeo) expectedAtRandom(s Summary, t float64) float64 {
	const narrow, near0 = 1e9, 1e12
	shape, w, stayed := m.shape(s), t/(m.alpha+s.T), m.stayed(s)
	if m.a >= narrow || stayed >= near0 {
		if p := m.a / (m.a + stayed); p*w > 0 {
			return -math.Expm1(-shape*math.Log1p(p*w)) / p
		}
		return shape * w
	}
	mean, ok := special.BetaGeoMean(shape, m.alpha+s.T, m.a, stayed, t)
	return orNaN(mean, ok)
}

// ahead is the probability of staying for a time t and the mean number of
// purchases in it, as sums over the number of ticks: with g(n) = (B)_n/(a+B)_n, the
// probability of staying after n purchases, they are the means of g(n) and of
// g(0) + … + g(n-1). All terms are positive. This holds for any k.
func (m betaGeo) ahead(s Summary, t float64) (stays, mean float64) {
	all := m.phases(s)
	for j := range m.k {
		st, me := m.aheadFrom(s, t, j)
		weight := math.Exp(m.phase(s, j) - all)
		stays += weight * st
		mean += weight * me
	}
	return min(stays, 1), mean
}

// aheadFrom is ahead for the living in phase j. The terms are scaled by a power
// of e, since the first may be far below the smallest number.
func (m betaGeo) aheadFrom(s Summary, t float64, j int) (stays, mean float64) {
	const (
		big   = 1e250
		exact = 1e-18
	)
	shape, scale, stayed := m.shape(s)+float64(j), m.alpha+s.T, m.stayed(s)
	z := t / (scale + t)
	term, scaled := 1.0, -shape*math.Log1p(t/scale) // the probability of i ticks is term·e^scaled
	g, sum := 1.0, 0.0                              // g(n) and g(0) + … + g(n-1)
	ticks := j                                      // since the last purchase
	for i := 1.0; ; i++ {
		stays += term * g
		mean += term * sum
		ratio := (shape + i - 1) / i * z
		if rest := term * ratio; ratio < 1 && rest*g <= exact*stays && rest*(sum+1/(1-ratio)) <= exact*(1-ratio)*mean {
			break
		}
		if i > maxTerms {
			return math.NaN(), math.NaN()
		}
		term *= ratio
		if ticks++; ticks == m.k {
			ticks = 0
			sum += g
			n := math.Floor((i + float64(j)) / float64(m.k))
			g *= (stayed + n - 1) / (m.a + stayed + n - 1)
		}
		if term > big {
			term, stays, mean, scaled = term/big, stays/big, mean/big, scaled+math.Log(big)
		}
		if z == 0 {
			break
		}
	}
	return scaleBy(stays, scaled), scaleBy(mean, scaled)
}

// maxTerms ends sums that no sensible parameters need; see manyTicks.
const maxTerms = 1 << 23

func (m betaGeo) probability(s Summary, n int, t float64) float64 {
	const most = 1 << 40 // purchases whose ticks can be counted
	if n > most {
		return math.NaN()
	}
	stayed := m.stayed(s)
	g := math.Exp(logBetaRise(m.a, stayed, n))
	left := 0.0 // the probability of leaving just after purchase n
	if n > 0 {
		left = math.Exp(logBetaRise(m.a, stayed, n-1)) * m.a / (m.a + stayed + float64(n-1))
	}
	all, sum := m.phases(s), 0.0
	for j := range m.k {
		shape, z := m.shape(s)+float64(j), t/(m.alpha+s.T+t)
		exactly := 0.0
		for i := max(0, n*m.k-j); i < (n+1)*m.k-j; i++ {
			exactly += math.Exp(special.LogNegBin(i, shape, z))
		}
		p := g * exactly
		if left > 0 {
			p += left * special.NegBinTail(n*m.k-j, shape, z)
		}
		sum += math.Exp(m.phase(s, j)-all) * p
	}
	return min(sum, 1)
}

func (m betaGeo) discounted(s Summary, t, rate float64) float64 {
	if math.IsInf(t, 1) {
		return m.present(s, rate)
	}
	return discountCurve(func(u float64) float64 { return m.expected(s, u) }, t, rate)
}

func (m betaGeo) draw(s Summary, t float64, rng source, yield func(at float64) bool) {
	j := m.drawPhase(s, rng)
	lambda := distuv.Gamma{Alpha: m.shape(s) + float64(j), Beta: m.alpha + s.T, Src: rng}.Rand()
	p := 0.0
	if m.a > 0 {
		p = distuv.Beta{Alpha: m.a, Beta: m.stayed(s), Src: rng}.Rand()
	}
	at := 0.0
	for {
		for ; j < m.k; j++ {
			at += rng.ExpFloat64() / lambda
		}
		if j = 0; !(at <= t) || !yield(at) || rng.Float64() < p {
			return
		}
	}
}

// drawPhase draws the phase of a living customer.
func (m betaGeo) drawPhase(s Summary, rng source) int {
	u, all := rng.Float64(), m.phases(s)
	for j := range m.k - 1 {
		if u -= math.Exp(m.phase(s, j) - all); u < 0 {
			return j
		}
	}
	return m.k - 1
}
