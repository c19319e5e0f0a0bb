package rfm

import "math"

// double is a number in twice the digits of a float64: hi is the nearest float64, lo the
// rest. The operations are those of T. J. Dekker, "A floating-point technique for extending
// the available precision" (Numerische Mathematik 18, 1971).
type double struct{ hi, lo float64 }

// product is a·b without rounding.
func product(a, b float64) double {
	p := a * b
	return double{p, math.FMA(a, b, -p)}
}

func (d double) plus(e double) double {
	s := d.hi + e.hi
	v := s - d.hi
	rest := (d.hi - (s - v)) + (e.hi - v)
	return normal(s, rest+d.lo+e.lo)
}

func (d double) minus(e double) double { return d.plus(double{-e.hi, -e.lo}) }

func (d double) times(e double) double {
	p := product(d.hi, e.hi)
	return normal(p.hi, p.lo+(d.hi*e.lo+d.lo*e.hi))
}

func (d double) over(x float64) double {
	q := d.hi / x
	rest := d.minus(product(q, x))
	return normal(q, (rest.hi+rest.lo)/x)
}

// normal moves into hi what fits there; lo is small beside it.
func normal(hi, lo float64) double {
	s := hi + lo
	return double{s, lo - (s - hi)}
}
