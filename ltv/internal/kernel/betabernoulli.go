package kernel

import (
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele/internal/special"
)

// BetaBernoulli is the mathematics of the BG/BB.
type BetaBernoulli struct{ Alpha, Beta, Gamma, Delta float64 }

// quiet is what the opportunities since the last purchase say.
type quiet struct {
	last       float64 // ln of the probability of all up to the last purchase
	live       float64 // ln of the probability of being there all the same since then
	left       float64 // the probability of having left
	buys, goes float64 // the means of p and θ of customers who left, times left
}

// since goes through the opportunities after the last purchase: those who left
// just before number j+1 have p ~ Beta(α+x, β+j-x) and θ ~ Beta(γ+1, δ+j).
func (m BetaBernoulli) since(s Summary) (out quiet) {
	x, last, n := s.Frequency, int(s.Recency), int(s.T)
	bought := m.Alpha + float64(x)
	passed := m.Beta + float64(last-x)
	out.last = logBetaRise(m.Beta, m.Alpha, x) + logBetaRise(bought, m.Beta, last-x) + logBetaRise(m.Gamma, m.Delta, last)
	out.live = logBetaRise(bought, passed, n-last) + logBetaRise(m.Gamma, m.Delta+float64(last), n-last)
	if m.Gamma == 0 {
		return out
	}
	still := 1.0
	for i := range n - last {
		buying, going := bought+passed+float64(i), m.Gamma+m.Delta+float64(last+i)
		left := still * m.Gamma / going
		out.left += left
		out.buys += left * bought / buying
		out.goes += left * (m.Gamma + 1) / (going + 1)
		still *= (passed + float64(i)) / buying * ((m.Delta + float64(last+i)) / going)
	}
	return out
}

// odds is the logarithm of the odds of having left before opportunity n.
func (q *quiet) odds() float64 { return math.Log(q.left) - q.live }

func (m BetaBernoulli) LogLik(s Summary) float64 {
	q := m.since(s)
	return q.last + q.live + special.Softplus(q.odds())
}

func (m BetaBernoulli) Alive(s Summary) float64 {
	q := m.since(s)
	return special.Logistic(-q.odds()) * (m.Delta + s.T) / (m.Gamma + m.Delta + s.T)
}

func (m BetaBernoulli) Posterior(s Summary) (purchase, dropout float64) {
	q := m.since(s)
	there := special.Logistic(-q.odds())
	purchase = there * (m.Alpha + float64(s.Frequency)) / (m.Alpha + m.Beta + s.T)
	dropout = there * m.Gamma / (m.Gamma + m.Delta + s.T)
	if q.left > 0 {
		purchase += (1 - there) * q.buys / q.left
		dropout += (1 - there) * q.goes / q.left
	}
	return purchase, dropout
}

// living returns the parameters of the distributions of p and θ of those who are
// there for opportunity n+1.
func (m BetaBernoulli) living(s Summary) BetaBernoulli {
	x := float64(s.Frequency)
	return BetaBernoulli{m.Alpha + x, m.Beta + (s.T - x), m.Gamma, m.Delta + s.T + 1}
}

// buying is the mean of p.
func (m BetaBernoulli) buying() float64 { return m.Alpha / (m.Alpha + m.Beta) }

func (m BetaBernoulli) Stays(s Summary, t float64) float64 {
	l := m.living(s)
	return math.Exp(logBetaRise(l.Gamma, l.Delta, int(t)))
}

func (m BetaBernoulli) Expected(s Summary, t float64) float64 {
	l := m.living(s)
	return l.buying() * l.present(t)
}

// present is the mean number of t opportunities at which the customer is there,
// the first for sure: with c = γ+δ, the sum of (δ)_i/(c)_i over i = 0 … t-1. It is
//
//	(c-1)/(γ-1) (1 - (δ)_t/(c-1)_t)
//
// in which the logarithm of (δ)_t/(c-1)_t is the integral from c-1 to δ of
// ψ(y+t) - ψ(y); so nothing is lost, nor divided by 0, near γ = 1.
func (m BetaBernoulli) present(t float64) float64 {
	const short = 1024 // up to here a sum is faster
	if m.Gamma == 0 {
		return t
	}
	if t <= short {
		return m.annuity(t, 1)
	}
	mean, ok := special.Integrate(func(y float64) float64 {
		return special.DigammaRise(m.Delta+(m.Gamma-1)*y, int(t))
	}, 0, 1)
	return special.OrNaN((m.Gamma+m.Delta-1)*mean*special.Expm1Ratio((1-m.Gamma)*mean), ok)
}

// annuity is the sum of z^i (δ)_i/(γ+δ)_i over i = 0 … t-1.
func (m BetaBernoulli) annuity(t, z float64) float64 {
	const negligible = 1e-18
	sum, term := 0.0, 1.0
	for i := 0.0; i < t && term > negligible*(1-z)*sum; i++ {
		sum += term
		term *= z * (m.Delta + i) / (m.Gamma + m.Delta + i)
	}
	return sum
}

// Discounted without an end is Fader, Hardie & Shang's equation 14, whose 2F1(1, δ;
// γ+δ; z) is an integral of special.LogMills.
func (m BetaBernoulli) Discounted(s Summary, t, rate float64) float64 {
	if rate == 0 {
		return m.Expected(s, t)
	}
	l := m.living(s)
	next, fades := math.Exp(-rate), -math.Expm1(-rate)
	if !math.IsInf(t, 1) {
		return l.buying() * next * l.annuity(t, next)
	}
	mills, ok := special.LogMillsValue(l.Delta, l.Gamma, 1, fades)
	return special.OrNaN(l.buying()*next*(l.Gamma+l.Delta-1)/fades*math.Exp(mills), ok)
}

// Probability is the sum over the number i of opportunities at which the customer
// is there, of the probability of n purchases at these.
func (m BetaBernoulli) Probability(s Summary, n int, t float64) float64 {
	switch {
	case float64(n) > t:
		return 0
	case t == 0:
		return 1
	}
	l := m.living(s)
	first := max(n, 1)
	// The first probability, over e^log, since it may be below the smallest number.
	log := logBetaRise(l.Beta, l.Alpha, n) + logBetaRise(l.Gamma, l.Delta, first-1)
	if n == 0 {
		log = math.Log(l.Beta / (l.Alpha + l.Beta))
	}
	const big = 1e250
	x, sum, term := float64(n), 0.0, 1.0
	for i := float64(first); i < t; i++ {
		going := l.Gamma + l.Delta + i - 1
		sum += term * l.Gamma / going
		term *= (i + 1) / (i + 1 - x) * ((l.Beta + i - x) / (l.Alpha + l.Beta + i)) * ((l.Delta + i - 1) / going)
		if term > big {
			term, sum, log = term/big, sum/big, log+math.Log(big)
		}
	}
	return min(special.Scaled(sum+term, log), 1)
}

// Draw takes t opportunities, of which there are never too many: an urn in which each draw changes the odds of the next, so that p and θ
// themselves need not be drawn.
func (m BetaBernoulli) Draw(s Summary, t float64, rng *rand.Rand, most int, yield func(at float64)) bool {
	l := m.living(s)
	for at := 1.0; at <= t; at++ {
		if rng.Float64()*(l.Alpha+l.Beta) < l.Alpha {
			l.Alpha++
			yield(at)
		} else {
			l.Beta++
		}
		if rng.Float64()*(l.Gamma+l.Delta) < l.Gamma {
			return true
		}
		l.Delta++
	}
	return true
}
