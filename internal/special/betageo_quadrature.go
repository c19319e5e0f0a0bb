package special

import "math"

// meanByQuadrature integrates over the probability p of dropping out.
func meanByQuadrature(r, a, b, w float64) (float64, bool) {
	log, ok := LogBetaMean(a, b, w*(r+1)+1, 2, func(p, _ float64) float64 {
		return math.Log(-math.Expm1(-r*math.Log1p(p*w)) / p)
	})
	return math.Exp(log), ok
}
