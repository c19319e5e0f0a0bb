package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
)

// gompertzLife is a lifetime with the hazard b η e^(bt) for each customer, with
// η ~ Gamma(s, β). With s = 0 nobody ever leaves.
type gompertzLife struct{ b, s, beta float64 }

func (l gompertzLife) check(f *clientele.ConfigError) {
	positive(f, "b", l.b)
	notNegative(f, "s", l.s)
	positive(f, "beta", l.beta)
}

// aged returns the β of those who are alive at an age, whose further lives are of
// this kind with the same b and s; ln((β-1+e^bt)/β), of which the logarithm of the
// survivors' share is -s times; and (e^bt-1)/(β-1+e^bt), its derivative by -ln β.
func (l gompertzLife) aged(age float64) (beta, log, lost float64) {
	v := l.b * age
	grown := math.Expm1(v)
	if grown/l.beta <= math.MaxFloat64 {
		return (l.beta + grown) / (1 + grown), math.Log1p(grown / l.beta), grown / (l.beta + grown)
	}
	beta = 1 + (l.beta-1)*math.Exp(-v)
	return beta, v + math.Log(beta) - math.Log(l.beta), 1 / beta
}

// logEnded is that of those who bought at t_x, from then on.
func (l gompertzLife) logEnded(shape, alpha float64, s Summary) float64 {
	if l.s == 0 {
		return math.Inf(-1)
	}
	staying, further := l.staying(shape, alpha), l.at(s.Recency)
	ending := further.ending(shape, alpha+s.Recency)
	sum, ok := ending.integrate(s.T - s.Recency)
	return orNaN(staying.at(s.Recency).value+further.logHazard()+sum.logMass(), ok)
}

// ending is the density of leaving times (1+u/α)^-shape, over e^logHazard.
func (l gompertzLife) ending(shape, alpha float64) gompertzIntegrand {
	return gompertzIntegrand{life: l, p: shape, alpha: alpha, q: l.s + 1, grows: true}
}

// staying is the share of survivors times (1+u/α)^-shape.
func (l gompertzLife) staying(shape, alpha float64) gompertzIntegrand {
	return gompertzIntegrand{life: l, p: shape, alpha: alpha, q: l.s}
}

// logHazard is the logarithm of the hazard at age 0, over all customers.
func (l gompertzLife) logHazard() float64 { return math.Log(l.s) + math.Log(l.b) - math.Log(l.beta) }

// meanRate: η is Gamma(s, β-1+e^bT) for the living and Gamma(s+1, β-1+e^bu) for
// those who left at u. The rate is that at age 0.
func (l gompertzLife) meanRate(shape, alpha float64, s Summary) float64 {
	if l.s == 0 {
		return 0
	}
	staying := l.staying(shape, alpha)
	live, ended := staying.at(s.T), l.logEnded(shape, alpha, s)
	more := gompertzLife{l.b, l.s + 1, l.beta}.logEnded(shape, alpha, s)
	rate := math.Exp(l.logHazard() - live.log - softplus(ended-live.value))
	if !math.IsInf(ended, -1) {
		rate += math.Exp(l.logHazard() + more - ended - softplus(live.value-ended))
	}
	return rate
}

func (l gompertzLife) logStays(from, t float64) float64 {
	if l.s == 0 {
		return 0
	}
	_, log, _ := l.at(from).aged(t)
	return -l.s * log
}

// at is the further lifetime of those alive at an age.
func (l gompertzLife) at(age float64) gompertzLife {
	beta, _, _ := l.aged(age)
	return gompertzLife{l.b, l.s, beta}
}

func (l gompertzLife) leaves(from, u float64) float64 {
	beta, log, _ := l.at(from).aged(u)
	return l.s * (l.b / beta) * math.Exp(-l.s*log)
}

func (l gompertzLife) area(from, t, rate float64) float64 {
	switch {
	case l.s > 0:
		g := gompertzIntegrand{life: l.at(from), q: l.s, rate: rate}
		sum, ok := g.integrate(t)
		return orNaN(math.Exp(sum.logMass()), ok)
	case rate > 0:
		return -math.Expm1(-rate*t) / rate
	}
	return t
}

func (l gompertzLife) draw(from, uniform float64) float64 {
	const far = 700
	v, beta := -math.Log(uniform)/l.s, l.at(from).beta
	switch {
	case l.s == 0:
		return math.Inf(1)
	case v > far:
		return (v + math.Log(beta)) / l.b
	}
	return math.Log1p(beta*math.Expm1(v)) / l.b
}

// bends: the density is sharp where leaving sets in, and may be far from there
// where it ends.
func (l gompertzLife) bends(from float64) []float64 {
	if l.s == 0 {
		return nil
	}
	var ages []float64
	for _, staying := range []float64{1 - 1e-6, 1 - 1e-3, 0.9, 0.5, 0.1, 1e-3, 1e-6} {
		ages = append(ages, l.draw(from, staying))
	}
	return ages
}
