package special

import "math"

// meanByRate ... placeholder
func meanByRate(r, a, b, w float64) (float64, bool) {
	step := min(0.5, 1/math.Sqrt(min(a, b)))
	l := logitRule{r: r, a: a, b: b, w: w, mean: a / (a + b), step: step}
	coarse := l.sum(0)
	fine := l.sum(step / 2)
	fine.mass += coarse.mass
	fine.moment += coarse.moment
	x, y := coarse.moment/coarse.mass, fine.moment/fine.mass
	return y, math.Abs(x-y) <= 1e-6*y
}
type logitRule struct{ r, a, b, w, mean, step float64 }
type massMoment struct{mass, moment float64}
func (l *logitRule) at(u float64) (density, p, q float64) {
	// p/(1-p) = a/b e^u
	o := l.a/l.b*math.Exp(u)
	p = o/(1+o); q=1/(1+o)
	x := l.mean*math.Expm1(u)
	density = math.Exp(-(l.a+l.b)*(math.Log1p(x) - l.mean*u))
	return
}
func (l *logitRule) value(p float64) float64 { return -math.Expm1(-l.r*math.Log1p(p*l.w))/p }
func (l *logitRule) sum(shift float64) massMoment {
	var s massMoment
	const small = 0x1p-56
	for u := shift; ; u += l.step {
		d,p,q := l.at(u)
		f := l.value(p)
		if q*(l.a+2) < small {
			k := 1/-math.Expm1(-l.b*l.step)
			s.mass += d*k; s.moment += d*f*k
			break
		}
		s.mass += d; s.moment += d*f
		if d*(1+f) <= small*small*min(s.mass,s.moment) && u > 0 {break}
	}
	for u := shift-l.step; ; u -= l.step {
		d,p,_ := l.at(u)
		f := l.value(p)
		if p*(l.b+l.w*(l.r+1)+1) < small {
			k := 1/-math.Expm1(-l.a*l.step)
			s.mass += d*k; s.moment += d*f*k
			break
		}
		s.mass += d; s.moment += d*f
		if d*(1+f) <= small*small*min(s.mass,s.moment) {break}
	}
	return s
}
