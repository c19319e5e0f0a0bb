package kernel

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// present is discounted without a horizon: the sum over all further purchases,
// for a customer with given λ and p in phase j,
//
//	Σ (1-p)^(n-1) q^(nk-j) = q^(k-j)/(1-(1-p) q^k),  q = λ/(λ+rate),
//
// since the gap to a tick is exponential. Its mean over p is q^(k-j) 2F1(1, B; a+B; q^k);
// that over λ is a quadrature in ln λ.
func (m BetaGeometric) present(s Summary, rate float64) float64 {
	all, sum := m.phases(s), 0.0
	for j := range m.K {
		if weight := math.Exp(m.phase(s, j) - all); weight != 0 { // of a newcomer, that of phase 0 alone
			sum += weight * m.presentFrom(s, rate, j)
		}
	}
	return sum
}

// presentFrom is present for the living in phase j.
func (m BetaGeometric) presentFrom(s Summary, rate float64, j int) float64 {
	shape, scale, stayed := m.shape(s)+float64(j), m.Alpha+s.T, m.stayed(s)
	likely := shape / scale // λ at the mode of ln λ
	norm := special.LogGammaPeak(shape)
	f := func(d float64) float64 { // d is ln λ less its mode
		logQ := -math.Log1p(rate / likely * math.Exp(-d))
		density := norm - shape*special.Expm1Rest(d)
		return math.Exp(density+float64(m.K-j)*logQ) * series(m.A, stayed, -math.Expm1(float64(m.K)*logQ))
	}
	// Beyond these limits less than e^-45 is left: of the density, or of q.
	const nothing = 45
	wide := math.Sqrt(2*nothing/shape) + 2*nothing/shape
	lo := max(-wide, min(0, math.Log(rate/likely))-nothing)
	left, ok1 := special.Integrate(f, lo, 0)
	above := math.Sqrt(2 * nothing / shape)
	if shape < 2*nothing {
		above = math.Log1p(200 / shape)
	}
	right, ok2 := special.Integrate(f, 0, above)
	return special.OrNaN(left+right, ok1 && ok2)
}

// series is 2F1(1, b; a+b; 1-rest), by way of the same with b+1, which is a Mills
// ratio.
func series(a, b, rest float64) float64 {
	mills, ok := special.LogMillsValue(b+1, a, 1, rest)
	return special.OrNaN(1+(1-rest)*b/rest*math.Exp(mills), ok)
}
