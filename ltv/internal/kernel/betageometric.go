package kernel

import (
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele/internal/special"
	"gonum.org/v1/gonum/stat/distuv"
)

// BetaGeometric is the mathematics of the four models in which customers may drop out
// just after a purchase and at no other time: BG/NBD, MBG/NBD and their versions
// for regular buying.
//
// A customer has a rate λ ~ Gamma(r, α) of ticks, and every k-th tick is a
// purchase, so that gaps are Erlang-k. After each purchase, counting the first if
// First is set, the customer drops out with probability p ~ Beta(a, b).
//
// Given x repeat purchases, the last at t_x, and silence until T, with j of the k
// ticks gone since the last purchase, j = 0 … k-1 (the phase):
//
//	alive     λ ~ Gamma(r+kx+j, α+T),  p ~ Beta(a, B)      B = b+x, or b+x+1 if First
//	dead      λ ~ Gamma(r+kx, α+t_x),  p ~ Beta(a+1, B-1)
//
// and the phases of the living weigh Γ(r+kx+j)/j! ((T-t_x)/(α+T))^j.
type BetaGeometric struct {
	R, Alpha, A, B float64
	K              int
	First          bool // customers may drop out after the first purchase too
}

// NewBetaGeometric returns the kernel of a model, of the BG/NBD for a k of 1. Where a is 0,
// b has no meaning and is taken as 1.
func NewBetaGeometric(r, alpha, a, b float64, k int, first bool) BetaGeometric {
	if a == 0 {
		b = 1
	}
	return BetaGeometric{R: r, Alpha: alpha, A: a, B: b, K: k, First: first}
}

// MaxK bounds the regularity: gaps then differ by 10 % of their mean. The time that an
// answer takes grows with the square of K.
const MaxK = 100

// shape is the shape r+kx of the gamma distribution of λ, without the phase.
func (m BetaGeometric) shape(s Summary) float64 { return m.R + float64(m.K)*float64(s.Frequency) }

// stayed is B, the second parameter of the distribution of p among the living.
func (m BetaGeometric) stayed(s Summary) float64 {
	return m.B + float64(m.chances(s))
}

// chances is the number of purchases after which a customer could have left.
func (m BetaGeometric) chances(s Summary) int {
	if m.First {
		return s.Frequency + 1
	}
	return s.Frequency
}

// phase is the logarithm of the weight of the living in phase j, without the
// factor Γ(r+kx)/(α+T)^(r+kx).
func (m BetaGeometric) phase(s Summary, j int) float64 {
	if j == 0 {
		return 0
	}
	jf := float64(j)
	return special.LogRise(m.shape(s), j) - special.LogRise(1, j) + jf*math.Log((s.T-s.Recency)/(m.Alpha+s.T))
}

// phases is the logarithm of the sum of the weights of all phases.
func (m BetaGeometric) phases(s Summary) float64 {
	sum := m.sumOfPhases(s, 0)
	if !math.IsInf(sum, 1) {
		return math.Log(sum)
	}
	most := 0.0
	for j := range m.K {
		most = max(most, m.phase(s, j))
	}
	return most + math.Log(m.sumOfPhases(s, most))
}

// sumOfPhases is the sum of the weights of all phases, over one whose logarithm is unit.
func (m BetaGeometric) sumOfPhases(s Summary, unit float64) (sum float64) {
	for j := range m.K {
		sum += math.Exp(m.phase(s, j) - unit)
	}
	return sum
}

// odds is the logarithm of the odds of death: having left just after the last
// purchase, against being alive and silent since.
func (m BetaGeometric) odds(s Summary) float64 {
	if m.A == 0 || m.chances(s) == 0 {
		return math.Inf(-1)
	}
	silence := m.shape(s) * math.Log1p((s.T-s.Recency)/(m.Alpha+s.Recency))
	left := m.B + float64(m.chances(s)-1) // B-1, without a loss of digits where b is tiny
	return math.Log(m.A/left) + silence - m.phases(s)
}

