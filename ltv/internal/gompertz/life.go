package gompertz

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// Life is a lifetime with the hazard b η e^(bt) for each customer, with
// η ~ Gamma(s, β). With s = 0 nobody ever leaves.
type Life struct{ B, S, Beta float64 }

// aged returns the β of those who are alive at an age, whose further lives are of
// this kind with the same b and s; ln((β-1+e^bt)/β), of which the logarithm of the
// survivors' share is -s times; and (e^bt-1)/(β-1+e^bt), its derivative by -ln β.
func (l Life) aged(age float64) (beta, log, lost float64) {
	v := l.B * age
	grown := math.Expm1(v)
	if grown/l.Beta <= math.MaxFloat64 {
		return (l.Beta + grown) / (1 + grown), math.Log1p(grown / l.Beta), grown / (l.Beta + grown)
	}
	beta = 1 + (l.Beta-1)*math.Exp(-v)
	return beta, v + math.Log(beta) - math.Log(l.Beta), 1 / beta
}

// LogEnded returns the logarithm of ∫ f(u) (1+u/α)^-shape du from the last purchase to
// t, f being the density of lifetimes.
func (l Life) LogEnded(shape, alpha, recency, t float64) float64 {
	if l.S == 0 {
		return math.Inf(-1)
	}
	staying, further := l.staying(shape, alpha), l.at(recency)
	ending := further.ending(shape, alpha+recency)
	sum, ok := ending.integrate(t - recency)
	return special.OrNaN(staying.at(recency).value+further.logHazard()+sum.logMass(), ok)
}

// ending is the density of leaving times (1+u/α)^-shape, over e^logHazard.
func (l Life) ending(shape, alpha float64) integrand {
	return integrand{life: l, p: shape, alpha: alpha, q: l.S + 1, grows: true}
}

// staying is the share of survivors times (1+u/α)^-shape.
func (l Life) staying(shape, alpha float64) integrand {
	return integrand{life: l, p: shape, alpha: alpha, q: l.S}
}

// logHazard is the logarithm of the hazard at age 0, over all customers.
func (l Life) logHazard() float64 { return math.Log(l.S) + math.Log(l.B) - math.Log(l.Beta) }

// MeanRate returns the mean of b η, given the history: η is Gamma(s, β-1+e^bT) for the living and Gamma(s+1, β-1+e^bu) for
// those who left at u.
func (l Life) MeanRate(shape, alpha, recency, t float64) float64 {
	if l.S == 0 {
		return 0
	}
	staying := l.staying(shape, alpha)
	live, ended := staying.at(t), l.LogEnded(shape, alpha, recency, t)
	more := Life{l.B, l.S + 1, l.Beta}.LogEnded(shape, alpha, recency, t)
	rate := math.Exp(l.logHazard() - live.log - special.Softplus(ended-live.value))
	if !math.IsInf(ended, -1) {
		rate += math.Exp(l.logHazard() + more - ended - special.Softplus(live.value-ended))
	}
	return rate
}

// LogStays returns the logarithm of the share of those alive at age from who are alive a
// time t later.
func (l Life) LogStays(from, t float64) float64 {
	if l.S == 0 {
		return 0
	}
	_, log, _ := l.at(from).aged(t)
	return -l.S * log
}

// at is the further lifetime of those alive at an age.
func (l Life) at(age float64) Life {
	beta, _, _ := l.aged(age)
	return Life{l.B, l.S, beta}
}

// Leaves returns the density, at a time u after age from, of leaving.
func (l Life) Leaves(from, u float64) float64 {
	beta, log, _ := l.at(from).aged(u)
	return l.S * (l.B / beta) * math.Exp(-l.S*log)
}

// Area returns ∫ e^(-rate·u) du over the share who stay after age from, from 0 to t, which
// may be infinite.
func (l Life) Area(from, t, rate float64) float64 {
	switch {
	case l.S > 0:
		g := integrand{life: l.at(from), q: l.S, rate: rate}
		sum, ok := g.integrate(t)
		return special.OrNaN(math.Exp(sum.logMass()), ok)
	case rate > 0:
		return -math.Expm1(-rate*t) / rate
	}
	return t
}

// Draw returns a time of leaving after age from, for a uniform number.
func (l Life) Draw(from, uniform float64) float64 {
	const far = 700
	v, beta := -math.Log(uniform)/l.S, l.at(from).Beta
	switch {
	case l.S == 0:
		return math.Inf(1)
	case v > far:
		return (v + math.Log(beta)) / l.B
	}
	return math.Log1p(beta*math.Expm1(v)) / l.B
}

// Bends returns times after age from between which leaving is smooth, ascending: its
// density is sharp where leaving sets in, and may be far from there where it ends.
func (l Life) Bends(from float64) []float64 {
	if l.S == 0 {
		return nil
	}
	var ages []float64
	for _, staying := range []float64{1 - 1e-6, 1 - 1e-3, 0.9, 0.5, 0.1, 1e-3, 1e-6} {
		ages = append(ages, l.Draw(from, staying))
	}
	return ages
}
