package special

import "math"

// meanByQuadrature integrates over the logit of the probability p of dropping
// out with the trapezoidal rule, which converges exponentially on the whole
// line (DLMF 3.5(i)). The mean is the quotient of two such sums, of the Beta
// density times (1-(1+p·w)^-r)/p and of the density alone. The rule with twice
// the step checks the result.
func meanByQuadrature(r, a, b, w float64) (float64, bool) {
	const longest = 0.4
	l := logit{r: r, w: w, a: a, b: b, p: a / (a + b), q: b / (a + b)}
	step := min(longest, 0.8/math.Sqrt(min(a, b))) // below a standard deviation
	var nodes, between sums
	l.walk(&nodes, 0, step)
	l.walk(&nodes, -step, -step)
	l.walk(&between, step/2, step)
	l.walk(&between, -step/2, -step)
	mean := (nodes.moment + between.moment) / (nodes.mass + between.mass)
	// Half the step squares the error.
	return mean, math.Abs(nodes.moment/nodes.mass-mean) <= 1e-6*mean
}

// logit is the Beta(a, b) density over u, the logit of p less that of the mean
// p = a/(a+b); q is 1-p.
type logit struct{ r, w, a, b, p, q float64 }

type sums struct{ mass, moment float64 }

// at returns the density at u in units of that at 0, p and 1-p.
func (l *logit) at(u float64) (density, p, q float64) {
	// Of the two forms of the density, this one has no large terms.
	least, v := l.p, u
	if l.q < l.p {
		least, v = l.q, -u
	}
	density = math.Exp((l.a + l.b) * (least*v - math.Log1p(least*math.Expm1(v))))
	odds := l.a / l.b * math.Exp(u)
	return density, odds / (1 + odds), 1 / (1 + odds)
}

// walk adds the nodes from u on, in steps, until they no longer matter. Where a
// tail has become exp(-rate·|u|) it adds the rest as a geometric series.
func (l *logit) walk(s *sums, u, step float64) {
	const (
		flat = 0x1p-56
		last = 0x1p-60
	)
	for ; ; u += step {
		density, p, q := l.at(u)
		moment := -density * math.Expm1(-l.r*math.Log1p(p*l.w)) / p
		slope, rate := q*(l.a+2), l.b
		if step < 0 {
			slope, rate = p*(l.b+l.w*(l.r+1)+1), l.a
		}
		if slope < flat {
			rest := -1 / math.Expm1(-rate*math.Abs(step))
			s.mass += density * rest
			s.moment += moment * rest
			return
		}
		s.mass += density
		s.moment += moment
		if density <= last*s.mass && moment <= last*s.moment {
			return
		}
	}
}
