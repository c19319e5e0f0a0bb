package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
	"gonum.org/v1/gonum/stat/distuv"
)

// lasting is the mathematics of the models in which customers buy at random, at a
// rate λ ~ Gamma(r, α), until the end of a lifetime that does not depend on it:
// NBD, Pareto/NBD and GGom/NBD. They differ in the lifetime alone.
//
// The living have λ ~ Gamma(r+x, α+T), whatever their lifetime.
type lasting struct {
	r, alpha float64
	life     lifetime
}

// lifetime is a distribution of lifetimes over customers.
type lifetime interface {
	check(f *clientele.ConfigError)

	// logEnded is the logarithm of ∫ f(u) (1+u/α)^-shape du from t_x to T, f being
	// the density of lifetimes: those who left between.
	logEnded(shape, alpha float64, s Summary) float64

	// meanRate is the mean of the customer's own rate of leaving, given shape,
	// alpha and the history.
	meanRate(shape, alpha float64, s Summary) float64

	// logStays is the logarithm of the share of those alive at age from who are
	// alive a time t later.
	logStays(from, t float64) float64

	// leaves is the density, at a time u after age from, of leaving.
	leaves(from, u float64) float64

	// area is ∫ e^(-rate·u) stays(from, u) du from 0 to t, which may be infinite.
	area(from, t, rate float64) float64

	// draw is a time of leaving after age from, for a uniform number.
	draw(from, uniform float64) float64

	// bends are times after age from between which leaves is smooth, ascending, if
	// it is not everywhere.
	bends(from float64) []float64
}

func (m lasting) check(f *clientele.ConfigError) {
	positive(f, "r", m.r)
	positive(f, "alpha", m.alpha)
	m.life.check(f)
}

func (m lasting) fits(Summary) error { return nil }

func (m lasting) shape(s Summary) float64 { return m.r + float64(s.Frequency) }

// logAlive is the logarithm of the weight of the living: no further purchase and
// no end until T.
func (m lasting) logAlive(s Summary) float64 {
	return m.life.logStays(0, s.T) - m.shape(s)*math.Log1p(s.T/m.alpha)
}

func (m lasting) logLik(s Summary) float64 {
	rise := special.LogRise(m.r, s.Frequency) - float64(s.Frequency)*math.Log(m.alpha)
	live := m.logAlive(s)
	return rise + live + softplus(m.life.logEnded(m.shape(s), m.alpha, s)-live)
}

func (m lasting) alive(s Summary) float64 {
	return logistic(m.logAlive(s) - m.life.logEnded(m.shape(s), m.alpha, s))
}

// aliveBy is alive with the help of a cache.
func (m lasting) aliveBy(s Summary, c *outlookCache) float64 {
	life, ok := m.life.(paretoLife)
	if !ok || life.s == 0 {
		return m.alive(s)
	}
	early, late := m.after(life, s, s.Recency, c), m.after(life, s, s.T, c)
	return logistic(m.logAlive(s) - difference(early, late))
}

// after is the lifetime's logAfter, which depends on frequency and a time alone.
func (m lasting) after(life paretoLife, s Summary, t float64, c *outlookCache) float64 {
	if v, ok := c.lookTail(s.Frequency, t); ok {
		return v
	}
	v := life.logAfter(m.shape(s), m.alpha, t)
	c.keepTail(s.Frequency, t, v)
	return v
}

// posterior: the mean of λ is that of shape/(α+u) over the end u of buying.
func (m lasting) posterior(s Summary) (purchase, dropout float64) {
	shape := m.shape(s)
	one := Summary{Frequency: s.Frequency, Recency: s.Recency, T: s.T}
	live, ended := m.logAlive(s), m.life.logEnded(shape, m.alpha, one)
	all := live + softplus(ended-live)
	purchase = shape / m.alpha * (math.Exp(live-all)/(1+s.T/m.alpha) + math.Exp(m.life.logEnded(shape+1, m.alpha, one)-all))
	return purchase, m.life.meanRate(shape, m.alpha, s)
}

func (m lasting) stays(s Summary, t float64) float64 { return math.Exp(m.life.logStays(s.T, t)) }

func (m lasting) expected(s Summary, t float64) float64 { return m.discounted(s, t, 0) }

func (m lasting) discounted(s Summary, t, rate float64) float64 {
	return m.shape(s) / (m.alpha + s.T) * m.life.area(s.T, t, rate)
}

// probability adds those who stay and those who leave between, by quadrature over
// the time of leaving.
func (m lasting) probability(s Summary, n int, t float64) float64 {
	shape, scale := m.shape(s), m.alpha+s.T
	count := func(u float64) float64 { return math.Exp(special.LogNegBin(n, shape, u/(scale+u))) }
	leaving := func(u float64) float64 { return m.life.leaves(s.T, u) * count(u) }
	sum, from := m.stays(s, t)*count(t), 0.0
	for _, to := range append(m.life.bends(s.T), t) {
		area, ok := special.Integrate(leaving, from, max(from, min(to, t)))
		sum += orNaN(area, ok)
		from = max(from, min(to, t))
	}
	return min(sum, 1)
}

func (m lasting) draw(s Summary, t float64, rng source, yield func(at float64) bool) {
	lambda := distuv.Gamma{Alpha: m.shape(s), Beta: m.alpha + s.T, Src: rng}.Rand()
	end := min(t, m.life.draw(s.T, 1-rng.Float64()))
	for at := rng.ExpFloat64() / lambda; at <= end; at += rng.ExpFloat64() / lambda {
		if !yield(at) {
			return
		}
	}
}
