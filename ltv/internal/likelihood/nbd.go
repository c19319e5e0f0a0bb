package likelihood

import "math"

// NBD is the likelihood of buying without an end, by ln r and ln α.
func NBD(s *Sample, workers int) Function {
	return Function{At: pairUp(s, nil, workers).never, Offset: s.offset()}
}

// never is the likelihood where nobody drops out, by ln r and ln α.
func (p *separable) never(logs, grad []float64) float64 {
	r, alpha := math.Exp(logs[0]), math.Exp(logs[1])
	clear(grad)
	value := p.sample.rise(r, alpha, grad)
	n := inPieces(len(p.lates), p.workers, func(piece, lo, hi int) {
		var sum partial
		var d slopes
		for _, l := range p.lates[lo:hi] {
			sum.value += l.n * silence(r, alpha, float64(l.x), l.t, &d)
			for k := range grad {
				sum.grad[k] += l.n * d[k]
			}
		}
		p.sums[piece] = sum
	})
	return value + p.collect(n, grad)
}

// silence is -(r+x) ln(1+t/α), and sets its derivatives by ln r and ln α.
func silence(r, alpha, x, t float64, d *slopes) float64 {
	log := math.Log1p(t / alpha)
	*d = slopes{-r * log, (r + x) * (t / (alpha + t))}
	return -(r + x) * log
}
