package interval

import (
	"math"
	"math/big"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
)

// Shares are two shares that are compared: K of N, and K0 of N0.
type Shares struct{ K, N, K0, N0 float64 }

// Strata are pairs of shares, each of units that are alike in what would otherwise be
// mistaken for the effect, such as how often they buy. Sums follow the order of strata.
type Strata []Shares

// RiskRatio estimates the ratio of the first shares over the second that strata have in
// common, by Mantel & Haenszel,
//
//	Σ K N0/(N+N0) / Σ K0 N/(N+N0)
//
// which stays consistent with many strata of few units. Its limits invert the score test of
// Miettinen & Nurminen with the same weights, w = N N0/(N+N0), and half an event of
// correction for continuity, so that with one stratum they are those of [RiskRatio] and the
// test of 1 is that of Cochran, Mantel and Haenszel; see P. The standard error is that of
// Greenland & Robins for the logarithm, times the ratio: Estimation of a Common Effect
// Parameter from Sparse Follow-up Data, Biometrics 41 (1985). Strata in which one side has
// no units say nothing. ok is false if in all others the second sides have no event.
func (s Strata) RiskRatio(level float64) (e clientele.Estimate, ok bool) {
	s = s.comparable()
	first, second := s.events()
	if second == 0 {
		return clientele.Estimate{}, false
	}
	value := s.ratio()
	e = clientele.Estimate{Value: value, StdErr: s.stdErrOfLog() * value, Level: level}
	z := special.NormalQuantile((1 + level) / 2)
	e.Hi = 1 / s.swapped().lowestRatio(z)
	if first > 0 {
		e.Lo = s.lowestRatio(z)
	}
	return e, true
}

// P is the two-sided p-value of a common ratio of 1: it is below 1 - level where the interval
// of RiskRatio does not hold 1. It is 1 where there is nothing to test by.
func (s Strata) P() float64 {
	s = s.comparable()
	difference := 0.0
	for _, t := range s {
		difference += (t.K*t.N0 - t.K0*t.N) / (t.N + t.N0)
	}
	z := (math.Abs(difference) - 0.5) / math.Sqrt(s.variance(1))
	if !(z > 0) {
		return 1
	}
	return math.Erfc(z / math.Sqrt2)
}

// comparable are the strata in which both sides have units.
func (s Strata) comparable() Strata {
	var both Strata
	for _, t := range s {
		if t.N > 0 && t.N0 > 0 {
			both = append(both, t)
		}
	}
	return both
}

// events are all events of the two sides.
func (s Strata) events() (first, second float64) {
	for _, t := range s {
		first += t.K
		second += t.K0
	}
	return first, second
}

// swapped are the strata with the sides changed over.
func (s Strata) swapped() Strata {
	other := make(Strata, len(s))
	for i, t := range s {
		other[i] = Shares{t.K0, t.N0, t.K, t.N}
	}
	return other
}

// weight is that of a stratum's difference of shares.
func (t Shares) weight() float64 { return t.N * t.N0 / (t.N + t.N0) }

// ratio is the common ratio, with far more digits than a float64 has until the end.
func (s Strata) ratio() float64 {
	const precision = 300
	number := func(x float64) *big.Float { return new(big.Float).SetPrec(precision).SetFloat64(x) }
	first, second := number(0), number(0)
	for _, t := range s {
		all := number(t.N + t.N0)
		part := new(big.Float).Mul(number(t.K), number(t.N0))
		first.Add(first, part.Quo(part, all))
		part = new(big.Float).Mul(number(t.K0), number(t.N))
		second.Add(second, part.Quo(part, all))
	}
	value, _ := first.Quo(first, second).Float64()
	return value
}

// stdErrOfLog is the standard error of the logarithm of the common ratio; 0 without one.
func (s Strata) stdErrOfLog() float64 {
	var sum, first, second float64
	for _, t := range s {
		all := t.N + t.N0
		first += t.K * t.N0 / all
		second += t.K0 * t.N / all
		sum += (t.K*t.N*(t.N0-t.K0) + t.K0*t.N0*(t.N-t.K)) / all / all
	}
	if first == 0 {
		return 0
	}
	return math.Sqrt(sum / (first * second))
}
