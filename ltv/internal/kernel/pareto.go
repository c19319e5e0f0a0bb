package kernel

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// Pareto is a lifetime that is exponential for each customer, with rate
// μ ~ Gamma(s, β): over customers a Pareto distribution of the second kind. With
// s = 0 nobody ever leaves.
type Pareto struct{ S, Beta float64 }

func (l Pareto) LogEnded(shape, alpha, recency, t float64) float64 {
	if l.S == 0 {
		return math.Inf(-1)
	}
	return special.LogSubtract(l.logAfter(shape, alpha, recency), l.logAfter(shape, alpha, t))
}

// logAfter is the logarithm of ∫ f(u) (1+u/α)^-shape du from t to infinity.
func (l Pareto) logAfter(shape, alpha, t float64) float64 {
	tail, ok := special.LogMillsValue(shape, l.S+1, alpha+t, l.Beta+t)
	return special.OrNaN(tail+math.Log(l.S/(l.Beta+t))-l.S*math.Log1p(t/l.Beta)-shape*math.Log1p(t/alpha), ok)
}

// MeanRate is the mean of μ, which is Gamma(s, β+T) for the living and Gamma(s+1, β+u) for those who
// left at u.
func (l Pareto) MeanRate(shape, alpha, recency, t float64) float64 {
	if l.S == 0 {
		return 0
	}
	live := l.LogStays(0, t) - shape*math.Log1p(t/alpha)
	all := live + special.Softplus(l.LogEnded(shape, alpha, recency, t)-live)
	more := Pareto{l.S + 1, l.Beta}.LogEnded(shape, alpha, recency, t)
	return l.S/(l.Beta+t)*math.Exp(live-all) + l.S/l.Beta*math.Exp(more-all)
}

func (l Pareto) LogStays(from, t float64) float64 { return -l.S * math.Log1p(t/(l.Beta+from)) }

func (l Pareto) Leaves(from, u float64) float64 {
	return l.S / (l.Beta + from + u) * math.Exp(l.LogStays(from, u))
}

// Area without discounting is β'/(s-1) (1-(1+t/β')^(1-s)), β' = β+from, which
// has a limit at s = 1; with it, a quadrature in v = ln(1+u/β').
func (l Pareto) Area(from, t, rate float64) float64 {
	beta := l.Beta + from
	switch {
	case rate == 0:
		v := math.Log1p(t / beta)
		return beta * v * special.Expm1Ratio((1-l.S)*v)
	case l.S == 0:
		return -math.Expm1(-rate*t) / rate
	}
	end := math.Log1p(min(t, worthless/rate) / beta)
	area, ok := special.Integrate(func(v float64) float64 {
		return math.Exp((1-l.S)*v - rate*beta*math.Expm1(v))
	}, 0, end)
	return special.OrNaN(beta*area, ok)
}

func (l Pareto) Draw(from, uniform float64) float64 {
	if l.S == 0 {
		return math.Inf(1)
	}
	return (l.Beta + from) * math.Expm1(-math.Log(uniform)/l.S)
}

func (l Pareto) Bends(float64) []float64 { return nil }
