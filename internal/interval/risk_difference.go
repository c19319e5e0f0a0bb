package interval

import (
	"math"
	"math/big"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
)

// RiskDifference estimates the share k/n less the share k0/n0 by inverting the score test of
// Miettinen & Nurminen with the continuity correction of Yates: the limits are the
// differences δ at which
//
//	|k/n - k0/n0 - δ| - (1/n + 1/n0)/2 = z √(p(1-p)/n + p0(1-p0)/n0), p = p0 + δ,
//
// where p0 is the likeliest share given δ; they are cut at -1 and 1. Without a difference the
// test is that of [RiskRatio], so that the two intervals agree whether there is one. The
// standard error is that of the plain difference. Swapping the two shares changes signs.
// Miettinen & Nurminen, Comparative Analysis of Two Rates, Statistics in Medicine 4 (1985).
func RiskDifference(k, n, k0, n0 int64, level float64) clientele.Estimate {
	value, _ := new(big.Rat).Sub(big.NewRat(k, n), big.NewRat(k0, n0)).Float64()
	of := Shares{float64(k), float64(n), float64(k0), float64(n0)}
	against := Shares{of.K0, of.N0, of.K, of.N}
	z := special.NormalQuantile((1 + level) / 2)
	return clientele.Estimate{
		Value: value, StdErr: math.Sqrt(of.variance() + against.variance()), Level: level,
		Lo: min(of.lowestDifference(z), value), Hi: max(-against.lowestDifference(z), value), // but for rounding
	}
}

// variance is that of the first share.
func (t Shares) variance() float64 { return t.K * (t.N - t.K) / (t.N * t.N * t.N) }

// lowestDifference is the lower limit of the first share less the other.
func (t Shares) lowestDifference(z float64) float64 {
	observed := t.K/t.N - t.K0/t.N0
	correction := (1/t.N + 1/t.N0) / 2
	// isLow reports whether the data exclude a difference, which they do from -1 on up to
	// the limit, if at all.
	isLow := func(delta float64) bool {
		p0 := t.likeliestAt(delta)
		p := min(max(p0+delta, 0), 1)
		variance := p*(1-p)/t.N + p0*(1-p0)/t.N0
		return observed-delta-correction > z*math.Sqrt(variance)
	}
	low, high := -1.0, observed
	if !isLow(low) {
		return low
	}
	for range 60 { // until the limit is as fine as a float64
		if mid := low + (high-low)/2; isLow(mid) {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// likeliestAt is the second share, given that the first is greater by a difference, that makes
// the data likeliest: a root of a cubic equation, by the cosine of a third of an angle, as in
// Farrington & Manning, Test Statistics and Sample Size Formulae for Comparative Binomial
// Trials, Statistics in Medicine 9 (1990), appendix, whose equation is that of the first share.
func (t Shares) likeliestAt(delta float64) float64 {
	times, p, p0 := t.N0/t.N, t.K/t.N, t.K0/t.N0
	a := 1 + times
	b := -(1 + times + p + times*p0 + delta*(times+2)) / (3 * a)
	c := (delta*delta + delta*(2*p+times+1) + p + times*p0) / (3 * a)
	d := -p * delta * (1 + delta) / (2 * a)
	v := b*b*b - 1.5*b*c + d
	u := math.Copysign(math.Sqrt(max(0, b*b-c)), v)
	root := -b
	if cosine := v / (u * u * u); !math.IsNaN(cosine) {
		root += 2 * u * math.Cos((math.Pi+math.Acos(min(max(cosine, -1), 1)))/3)
	}
	return min(max(root-delta, 0, -delta), 1, 1-delta)
}
