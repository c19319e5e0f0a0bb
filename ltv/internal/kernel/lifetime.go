package kernel

import (
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele/internal/special"
	"gonum.org/v1/gonum/stat/distuv"
)

// Lifetime is the mathematics of the models in which customers buy at random, at a
// rate λ ~ Gamma(r, α), until the end of a lifetime that does not depend on it:
// NBD, Pareto/NBD and GGom/NBD. They differ in the lifetime alone.
//
// The living have λ ~ Gamma(r+x, α+T), whatever their lifetime.
type Lifetime struct {
	R, Alpha float64
	Life     Life
}

// Life is a distribution of lifetimes over customers.
type Life interface {
	// LogEnded is the logarithm of ∫ f(u) (1+u/α)^-shape du from t_x to T, f being
	// the density of lifetimes: those who left between.
	LogEnded(shape, alpha, recency, t float64) float64

	// MeanRate is the mean of the customer's own rate of leaving, given shape,
	// alpha and the history.
	MeanRate(shape, alpha, recency, t float64) float64

	// LogStays is the logarithm of the share of those alive at age from who are
	// alive a time t later.
	LogStays(from, t float64) float64

	// Leaves is the density, at a time u after age from, of leaving.
	Leaves(from, u float64) float64

	// Area is ∫ e^(-rate·u) stays(from, u) du from 0 to t, which may be infinite.
	Area(from, t, rate float64) float64

	// Draw is a time of leaving after age from, for a uniform number.
	Draw(from, uniform float64) float64

	// Bends are times after age from between which leaves is smooth, ascending, if
	// it is not everywhere.
	Bends(from float64) []float64
}

func (m Lifetime) shape(s Summary) float64 { return m.R + float64(s.Frequency) }

// logAlive is the logarithm of the weight of the living: no further purchase and
// no end until T.
func (m Lifetime) logAlive(s Summary) float64 {
	return m.Life.LogStays(0, s.T) - m.shape(s)*math.Log1p(s.T/m.Alpha)
}

func (m Lifetime) LogLik(s Summary) float64 {
	rise := special.LogRise(m.R, s.Frequency) - float64(s.Frequency)*math.Log(m.Alpha)
	return rise + special.LogAddTo(m.logAlive(s), m.Life.LogEnded(m.shape(s), m.Alpha, s.Recency, s.T))
}

func (m Lifetime) Alive(s Summary) float64 {
	return special.Logistic(m.logAlive(s) - m.Life.LogEnded(m.shape(s), m.Alpha, s.Recency, s.T))
}

// aliveBy is Alive with the help of a cache.
func (m Lifetime) aliveBy(s Summary, c *Cache) float64 {
	life, ok := m.Life.(Pareto)
	if !ok || life.S == 0 {
		return m.Alive(s)
	}
	early, late := m.after(life, s, s.Recency, c), m.after(life, s, s.T, c)
	return special.Logistic(m.logAlive(s) - special.LogSubtract(early, late))
}

// after is the lifetime's logAfter, which depends on frequency and a time alone.
func (m Lifetime) after(life Pareto, s Summary, t float64, c *Cache) float64 {
	if v, ok := c.lookTail(s.Frequency, t); ok {
		return v
	}
	v := life.logAfter(m.shape(s), m.Alpha, t)
	c.keepTail(s.Frequency, t, v)
	return v
}

// Posterior returns means: the mean of λ is that of shape/(α+u) over the end u of buying.
func (m Lifetime) Posterior(s Summary) (purchase, dropout float64) {
	shape := m.shape(s)
	live, ended := m.logAlive(s), m.Life.LogEnded(shape, m.Alpha, s.Recency, s.T)
	all := special.LogAddTo(live, ended)
	purchase = shape / m.Alpha * (math.Exp(live-all)/(1+s.T/m.Alpha) + math.Exp(m.Life.LogEnded(shape+1, m.Alpha, s.Recency, s.T)-all))
	return purchase, m.Life.MeanRate(shape, m.Alpha, s.Recency, s.T)
}

func (m Lifetime) Stays(s Summary, t float64) float64 { return math.Exp(m.Life.LogStays(s.T, t)) }

func (m Lifetime) Expected(s Summary, t float64) float64 { return m.Discounted(s, t, 0) }

func (m Lifetime) Discounted(s Summary, t, rate float64) float64 {
	return m.shape(s) / (m.Alpha + s.T) * m.Life.Area(s.T, t, rate)
}

// Probability adds those who stay and those who leave between, by quadrature over
// the time of leaving.
func (m Lifetime) Probability(s Summary, n int, t float64) float64 {
	shape, scale := m.shape(s), m.Alpha+s.T
	count := func(u float64) float64 { return math.Exp(special.LogNegBin(n, shape, u/(scale+u))) }
	leaving := func(u float64) float64 { return m.Life.Leaves(s.T, u) * count(u) }
	sum, from := m.Stays(s, t)*count(t), 0.0
	for _, to := range append(m.Life.Bends(s.T), t) {
		area, ok := special.Integrate(leaving, from, max(from, min(to, t)))
		sum += special.OrNaN(area, ok)
		from = max(from, min(to, t))
	}
	return min(sum, 1)
}

func (m Lifetime) Draw(s Summary, t float64, rng *rand.Rand, most int, yield func(at float64)) bool {
	lambda := distuv.Gamma{Alpha: m.shape(s), Beta: m.Alpha + s.T, Src: rng}.Rand()
	end := min(t, m.Life.Draw(s.T, 1-rng.Float64()))
	if tooMany(lambda*end, most) {
		return false
	}
	n := 0
	for at := rng.ExpFloat64() / lambda; at <= end; at += rng.ExpFloat64() / lambda {
		if n++; n > most {
			return false
		}
		yield(at)
	}
	return true
}
