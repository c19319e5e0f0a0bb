package kernel

import (
	"math"

	"github.com/clientele-go/clientele/internal/special"
)

// Sum returns f(from) + f(from+1) + … + f(to-1), where f(t) is the mean payment at time t,
// S(t)/S(base) e^(-delta (t-from)), of a customer who has stayed base periods, in money of
// time from; to may be infinite.
func (m BetaWeibull) Sum(base, from, to, delta float64) float64 {
	return stream{m, base, from, delta}.sum(to)
}

// stream is f(t) = S(t)/S(base) e^(-delta (t-from)): the mean payment at time t, in
// money of time from, of a customer who has stayed base periods.
type stream struct {
	BetaWeibull
	base, from, delta float64
}

// maxPeriods ends sums that would take a second.
const maxPeriods = 1 << 21

// sum is f(from) + f(from+1) + … + f(to-1); to may be infinite. Terms are added up
// until the rest is known from an integral, by the Euler-Maclaurin formula
// (DLMF 2.10.1) with two corrections,
//
//	∫ f from n to ∞ + f(n)/2 - f'(n)/12 + f'''(n)/720
//
// less the same at to, where the third derivative is a second difference of the first.
// The error of this is bounded by the next derivatives of f, and these by f itself: for
// complex z within n sin φ of n, where φ is π/6 or less so that cφ is at most π/4,
//
//	|f(z)| <= S(κn)/S(base) e^(-delta (n(1-sin φ) - from)),  κ = cos(cφ)^(1/c) (1-sin φ)
//
// since |(1-θ)^(z^c)| = (1-θ)^(|z|^c cos(c arg z)). By Cauchy's integral formula the
// error is then at most the right side, for n-1, over 40 (sin φ)^6 (n-1)^5. Terms
// are added until this, or the rest itself, is below 1e-12 of the sum.
func (f stream) sum(to float64) float64 {
	const exact = 1e-12
	sum, t := 0.0, f.from
	for steps := 32.0; steps <= maxPeriods; steps *= 2 {
		for end := min(f.from+steps, to); t < end; t++ {
			sum += f.at(t)
		}
		switch {
		case math.IsNaN(sum), t == to, f.at(t)+f.beyond(t, 0) <= exact*sum:
			return sum
		case f.remainder(t-1) <= exact*sum:
			return sum + f.rest(t, to, exact*sum)
		}
	}
	return math.NaN()
}

func (f stream) at(t float64) float64 { return math.Exp(-f.Loss(f.base, t) - f.delta*(t-f.from)) }

// remainder bounds the error of rest from t+1 on.
func (f stream) remainder(t float64) float64 {
	phi := min(math.Pi/6, math.Pi/4/f.C)
	sin := math.Sin(phi)
	kappa := math.Pow(math.Cos(f.C*phi), 1/f.C) * (1 - sin)
	log := f.Loss(0, f.base) - f.Loss(0, kappa*t) - f.delta*(t*(1-sin)-f.from)
	return math.Exp(log) / (40 * math.Pow(sin, 6) * math.Pow(t, 5))
}

// rest is the sum of the terms from n on, where weights below least do not matter.
func (f stream) rest(n, to, least float64) float64 {
	rest := f.integral(n, to, least) + f.correction(n)
	if !math.IsInf(to, 1) {
		rest -= f.correction(to)
	}
	return rest
}

// correction is what the sum from n on has above the integral.
func (f stream) correction(n float64) float64 {
	at := f.change(n)
	return f.at(n)/2 - at/12 + (f.change(n+1)-2*at+f.change(n-1))/720
}

// change is f'.
func (f stream) change(t float64) float64 {
	value := f.at(t)
	if value == 0 {
		return 0
	}
	return -value * (f.C*f.pull(f.power(t))/t + f.delta)
}

// pull is y (ψ(α+β+y) - ψ(β+y)) for y = t^c: S falls as t^(-c pull). It rises with y
// to α, or to more and then falls to α: it is α + ∫ e^(-yu) w'(u) du, u = 0 … ∞, for
// w(u) = e^(-βu) (1-e^(-αu))/(1-e^-u), and w' changes its sign at most once, from
// plus to minus.
func (f stream) pull(y float64) float64 {
	const infinite = 1e100
	if y > infinite {
		return f.Alpha
	}
	return -y * special.LogBetaSlope(f.Beta+y, f.Alpha)
}

// integral is ∫ f(t) dt from n to the end, by quadrature in s = ln(t/n), in which no
// tail is too heavy. It is cut where what follows, bounded by an exponential, weighs
// less than a ten-thousandth of least. Where nothing is discounted, that may be too
// far; but from where y = t^c is large, f is proportional to (y+k)^-α with k =
// β+(α-1)/2 (DLMF 5.11.13), whose integral is known.
func (f stream) integral(n, to, least float64) float64 {
	const nothing = 1e-4
	end := math.Log(to) - math.Log(n)
	power := f.delta == 0 && math.IsInf(to, 1)
	if power {
		const small = 1e-7 // αk/y, whose square is left out
		end = max(0, math.Log((1+f.Alpha*(f.Alpha+f.Beta))/small)/f.C-math.Log(n))
	}
	cut := 1.0 / 64
	for cut < end && !(f.beyond(n, cut) <= nothing*least) {
		cut *= 2
	}
	power = power && cut >= end
	end = min(cut, end)
	area, ok := special.Integrate(func(s float64) float64 { return math.Exp(f.logDensity(n, s)) }, 0, end)
	if power {
		area += math.Exp(f.logDensity(n, end)) * f.powerTail(math.Exp(f.C*(math.Log(n)+end)))
	}
	return special.OrNaN(area, ok)
}

// logDensity is the logarithm of t f(t) at t = n e^s: of the integrand in s.
func (f stream) logDensity(n, s float64) float64 {
	log, begin := math.Log(n)+s, f.power(f.base)
	value := log - betaLoss(f.Alpha, f.Beta+begin, math.Exp(f.C*log)-begin)
	if f.delta > 0 {
		value -= f.delta * (math.Exp(log) - f.from)
	}
	return value
}

// beyond bounds the integral from t = n e^s on: the logarithm of the integrand falls
// from there by c pull + delta t - 1 at least, with pull as there or as at the end.
func (f stream) beyond(n, s float64) float64 {
	log := math.Log(n) + s
	fall := f.C*min(f.Alpha, f.pull(math.Exp(f.C*log))) - 1
	if f.delta > 0 {
		fall += f.delta * math.Exp(log)
	}
	if fall <= 0 {
		return math.Inf(1)
	}
	return math.Exp(f.logDensity(n, s)) / fall
}

// powerTail is the integral of f from t on over t f(t), for a large y = t^c.
func (f stream) powerTail(y float64) float64 {
	shift := f.Alpha * (f.Beta + (f.Alpha-1)/2) / y
	return (1/(f.Alpha*f.C-1) - shift/(f.Alpha*f.C+f.C-1)) * (1 + shift)
}
