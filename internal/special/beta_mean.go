package special

import "math"

// LogBetaMean returns the logarithm of E[exp(g(p))] for p ~ Beta(a, b) and a smooth
// g that does not rise with p. It gets 1-p too, which may be all that is left of p.
// near0 and near1 bound the derivative of g by p near the ends, of which one may be
// an integrable pole of the density.
//
// The integral over the logit of p is a trapezoidal sum, which converges
// exponentially on the whole line (DLMF 3.5(i)); so is that of the density, and the
// mean is their quotient. Sums with twice the step check the result, which is exact
// to some 1e-13, or √min(a, b)·1e-15 if that is more. It is false where that fails,
// as for a g that is not smooth, for a or b outside 1e-100 to 1e100, and where both
// are above 1e18.
func LogBetaMean(a, b, near0, near1 float64, g func(p, q float64) float64) (float64, bool) {
	const least, most, narrow = 1e-100, 1e100, 1e18
	if !(a >= least && a <= most && b >= least && b <= most && min(a, b) <= narrow) {
		return 0, false
	}
	l := logit{a: a, b: b, p: a / (a + b), q: b / (a + b)}
	density, ok1 := l.sum(0, a, b, func(float64, float64) float64 { return 0 })
	moment, ok2 := l.sum(l.peak(g), a+near1, b+near0, g)
	return moment - density, ok1 && ok2
}

// logit is the Beta(a, b) density over u, the logit of p less that of the mean
// p = a/(a+b); q is 1-p.
type logit struct{ a, b, p, q float64 }

// at returns the logarithm of the density at u, over that at 0, and p and 1-p.
func (l *logit) at(u float64) (log, p, q float64) {
	// Of the two forms of the density, this one has no large terms.
	least, v := l.p, u
	if l.q < l.p {
		least, v = l.q, -u
	}
	log = (l.a + l.b) * (least*v - math.Log1p(least*math.Expm1(v)))
	odds := l.a / l.b * math.Exp(u)
	return log, odds / (1 + odds), 1 / (1 + odds)
}

// value is the logarithm of the integrand.
func (l *logit) value(g func(p, q float64) float64, u float64) float64 {
	log, p, q := l.at(u)
	return log + g(p, q)
}

// peak is about where the integrand is highest: below 0, where the density is.
func (l *logit) peak(g func(p, q float64) float64) float64 {
	const (
		doublings = 64
		narrow    = 0.05 // of the distance from 0
		golden    = 0.6180339887498949
	)
	step, best := l.spread(), l.value(g, 0)
	lo, hi := 0.0, 0.0
	for range doublings {
		hi, lo = lo, lo-step
		next := l.value(g, lo)
		if !(next > best) {
			break
		}
		best, step = next, 2*step
	}
	hi = min(0, hi+step) // one step back, beyond the best
	for hi-lo > narrow*max(-lo, l.spread()) {
		left, right := hi-golden*(hi-lo), lo+golden*(hi-lo)
		if l.value(g, left) > l.value(g, right) {
			hi = right
		} else {
			lo = left
		}
	}
	return (lo + hi) / 2
}

// spread is about a standard deviation of the density, or 1.
func (l *logit) spread() float64 { return 1 / math.Sqrt(1+min(l.a, l.b)) }

// sum is the logarithm of the integral over u; top is about where the integrand is
// highest, and its slope there is q times high from the right, and p times low from
// the left, more than that of an exponential.
func (l *logit) sum(top, high, low float64, g func(p, q float64) float64) (float64, bool) {
	const longest, least = 0.4, 1e-12
	d := l.spread()
	value := l.value(g, top)
	bent := (2*value - l.value(g, top-d) - l.value(g, top+d)) / (d * d)
	step := min(longest, 0.8/math.Sqrt(max(bent, least)))
	w := walk{logit: l, g: g, top: value, high: high, low: low}
	nodes := w.from(top, step) + w.from(top-step, -step)
	if math.IsNaN(nodes) {
		return nodes, false
	}
	between := w.from(top+step/2, step) + w.from(top-step/2, -step)
	// Half the step squares the error.
	return value + math.Log((nodes+between)/2*step), math.Abs(nodes-between) <= 2e-6*nodes
}

// walk adds up an integrand over e^top.
type walk struct {
	*logit
	g         func(p, q float64) float64
	top       float64
	high, low float64
}

// from adds the nodes from u on, in steps, until they no longer matter. Where a
// tail has become exp(-rate·|u|) it adds the rest as a geometric series. It is NaN where
// that does not come within 65,536 nodes.
func (w *walk) from(u, step float64) (sum float64) {
	const (
		flat = 0x1p-56
		last = 0x1p-60
		most = 1 << 16
	)
	for range most {
		log, p, q := w.at(u)
		value := math.Exp(log + w.g(p, q) - w.top)
		slope, rate := q*(w.high+1), w.b
		if step < 0 {
			slope, rate = p*(w.low+1), w.a
		}
		if slope < flat {
			return sum - value/math.Expm1(-rate*math.Abs(step))
		}
		sum += value
		if !(value > last*sum) {
			return sum
		}
		u += step
	}
	return math.NaN()
}