// LogLik is Fader, Hardie & Lee (2005), equation 6, in the form for Erlang gaps of
// Platzer & Reutterer (2016), Pareto/GGG's companion BG/CNBD-k.
func (m BetaGeometric) LogLik(s Summary) float64 {
	ticks := m.K * s.Frequency
	return float64(m.K-1)*s.LogGaps - float64(s.Frequency)*special.LogRise(1, m.K-1) +
		special.LogRise(m.R, ticks) - float64(ticks)*math.Log(m.Alpha) - m.shape(s)*math.Log1p(s.T/m.Alpha) +
		logBetaRise(m.A, m.B, m.chances(s)) + m.phases(s) + special.Softplus(m.odds(s))
}

func (m BetaGeometric) Alive(s Summary) float64 { return special.Logistic(-m.odds(s)) }

func (m BetaGeometric) Posterior(s Summary) (purchase, dropout float64) {
	alive, live := m.Alive(s), 0.0
	all := m.phases(s)
	for j := range m.K {
		live += math.Exp(m.phase(s, j)-all) * (m.shape(s) + float64(j))
	}
	stayed := m.stayed(s)
	purchase = alive * live / (m.Alpha + s.T)
	dropout = alive * m.A / (m.A + stayed)
	if alive < 1 {
		purchase += (1 - alive) * m.shape(s) / (m.Alpha + s.Recency)
		dropout += (1 - alive) * (m.A + 1) / (m.A + stayed)
	}
	return purchase / float64(m.K), dropout
}

func (m BetaGeometric) Stays(s Summary, t float64) float64 {
	if m.hasMany(s, t) {
		ticks := m.ticks(s, t)
		return ticks.stays(m.A, m.stayed(s))
	}
	stays, _ := m.ahead(s, t)
	return stays
}

func (m BetaGeometric) Expected(s Summary, t float64) float64 {
	if m.K == 1 {
		return m.expectedAtRandom(s, t)
	}
	return m.expectedByTicks(s, t)
}

// expectedAtRandom is expected for k = 1. A distribution of p so narrow, or so near
// 0, that its spread shows in no digit that is promised is taken as a point.
func (m BetaGeometric) expectedAtRandom(s Summary, t float64) float64 {
	const narrow, near0 = 1e9, 1e12
	shape, w, stayed := m.shape(s), t/(m.Alpha+s.T), m.stayed(s)
	if m.A >= narrow || stayed >= near0 {
		if p := m.A / (m.A + stayed); p*w > 0 {
			return -math.Expm1(-shape*math.Log1p(p*w)) / p
		}
		return shape * w
	}
	if mean, ok := special.BetaGeoMean(shape, m.Alpha+s.T, m.A, stayed, t); ok {
		return mean
	}
	return m.expectedByTicks(s, t) // of parameters that are too extreme
}

// expectedByTicks is expected for any k.
func (m BetaGeometric) expectedByTicks(s Summary, t float64) float64 {
	if m.hasMany(s, t) {
		ticks := m.ticks(s, t)
		return ticks.mean(m.A, m.stayed(s))
	}
	_, mean := m.ahead(s, t)
	return mean
}

// ahead is the probability of staying for a time t and the mean number of
// purchases in it, as sums over the number of ticks: with g(n) = (B)_n/(a+B)_n, the
// probability of staying after n purchases, they are the means of g(n) and of
// g(0) + … + g(n-1). All terms are positive. This holds for any k.
func (m BetaGeometric) ahead(s Summary, t float64) (stays, mean float64) {
	all := m.phases(s)
	for j := range m.K {
		if weight := math.Exp(m.phase(s, j) - all); weight != 0 { // of a newcomer, that of phase 0 alone
			st, me := m.aheadFrom(s, t, j)
			stays += weight * st
			mean += weight * me
		}
	}
	return min(stays, 1), mean
}

