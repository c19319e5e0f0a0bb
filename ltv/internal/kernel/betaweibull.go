package kernel

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// BetaWeibull is the mathematics of sBG and BdW. A customer stays longer than t
// periods with probability (1-θ)^(t^c), where θ ~ Beta(α, β) over customers, who
// therefore stay so long with probability
//
//	S(t) = B(α, β+t^c)/B(α, β)
//
// Those who have stayed t periods are customers of the same kind with β+t^c.
type BetaWeibull struct{ Alpha, Beta, C float64 }

// power is t^c. It is exact for c = 1.
func (m BetaWeibull) power(t float64) float64 {
	if m.C == 1 {
		return t
	}
	return math.Pow(t, m.C)
}

// Loss is minus the logarithm of the share of those who have stayed from periods
// who stay until to.
func (m BetaWeibull) Loss(from, to float64) float64 {
	begin := m.power(from)
	return betaLoss(m.Alpha, m.Beta+begin, m.power(to)-begin)
}

// LossAhead is Loss of those who have stayed from periods, ahead periods later, where the sum
// of the two may be no number of its own.
func (m BetaWeibull) LossAhead(from, ahead float64) float64 {
	const exact = 1 << 20 // below, differences of powers keep their digits
	switch {
	case m.C == 1:
		return betaLoss(m.Alpha, m.Beta+from, ahead)
	case from < exact:
		return m.Loss(from, from+ahead)
	}
	begin := m.power(from)
	return betaLoss(m.Alpha, m.Beta+begin, begin*math.Expm1(m.C*math.Log1p(ahead/from)))
}

// betaLoss is ln B(a, b) - ln B(a, b+y), which is not below 0: the integral of
// ψ(b+more+u) - ψ(b+u) over u from 0 to less, where these are a and y. Its error is
// below 1e-10 of itself, and mostly some 1e-15 of ln B(less, b).
func betaLoss(a, b, y float64) float64 {
	const (
		short = 1.0 / 64
		huge  = 1e100
		node  = 0.7745966692414834 // √(3/5), DLMF 3.5.18
	)
	if y == 0 || math.IsInf(y, 1) {
		return y
	}
	less, more := min(a, y), max(a, y)
	if less > short*b || more > huge || b > huge {
		return max(0, special.LogBeta(less, b)-special.LogBeta(less, b+more))
	}
	// The difference would be one of nearly equal numbers; the integrand is so even
	// that three nodes do.
	slope := func(at float64) float64 { return special.LogBetaSlope(b+less/2*(1+at), more) }
	return -less / 18 * (5*slope(-node) + 8*slope(0) + 5*slope(node))
}

// Share is the share of those who have stayed from periods who stay until to.
func (m BetaWeibull) Share(from, to float64) float64 { return math.Exp(-m.Loss(from, to)) }

// LossSlopes adds by times the derivatives of Loss(t-1, t) by ln α, ln β and ln c.
func (m BetaWeibull) LossSlopes(t, by float64, grad []float64) {
	begin, end := m.power(t-1), m.power(t)
	b, y := m.Beta+begin, end-begin
	byAlpha := -special.LogBetaSlope(m.Alpha+b, y)
	grad[0] += by * m.Alpha * byAlpha
	grad[1] += by * m.Beta * (byAlpha + special.LogBetaSlope(b, y))
	grad[2] += by * (m.growth(t) - m.growth(t-1))
}

// growth is the derivative of Loss(0, t) by ln c.
func (m BetaWeibull) growth(t float64) float64 {
	if t <= 1 {
		return 0
	}
	y := m.power(t)
	return -special.LogBetaSlope(m.Beta+y, m.Alpha) * y * math.Log(y)
}
