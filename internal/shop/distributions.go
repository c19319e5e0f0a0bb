package shop

import (
	"math"
	"math/rand/v2"
)

// gamma draws from the gamma distribution with a shape and a mean, by
// G. Marsaglia and W. Tsang, "A simple method for generating gamma variables",
// ACM TOMS 26 (2000), 363-372. A shape below 1 is boosted by a power of a
// uniform variable, as in section 6 there.
func gamma(r *rand.Rand, shape, mean float64) float64 {
	scale := mean / shape
	if shape < 1 {
		u := 1 - r.Float64() // in (0, 1]
		scale *= math.Pow(u, 1/shape)
		shape++
	}
	d := shape - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for {
		x := r.NormFloat64()
		v := 1 + c*x
		if v <= 0 {
			continue
		}
		v = v * v * v
		u := 1 - r.Float64()
		if math.Log(u) < x*x/2+d*(1-v+math.Log(v)) {
			return scale * d * v
		}
	}
}

// exponential draws from the exponential distribution with a mean.
func exponential(r *rand.Rand, mean float64) float64 { return mean * r.ExpFloat64() }

// poisson draws from the Poisson distribution with a mean: the number of
// unit-rate arrivals before it. Time is O(mean).
func poisson(r *rand.Rand, mean float64) int {
	n := 0
	for at := r.ExpFloat64(); at < mean; at += r.ExpFloat64() {
		n++
	}
	return n
}

// chance is true with probability p.
func chance(r *rand.Rand, p float64) bool { return r.Float64() < p }

// pick draws an index with probability in proportion to its weight. At least one
// weight is above zero.
func pick(r *rand.Rand, n int, weight func(int) float64) int {
	total := 0.0
	for i := range n {
		total += weight(i)
	}
	at, last := r.Float64()*total, 0
	for i := range n {
		w := weight(i)
		if w <= 0 {
			continue
		}
		if at < w {
			return i
		}
		at -= w
		last = i
	}
	return last // rounding left a crumb behind the last weight
}
