package special

import "math"

// LogSum adds up n·ln(v) over many positive v. Where n is small they are multiplied
// and the logarithm is taken of products, which is several times faster and as
// exact.
type LogSum struct {
	sum     float64
	product float64 // of the numbers whose logarithms are not yet in sum; 0 = 1
}

// Add adds n·ln(v); n is a whole number.
func (l *LogSum) Add(v, n float64) {
	const few = 4
	if n > few || v > 1e25 || v < 1e-25 {
		l.sum += n * math.Log(v)
		return
	}
	p := v
	for ; n > 1; n-- {
		p *= v
	}
	if l.product != 0 {
		p *= l.product
	}
	if p > 1e200 || p < 1e-200 {
		l.sum += math.Log(p)
		p = 0
	}
	l.product = p
}

// Value returns the sum.
func (l *LogSum) Value() float64 {
	if l.product == 0 {
		return l.sum
	}
	return l.sum + math.Log(l.product)
}
