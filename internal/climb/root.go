package climb

import (
	"math"

	"github.com/clientele-go/clientele/internal/rule"
)

const (
	rootTolerance = 5e-11 // half the final bracket, relative to the greater of 1 and |x|
	rootSteps     = 2000  // twice the bisections that the widest bracket needs
)

// Root returns a zero of f between lo and hi, in either order, to within
// 1e-10*max(1, |x|). It is not ok if the ends or their distance are not finite, f has the same sign at
// both ends, or f is NaN where it is asked. An infinite value counts by its sign.
//
// The method is that of Chandrupatla, A new hybrid quadratic/bisection algorithm
// for finding the zero of a nonlinear function without using derivatives, Advances
// in Engineering Software 28 (1997): inverse quadratic interpolation where the
// last three points show it to be safe, bisection elsewhere.
func Root(f func(float64) float64, lo, hi float64) (x float64, ok bool) {
	if !rule.IsFinite(lo) || !rule.IsFinite(hi) || !rule.IsFinite(hi-lo) {
		return 0, false
	}
	b := bracket{b: point{lo, f(lo)}, a: point{hi, f(hi)}}
	switch {
	case b.a.y == 0:
		return hi, true
	case b.b.y == 0:
		return lo, true
	case math.IsNaN(b.a.y), math.IsNaN(b.b.y), b.a.y < 0 == (b.b.y < 0):
		return 0, false
	}
	share := 0.5
	for range rootSteps {
		x := b.a.x + share*(b.b.x-b.a.x)
		y := f(x)
		if math.IsNaN(y) {
			return 0, false
		}
		b.narrow(point{x, y})
		best := b.a
		if math.Abs(b.b.y) < math.Abs(b.a.y) {
			best = b.b
		}
		least := rootTolerance * max(1, math.Abs(best.x)) / math.Abs(b.b.x-b.a.x)
		if best.y == 0 || least > 0.5 {
			return best.x, true
		}
		share = min(max(b.share(), least), 1-least)
	}
	return 0, false
}

// point is a point of the graph of a function.
type point struct{ x, y float64 }

// bracket is an interval from a, the newest point, to b, where the function
// changes its sign; c is the point that was given up last.
type bracket struct{ a, b, c point }

// narrow makes p, which lies between a and b, the newest point.
func (r *bracket) narrow(p point) {
	if p.y < 0 == (r.a.y < 0) {
		r.c = r.a
	} else {
		r.b, r.c = r.a, r.b
	}
	r.a = p
}

// share returns how far from a towards b the next point should be.
func (r *bracket) share() float64 {
	xi := (r.a.x - r.b.x) / (r.c.x - r.b.x)
	phi := (r.a.y - r.b.y) / (r.c.y - r.b.y)
	// The inverse parabola is monotonic in the bracket. False for NaN.
	if !(phi*phi < xi && (1-phi)*(1-phi) < 1-xi) {
		return 0.5
	}
	t := r.a.y/(r.b.y-r.a.y)*r.c.y/(r.b.y-r.c.y) +
		(r.c.x-r.a.x)/(r.b.x-r.a.x)*r.a.y/(r.c.y-r.a.y)*r.b.y/(r.c.y-r.b.y)
	if !rule.IsFinite(t) {
		return 0.5
	}
	return t
}
