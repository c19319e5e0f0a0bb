package gompertz

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// integrand is a function of an age u, or of a time after one,
//
//	(1+u/α)^-p ((β-1+e^bu)/β)^-q e^(bu - rate·u)
//
// without (1+u/α)^-p where p is 0 and without e^bu unless grows is set.
type integrand struct {
	life     Life
	p, alpha float64
	q, rate  float64
	grows    bool
}

// slopes are the functions of an age of which the derivatives of an
// integrand's logarithm by the parameters are made.
type slopes struct {
	logAge, age float64 // ln(1+u/α) and u/(α+u); 0 where p is 0
	log, lost   float64 // ln((β-1+e^bu)/β) and (e^bu-1)/(β-1+e^bu)
	growth      float64 // the derivative by ln b
}

// add adds the slopes at a point with a weight.
func (s *slopes) add(weight float64, o *slopes) {
	s.logAge += weight * o.logAge
	s.age += weight * o.age
	s.log += weight * o.log
	s.lost += weight * o.lost
	s.growth += weight * o.growth
}

// point is an age, and an integrand there.
type point struct {
	u     float64
	beta  float64 // of those who are alive
	value float64 // the integrand's logarithm
	slope float64 // its derivative by u
	slopes
}

func (g *integrand) at(u float64) (p point) {
	p.u = u
	p.beta, p.log, p.lost = g.life.aged(u)
	hazard := g.q * (g.life.B / p.beta)
	p.value = -g.q*p.log - g.rate*u
	p.slope = -hazard - g.rate
	p.growth = -hazard * u
	if g.grows {
		p.value += g.life.B * u
		p.slope += g.life.B
		p.growth += g.life.B * u
	}
	if g.p > 0 {
		p.logAge = math.Log1p(u / g.alpha)
		p.age = u / (g.alpha + u)
		p.value -= g.p * p.logAge
		p.slope -= g.p / (g.alpha + u)
	}
	return p
}

// total is the integral of an integrand, and of it times its slopes:
// all over e^top, so that nothing overflows.
type total struct {
	top, mass float64
	slopes
}

// logMass is the logarithm of the integral.
func (s *total) logMass() float64 { return s.top + math.Log(s.mass) }

// mean is the mean of the slopes, by the integrand as density.
func (s *total) mean() (m slopes) {
	m.add(1/s.mass, &s.slopes)
	return m
}

// raise rescales the sum for an integrand that has grown.
func (s *total) raise(value float64) {
	if !(value > s.top) {
		return
	}
	lower := total{top: value}
	scale := math.Exp(s.top - value)
	lower.mass = s.mass * scale
	lower.add(scale, &s.slopes)
	*s = lower
}

const (
	// mostPanels ends integrals that no sensible parameters need.
	mostPanels = 1 << 14

	// On a panel the integrand's logarithm may change by steepness at the rate of
	// the start, and by a third more at that of the end; by more where it is so
	// far below its top that fewer digits do.
	steepness = 20
	perDepth  = 0.5

	// unseen is the share of an integral that may be left out.
	unseen = 1e-17
)

// integrate is the integral from 0 to an age, which may be infinite, by the
// Gauss-Legendre rule of 20 nodes on panels that are laid one after the other, each
// as long as the integrand is smooth. Its relative error is about 1e-13; ok is false
// where panels do not suffice.
//
// On a panel the error falls as ρ^-40 in the ellipse with foci at its ends and the
// sum ρ of its axes, over half the panel, in which the integrand has no pole and
// does not grow far: Trefethen, Approximation Theory and Approximation Practice
// (2013), theorem 19.3. Poles are left beyond ρ = 3.
func (g *integrand) integrate(age float64) (sum total, ok bool) {
	from := g.at(0)
	sum.top = from.value
	for range mostPanels {
		if !(from.u < age) {
			return sum, !math.IsNaN(sum.mass)
		}
		to := g.step(from, age, sum.top-from.value)
		sum.raise(max(from.value, to.value))
		g.panel(&sum, from.u, to.u)
		if g.rest(to)*math.Exp(to.value-sum.top) <= unseen*sum.mass {
			return sum, true
		}
		from = to
	}
	return sum, false
}

// step is the end of the panel that begins at a point, so far below the top.
func (g *integrand) step(from point, age, depth float64) point {
	limit := steepness + perDepth*max(0, depth)
	end := min(from.u+min(limit/math.Abs(from.slope), g.smooth(from)), age)
	for {
		to := g.at(end)
		end = from.u + (to.u-from.u)/2
		if !((to.u-from.u)*math.Abs(to.slope) > limit*4/3) || end <= from.u || end >= to.u {
			return to
		}
	}
}

// smooth is how long a panel may be for the poles: that of (1+u/α)^-p at u = -α,
// and those where e^bu = 1-β, one on the left for β < 1 and a pair, π/b from
// the axis, for β > 1.
func (g *integrand) smooth(from point) float64 {
	width := math.Inf(1)
	if g.p > 0 {
		width = 3 * (g.alpha + from.u)
	}
	if from.beta < 1 {
		return min(width, -3*math.Log1p(-from.beta)/g.life.B)
	}
	ahead := math.Log(from.beta - 1) // of the pair, along the axis, in units of 1/b
	return min(width, max(1.5*math.Pi, 0.75*ahead, -3*ahead)/g.life.B)
}

// rest bounds the integral beyond a point, over the integrand there.
func (g *integrand) rest(p point) float64 {
	if g.grows {
		return p.beta / (g.life.S * g.life.B)
	}
	return 1 / (g.rate + g.q*g.life.B/max(p.beta, 1))
}

// panel adds the integral over a panel.
func (g *integrand) panel(sum *total, lo, hi float64) {
	center, half := lo+(hi-lo)/2, (hi-lo)/2
	for _, n := range special.Legendre() {
		for _, u := range [2]float64{center - half*n.At, center + half*n.At} {
			p := g.at(u)
			w := half * n.Weight * math.Exp(p.value-sum.top)
			sum.mass += w
			sum.add(w, &p.slopes)
		}
	}
}
