// Package double is for long lists: room that grows by doubling, and sums with
// twice the digits of a float64.
package double

import "slices"

// Grow makes room in a full slice for as much again, where append would grow it by
// a quarter: a long slice is copied twice and not five times.
func Grow(v []float64) []float64 {
	if len(v) == cap(v) {
		return slices.Grow(v, max(len(v), 64))
	}
	return v
}

// Sum is a sum with twice the digits of a float64, so that a difference of sums is
// exact as well, whatever the sizes of the terms; Hi is the rounded sum. Of whole
// numbers all sums are exact.
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

// MinusSum takes another sum away.
func (s Sum) MinusSum(o Sum) Sum { return s.PlusSum(Sum{-o.Hi, -o.Lo}) }
