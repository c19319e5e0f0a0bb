package ltv

import (
	"fmt"
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
)

// occasions is the mathematics of [BGBB].
type occasions struct{ alpha, beta, gamma, delta float64 }

// mostOccasions bounds histories and horizons, over which most answers are sums.
const mostOccasions = 1 << 20

var (
	errNotWhole    = fmt.Errorf("%w: not a whole number of opportunities", clientele.ErrRange)
	errTooFrequent = fmt.Errorf("%w: more purchases than opportunities up to the last", clientele.ErrRange)
)

func (m occasions) check(f *clientele.ConfigError) {
	positive(f, "alpha", m.alpha)
	positive(f, "beta", m.beta)
	notNegative(f, "gamma", m.gamma)
	positive(f, "delta", m.delta)
}

func (m occasions) fits(s Summary) error {
	fault := func(field string, value any, err error) error {
		return &clientele.InputError{Index: -1, Field: field, Value: value, Err: err}
	}
	if s.Recency != math.Trunc(s.Recency) {
		return fault("Recency", s.Recency, errNotWhole)
	}
	if err := m.reach(s.T); err != nil {
		return fault("T", s.T, err)
	}
	if float64(s.Frequency) > s.Recency {
		return fault("Frequency", s.Frequency, errTooFrequent)
	}
	return nil
}

// reach reports why a time cannot be a number of opportunities, or nil.
func (m occasions) reach(t float64) error {
	switch {
	case t != math.Trunc(t):
		return errNotWhole
	case t > mostOccasions && !math.IsInf(t, 1):
		return clientele.ErrRange
	}
	return nil
}

// quiet is what the opportunities since the last purchase say.
type quiet struct {
	last       float64 // ln of the probability of all up to the last purchase
	live       float64 // ln of the probability of being there all the same since then
	left       float64 // the probability of having left
	buys, goes float64 // the means of p and θ of those who left, times left
}

// since goes through the opportunities after the last purchase: those who left
// just before number j+1 have p ~ Beta(α+x, β+j-x) and θ ~ Beta(γ+1, δ+j).
func (m occasions) since(s Summary) (out quiet) {
	x, last, n := s.Frequency, int(s.Recency), int(s.T)
	bought := m.alpha + float64(x)
	passed := m.beta + float64(last-x)
	out.last = logBetaRise(m.beta, m.alpha, x) + logBetaRise(bought, m.beta, last-x) + logBetaRise(m.gamma, m.delta, last)
	out.live = logBetaRise(bought, passed, n-last) + logBetaRise(m.gamma, m.delta+float64(last), n-last)
	if m.gamma == 0 {
		return out
	}
	still := 1.0
	for i := range n - last {
		buying, going := bought+passed+float64(i), m.gamma+m.delta+float64(last+i)
		left := still * m.gamma / going
		out.left += left
		out.buys += left * bought / buying
		out.goes += left * (m.gamma + 1) / (going + 1)
		still *= (passed + float64(i)) / buying * ((m.delta + float64(last+i)) / going)
	}
	return out
}

// odds is the logarithm of the odds of having left before opportunity n.
func (q *quiet) odds() float64 { return math.Log(q.left) - q.live }

func (m occasions) logLik(s Summary) float64 {
	q := m.since(s)
	return q.last + q.live + softplus(q.odds())
}

func (m occasions) alive(s Summary) float64 {
	q := m.since(s)
	return logistic(-q.odds()) * (m.delta + s.T) / (m.gamma + m.delta + s.T)
}

func (m occasions) posterior(s Summary) (purchase, dropout float64) {
	q := m.since(s)
	there := logistic(-q.odds())
	purchase = there * (m.alpha + float64(s.Frequency)) / (m.alpha + m.beta + s.T)
	dropout = there * m.gamma / (m.gamma + m.delta + s.T)
	if q.left > 0 {
		purchase += (1 - there) * q.buys / q.left
		dropout += (1 - there) * q.goes / q.left
	}
	return purchase, dropout
}

