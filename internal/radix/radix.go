// Package radix sorts numbers by their digits.
package radix

import (
	"math"
	"math/bits"
	"slices"
)

const (
	width  = 11 // of a digit, in bits
	mask   = 1<<width - 1
	passes = 3 // digits at most

	// least is from how many numbers on it is faster than sorting by comparing.
	least = 1500
)

// Sort sorts numbers from +0 up, whose order is that of their bits: a million several
// times faster than by comparing. The digits begin with the first bit in which numbers
// differ; it goes from the last digit to the first, within a digit the order stays.
// Numbers that differ in later bits alone, of which there are few as a rule, are
// compared in the end. Buffer is at least as long as v and has any content afterwards.
func Sort(v, buffer []float64) {
	if len(v) < least {
		slices.Sort(v)
		return
	}
	var differ uint64
	first := math.Float64bits(v[0])
	for _, x := range v {
		differ |= math.Float64bits(x) ^ first
	}
	if differ == 0 {
		return
	}
	low := bits.TrailingZeros64(differ)
	shift := max(low, bits.Len64(differ)-width*passes)
	counts := count(v, shift)
	from, to := v, buffer[:len(v)]
	for p := range passes {
		if differ>>(shift+width*p)&mask != 0 {
			scatter(to, from, &counts[p], shift+width*p)
			from, to = to, from
		}
	}
	copy(v, from) // of itself perhaps
	if shift > low {
		finish(v, shift)
	}
}

// count counts the digits from a bit on.
func count(v []float64, shift int) (counts [passes][mask + 1]int) {
	for _, x := range v {
		b := math.Float64bits(x) >> (shift & 63)
		counts[0][b&mask]++
		counts[1][b>>width&mask]++
		counts[2][b>>(2*width)&mask]++
	}
	return counts
}

// scatter sorts by the digit from a bit on, given how often each occurs.
func scatter(to, from []float64, next *[mask + 1]int, shift int) {
	at := int(0)
	for i, n := range next {
		next[i] = at
		at += n
	}
	for _, x := range from {
		i := math.Float64bits(x) >> (shift & 63) & mask
		to[next[i]] = x
		next[i]++
	}
}

// finish sorts numbers that are sorted but for the bits below a bit.
func finish(v []float64, shift int) {
	begin, head := 0, math.Float64bits(v[0])>>(shift&63)
	for i, x := range v {
		if h := math.Float64bits(x) >> (shift & 63); h != head {
			if i-begin > 1 {
				slices.Sort(v[begin:i])
			}
			begin, head = i, h
		}
	}
	slices.Sort(v[begin:])
}
