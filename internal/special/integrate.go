package special

import "math"

const (
	// panelLimit is the number of panels at which Integrate gives up.
	panelLimit = 512

	integralError = 1e-12

	// infinity stands for an infinite bound of the substituted variable t: the
	// distance exp(π/2·sinh t) from lo then runs from 1e-50 to 1e50.
	infinity = 5
)

// Integrate returns the integral of f from lo to hi, which may be +Inf, by
// Gauss-Legendre quadrature with 20 nodes on panels, of which it bisects the
// worst until bisection changes the sum by less than 1e-12 of the panels' sum of
// absolute values; a smooth integrand is then known to about rounding.
//
// On a finite interval, features narrower than a 50th of it can be missed unless
// the caller splits it there. An infinite interval is mapped to a finite one by
// y = lo + exp(π/2·sinh t) (Takahasi and Mori 1974), which sees the scales from
// 1e-50 to 1e50; f must be finite there, and features as narrow as a 20th of
// their distance from lo are seen if that is between 0.01 and 100, a half for
// 1e-10 to 1e10.
//
// It returns false when lo > hi or lo is not finite, when f is not finite, when
// 512 panels are not enough, and on an infinite interval when f decays no faster
// than y^-1.3.
func Integrate(f func(float64) float64, lo, hi float64) (value float64, ok bool) {
	switch {
	case !(lo <= hi) || !finite(lo):
		return 0, false
	case hi <= math.MaxFloat64:
		return integrate(f, lo, hi, 1)
	}
	g := func(t float64) float64 {
		y := math.Exp(math.Pi / 2 * math.Sinh(t))
		return f(lo+y) * y * math.Pi / 2 * math.Cosh(t)
	}
	const scales = 8 // panels to begin with
	value, ok = integrate(g, -infinity, infinity, scales)
	ok = ok && math.Abs(g(infinity)) <= integralError*math.Abs(value)
	return value, ok
}

// panel is an interval with the integrals over its halves.
type panel struct {
	lo, hi      float64
	left, right float64
	change      float64 // what bisection changed
}

// newPanel bisects an interval over which the integral is about whole.
func newPanel(f func(float64) float64, lo, hi, whole float64) panel {
	mid := lo + (hi-lo)/2
	p := panel{lo: lo, hi: hi, left: gauss(f, lo, mid), right: gauss(f, mid, hi)}
	p.change = math.Abs(p.left + p.right - whole)
	return p
}

// integrate is [Integrate] from a number of equal panels on.
func integrate(f func(float64) float64, lo, hi float64, start int) (value float64, ok bool) {
	panels := make([]panel, 0, 16)
	width := (hi - lo) / float64(start)
	for i := range start {
		from := lo + float64(i)*width
		panels = append(panels, newPanel(f, from, from+width, gauss(f, from, from+width)))
	}
	for {
		var sum, size, change float64
		worst := 0
		for i, p := range panels {
			sum += p.left + p.right
			size += math.Abs(p.left) + math.Abs(p.right)
			change += p.change
			if p.change > panels[worst].change {
				worst = i
			}
		}
		switch {
		case !finite(size + change):
			return 0, false
		case change <= integralError*size:
			return sum, true
		case len(panels) == panelLimit:
			return 0, false
		}
		p := panels[worst]
		mid := p.lo + (p.hi-p.lo)/2
		panels[worst] = newPanel(f, p.lo, mid, p.left)
		panels = append(panels, newPanel(f, mid, p.hi, p.right))
	}
}

// gauss applies the rule of 20 nodes, exact for polynomials of degree 39.
func gauss(f func(float64) float64, lo, hi float64) float64 {
	center, half := lo+(hi-lo)/2, (hi-lo)/2
	sum := 0.0
	for _, n := range legendre20 {
		sum += n.Weight * (f(center-half*n.At) + f(center+half*n.At))
	}
	return half * sum
}

// Node is a node of a quadrature of functions on [-1, 1], and one at -At, each with
// the weight.
type Node struct{ At, Weight float64 }

// Legendre returns the nodes of the Gauss-Legendre rule of order 20, for integrands
// that need panels of their own. They are not to be changed.
func Legendre() *[10]Node { return &legendre20 }

// legendre20 are the positive nodes and the weights of the Gauss-Legendre rule
// of order 20 on [-1, 1] (DLMF 3.5(v)).
var legendre20 = [10]Node{
	{0.07652652113349733375464, 0.1527533871307258506981},
	{0.2277858511416450780805, 0.1491729864726037467878},
	{0.3737060887154195606725, 0.1420961093183820513293},
	{0.5108670019508270980044, 0.1316886384491766268985},
	{0.6360536807265150254528, 0.1181945319615184173124},
	{0.7463319064601507926143, 0.1019301198172404350368},
	{0.8391169718222188233945, 0.08327674157670474872476},
	{0.9122344282513259058678, 0.06267204833410906356951},
	{0.9639719272779137912677, 0.04060142980038694133104},
	{0.9931285991850949247861, 0.01761400713915211831186},
}
