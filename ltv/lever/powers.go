package lever

import "math"

// powers are those of a ratio q from 0 to 1. p is 1-q, given with it so that neither
// loses its digits.
type powers struct {
	q, p    float64
	rate    float64 // -log q
	forever bool    // instead of n terms
}

func newPowers(q, p float64) powers {
	if q < 0.5 {
		return powers{q: q, p: p, rate: -math.Log(q)}
	}
	return powers{q: q, p: p, rate: -math.Log1p(-p)}
}

// sum is Σ q^k for k from 0 to n-1.
func (s powers) sum(n float64) float64 {
	switch {
	case s.forever:
		return 1 / s.p
	case n < 1:
		return 0
	case s.p == 0:
		return n
	}
	return -math.Expm1(-n*s.rate) / s.p
}

// firstMoment is Σ k q^k for k from 0 to n-1. For n terms it is, with y = (n-1)·(-log q),
//
//	q/p² [1 - e^(-y)(1+y) + e^(-y) y (1 + p/log q)]
//
// whose two parts are positive and each computed without cancellation.
func (s powers) firstMoment(n float64) float64 {
	switch {
	case s.q == 0, !s.forever && n < 2:
		return 0
	case s.forever:
		return s.q / (s.p * s.p)
	case s.p*n < 1e-15:
		return n * (n - 1) / 2
	}
	y := (n - 1) * s.rate
	return s.q / (s.p * s.p) * (gamma2(y) + math.Exp(-y)*y*s.excess())
}

// excess is (-log(1-p) - p)/(-log(1-p)), by its series where the difference would
// cancel.
func (s powers) excess() float64 {
	if s.p > 0.25 {
		return (s.rate - s.p) / s.rate
	}
	sum, power := 0.0, s.p
	for k := 2.0; ; k++ {
		power *= s.p
		next := sum + power/k
		if next == sum {
			return sum / s.rate
		}
		sum = next
	}
}

// gamma2 is 1 - e^(-y)(1+y), the incomplete gamma function P(2, y), by its series
// where the difference would cancel: e^(-y) Σ y^k/k! for k from 2 on.
func gamma2(y float64) float64 {
	if y > 2 {
		return 1 - math.Exp(-y)*(1+y)
	}
	sum, term := 0.0, y
	for k := 2.0; ; k++ {
		term *= y / k
		next := sum + term
		if next == sum {
			return sum * math.Exp(-y)
		}
		sum = next
	}
}