// living returns the parameters of the distributions of p and θ of those who are
// there for opportunity n+1.
func (m occasions) living(s Summary) occasions {
	x := float64(s.Frequency)
	return occasions{m.alpha + x, m.beta + (s.T - x), m.gamma, m.delta + s.T + 1}
}

// buying is the mean of p.
func (m occasions) buying() float64 { return m.alpha / (m.alpha + m.beta) }

func (m occasions) stays(s Summary, t float64) float64 {
	l := m.living(s)
	return math.Exp(logBetaRise(l.gamma, l.delta, int(t)))
}

func (m occasions) expected(s Summary, t float64) float64 {
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
func (m occasions) present(t float64) float64 {
	const short = 1024 // up to here a sum is faster
	if m.gamma == 0 {
		return t
	}
	if t <= short {
		return m.annuity(t, 1)
	}
	mean, ok := special.Integrate(func(y float64) float64 {
		return special.DigammaRise(m.delta+(m.gamma-1)*y, int(t))
	}, 0, 1)
	return orNaN((m.gamma+m.delta-1)*mean*expm1Ratio((1-m.gamma)*mean), ok)
}

// annuity is the sum of z^i (δ)_i/(γ+δ)_i over i = 0 … t-1.
func (m occasions) annuity(t, z float64) float64 {
	const negligible = 1e-18
	sum, term := 0.0, 1.0
	for i := 0.0; i < t && term > negligible*(1-z)*sum; i++ {
		sum += term
		term *= z * (m.delta + i) / (m.gamma + m.delta + i)
	}
	return sum
}

// discounted without an end is Fader, Hardie & Shang's equation 14, whose 2F1(1, δ;
// γ+δ; z) is an integral of special.LogMills.
func (m occasions) discounted(s Summary, t, rate float64) float64 {
	if rate == 0 {
		return m.expected(s, t)
	}
	l := m.living(s)
	next, fades := math.Exp(-rate), -math.Expm1(-rate)
	if !math.IsInf(t, 1) {
		return l.buying() * next * l.annuity(t, next)
	}
	mills, ok := special.LogMillsValue(l.delta, l.gamma, 1, fades)
	return orNaN(l.buying()*next*(l.gamma+l.delta-1)/fades*math.Exp(mills), ok)
}

// probability is the sum over the number i of opportunities at which the customer
// is there, of the probability of n purchases at these.
func (m occasions) probability(s Summary, n int, t float64) float64 {
	switch {
	case float64(n) > t:
		return 0
	case t == 0:
		return 1
	}
	l := m.living(s)
	first := max(n, 1)
	// The first probability, over e^log, since it may be below the smallest number.
	log := logBetaRise(l.beta, l.alpha, n) + logBetaRise(l.gamma, l.delta, first-1)
	if n == 0 {
		log = math.Log(l.beta / (l.alpha + l.beta))
	}
	const big = 1e250
	x, sum, term := float64(n), 0.0, 1.0
	for i := float64(first); i < t; i++ {
		going := l.gamma + l.delta + i - 1
		sum += term * l.gamma / going
		term *= (i + 1) / (i + 1 - x) * ((l.beta + i - x) / (l.alpha + l.beta + i)) * ((l.delta + i - 1) / going)
		if term > big {
			term, sum, log = term/big, sum/big, log+math.Log(big)
		}
	}
	return min(scaleBy(sum+term, log), 1)
}

// draw is an urn in which each draw changes the odds of the next, so that p and θ
// themselves need not be drawn.
func (m occasions) draw(s Summary, t float64, rng source, yield func(at float64) bool) {
	l := m.living(s)
	for at := 1.0; at <= t; at++ {
		if rng.Float64()*(l.alpha+l.beta) < l.alpha {
			l.alpha++
			if !yield(at) {
				return
			}
		} else {
			l.beta++
		}
		if rng.Float64()*(l.gamma+l.delta) < l.gamma {
			return
		}
		l.delta++
	}
}
