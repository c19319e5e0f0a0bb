package ltv

import (
	"math"
	"slices"
)

const (
	radixBits   = 11
	radixDigits = 6 // of radixBits each: 64 bits and more

	// radixMin is from how many numbers on it is faster than sorting by comparing.
	radixMin = 1500
)

// sortPositive sorts positive numbers, whose order is that of their bits: a million
// seven times faster than by comparing. It goes from the last digit to the
// first; within a digit the order stays. Buffer has the length of v.
func sortPositive(v, buffer []float64) {
	if len(v) < radixMin {
		slices.Sort(v)
		return
	}
	var counts [radixDigits][1 << radixBits]int
	for _, x := range v {
		for d := range radixDigits {
			counts[d][digit(x, d)]++
		}
	}
	from, to := v, buffer
	for d := range radixDigits {
		next := &counts[d]
		if next[digit(v[0], d)] == len(v) {
			continue // all have this digit
		}
		at := 0
		for i, n := range next {
			next[i] = at
			at += n
		}
		for _, x := range from {
			i := digit(x, d)
			to[next[i]] = x
			next[i]++
		}
		from, to = to, from
	}
	copy(v, from)
}

// digit is the d-th digit of a number's bits, from the last.
func digit(x float64, d int) uint64 {
	return math.Float64bits(x) >> (radixBits * d) & (1<<radixBits - 1)
}