// aheadFrom is ahead for the living in phase j. The terms are scaled by a power
// of e, since the first may be far below the smallest number.
func (m BetaGeometric) aheadFrom(s Summary, t float64, j int) (stays, mean float64) {
	const (
		big   = 1e250
		exact = 1e-18
	)
	shape, scale, stayed := m.shape(s)+float64(j), m.Alpha+s.T, m.stayed(s)
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
		if ticks++; ticks == m.K {
			ticks = 0
			sum += g
			n := math.Floor((i + float64(j)) / float64(m.K))
			g *= (stayed + (n - 1)) / (m.A + stayed + (n - 1)) // stayed may be tiny
		}
		if term > big {
			term, stays, mean, scaled = term/big, stays/big, mean/big, scaled+math.Log(big)
		}
		if z == 0 {
			break
		}
	}
	return special.Scaled(stays, scaled), special.Scaled(mean, scaled)
}

// maxTerms ends sums that no sensible parameters need; see ticks.
const maxTerms = 1 << 23

func (m BetaGeometric) Probability(s Summary, n int, t float64) float64 {
	const most = 1 << 40 // purchases whose ticks can be counted
	if int64(n) > most {
		return math.NaN()
	}
	stayed := m.stayed(s)
	g := math.Exp(logBetaRise(m.A, stayed, n))
	left := 0.0 // the probability of leaving just after purchase n
	if n > 0 {
		left = math.Exp(logBetaRise(m.A, stayed, n-1)) * m.A / (m.A + stayed + float64(n-1))
	}
	all, sum := m.phases(s), 0.0
	for j := range m.K {
		weight := math.Exp(m.phase(s, j) - all)
		if weight == 0 {
			continue
		}
		shape, z := m.shape(s)+float64(j), t/(m.Alpha+s.T+t)
		exactly := 0.0
		for i := max(0, n*m.K-j); i < (n+1)*m.K-j; i++ {
			exactly += math.Exp(special.LogNegBin(i, shape, z))
		}
		p := g * exactly
		if left > 0 {
			p += left * special.NegBinTail(n*m.K-j, shape, z)
		}
		sum += weight * p
	}
	return min(sum, 1)
}

func (m BetaGeometric) Discounted(s Summary, t, rate float64) float64 {
	if math.IsInf(t, 1) {
		return m.present(s, rate)
	}
	return discountCurve(func(u float64) float64 { return m.Expected(s, u) }, t, rate)
}

func (m BetaGeometric) Draw(s Summary, t float64, rng *rand.Rand, most int, yield func(at float64)) bool {
	j := m.drawPhase(s, rng)
	lambda := distuv.Gamma{Alpha: m.shape(s) + float64(j), Beta: m.Alpha + s.T, Src: rng}.Rand()
	p := 0.0
	if m.A > 0 {
		p = distuv.Beta{Alpha: m.A, Beta: m.stayed(s), Src: rng}.Rand()
	}
	if tooMany(min(lambda*t/float64(m.K), 1/p), most) {
		return false
	}
	at := 0.0
	const few = 32 // ticks that are drawn one by one; more at once
	for range most + 1 {
		if n := m.K - j; n > few {
			at += distuv.Gamma{Alpha: float64(n), Beta: 1, Src: rng}.Rand() / lambda
			j = m.K
		}
		for ; j < m.K; j++ {
			at += rng.ExpFloat64() / lambda
		}
		if !(at <= t) {
			return true
		}
		yield(at)
		if j = 0; rng.Float64() < p {
			return true
		}
	}
	return false
}

// drawPhase draws the phase of a living customer.
func (m BetaGeometric) drawPhase(s Summary, rng *rand.Rand) int {
	u, all := rng.Float64(), m.phases(s)
	for j := range m.K - 1 {
		if u -= math.Exp(m.phase(s, j) - all); u < 0 {
			return j
		}
	}
	return m.K - 1
}

// logBetaRise is the logarithm of B(a, b+n)/B(a, b): with p ~ Beta(a, b), the
// probability that n chances to leave pass.
func logBetaRise(a, b float64, n int) float64 { return special.LogRise(b, n) - special.LogRise(a+b, n) }
