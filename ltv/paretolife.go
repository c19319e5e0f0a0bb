package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
)

// paretoLife is a lifetime that is exponential for each customer, with rate
// μ ~ Gamma(s, β): over customers a Pareto distribution of the second kind. With
// s = 0 nobody ever leaves.
type paretoLife struct{ s, beta float64 }

func (l paretoLife) check(f *clientele.ConfigError) {
	notNegative(f, "s", l.s)
	positive(f, "beta", l.beta)
}

func (l paretoLife) logEnded(shape, alpha float64, s Summary) float64 {
	if l.s == 0 {
		return math.Inf(-1)
	}
	return difference(l.logAfter(shape, alpha, s.Recency), l.logAfter(shape, alpha, s.T))
}

// logAfter is the logarithm of ∫ f(u) (1+u/α)^-shape du from t to infinity.
func (l paretoLife) logAfter(shape, alpha, t float64) float64 {
	tail, ok := special.LogMillsValue(shape, l.s+1, alpha+t, l.beta+t)
	return orNaN(tail+math.Log(l.s/(l.beta+t))-l.s*math.Log1p(t/l.beta)-shape*math.Log1p(t/alpha), ok)
}

// meanRate: μ is Gamma(s, β+T) for the living and Gamma(s+1, β+u) for those who
// left at u.
func (l paretoLife) meanRate(shape, alpha float64, s Summary) float64 {
	if l.s == 0 {
		return 0
	}
	live := l.logStays(0, s.T) - shape*math.Log1p(s.T/alpha)
	all := live + softplus(l.logEnded(shape, alpha, s)-live)
	more := paretoLife{l.s + 1, l.beta}.logEnded(shape, alpha, s)
	return l.s/(l.beta+s.T)*math.Exp(live-all) + l.s/l.beta*math.Exp(more-all)
}

func (l paretoLife) logStays(from, t float64) float64 { return -l.s * math.Log1p(t/(l.beta+from)) }

func (l paretoLife) leaves(from, u float64) float64 {
	return l.s / (l.beta + from + u) * math.Exp(l.logStays(from, u))
}

// area: without discounting it is β'/(s-1) (1-(1+t/β')^(1-s)), β' = β+from, which
// has a limit at s = 1; with it, a quadrature in v = ln(1+u/β').
func (l paretoLife) area(from, t, rate float64) float64 {
	beta := l.beta + from
	switch {
	case rate == 0:
		v := math.Log1p(t / beta)
		return beta * v * expm1Ratio((1-l.s)*v)
	case l.s == 0:
		return -math.Expm1(-rate*t) / rate
	}
	end := math.Log1p(min(t, discounted/rate) / beta)
	area, ok := special.Integrate(func(v float64) float64 {
		return math.Exp((1-l.s)*v - rate*beta*math.Expm1(v))
	}, 0, end)
	return orNaN(beta*area, ok)
}

func (l paretoLife) draw(from, uniform float64) float64 {
	if l.s == 0 {
		return math.Inf(1)
	}
	return (l.beta + from) * math.Expm1(-math.Log(uniform)/l.s)
}

func (l paretoLife) bends(float64) []float64 { return nil }
