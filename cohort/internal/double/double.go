// Package double is for long lists of numbers: lists that grow by doubling, and sums
// with twice the digits of a float64.
package double

import "slices"

// Grow prepares a slice for an append. It doubles a full slice, where append would add a
// quarter, so that a long list is copied twice and not five times.
func Grow(v []float64) []float64 {
	if len(v) == cap(v) {
		return slices.Grow(v, max(len(v), 64))
	}
	return v
}

// Sum is a sum with twice the digits of a float64, so that differences of sums are
// exact too, whatever the sizes of the terms. Hi is the rounded sum, Lo the rest. Sums
// of whole numbers are all exact. The zero Sum is 0.
type Sum struct{ Hi, Lo float64 }

// Plus adds a number.
func (s Sum) Plus(x float64) Sum {
	hi := s.Hi + x
	part := hi - s.Hi
	lo := s.Lo + ((s.Hi - (hi - part)) + (x - part))
	top := hi + lo
	return Sum{top, lo - (top - hi)}
}

// PlusSum adds another sum.
func (s Sum) PlusSum(o Sum) Sum {
	if o.Lo != 0 {
		s = s.Plus(o.Lo)
	}
	if o.Hi != 0 {
		s = s.Plus(o.Hi)
	}
	return s
}

// MinusSum subtracts another sum.
func (s Sum) MinusSum(o Sum) Sum { return s.PlusSum(Sum{-o.Hi, -o.Lo}) }
