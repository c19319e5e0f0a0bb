package matrix

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/rule"
)

// Matrix is a square matrix by rows.
type Matrix [][]float64

// New returns a matrix of n rows of zeros.
func New(n int) Matrix {
	m := make(Matrix, n)
	cells := make([]float64, n*n)
	for i := range m {
		m[i] = cells[i*n : (i+1)*n : (i+1)*n]
	}
	return m
}

// SetDiagonal makes m a multiple of the identity.
func (m Matrix) SetDiagonal(v float64) {
	for i := range m {
		clear(m[i])
		m[i][i] = v
	}
}

// Times puts the product of m and v into product.
func (m Matrix) Times(v, product []float64) {
	for i, row := range m {
		product[i] = Dot(row, v)
	}
}

// CopyFrom makes m equal to a matrix of the same size.
func (m Matrix) CopyFrom(from Matrix) {
	for i, row := range from {
		copy(m[i], row)
	}
}

// Dot returns the inner product of a and b; b has at least the length of a.
func Dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

// Norm returns the length of v.
func Norm(v []float64) float64 {
	return math.Sqrt(Dot(v, v))
}

// Largest returns the greatest absolute value in v.
func Largest(v []float64) (most float64) {
	for _, x := range v {
		most = max(most, math.Abs(x))
	}
	return most
}

// Select returns some rows and columns of a square matrix.
func Select(m [][]float64, at []int) Matrix {
	out := New(len(at))
	for i, a := range at {
		for j, b := range at {
			out[i][j] = m[a][b]
		}
	}
	return out
}

// Spread returns the matrix of n rows of which Select at these places is m, and the rest
// zero.
func Spread(m [][]float64, at []int, n int) Matrix {
	out := New(n)
	for i, a := range at {
		for j, b := range at {
			out[a][b] = m[i][j]
		}
	}
	return out
}

// IsFinite reports whether all entries are numbers.
func IsFinite(m [][]float64) bool {
	for _, row := range m {
		if slices.ContainsFunc(row, func(v float64) bool { return !rule.IsFinite(v) }) {
			return false
		}
	}
	return true
}

// Sandwich returns left·m·left' for a symmetric m and a left of any number of rows.
func Sandwich(left, m [][]float64) Matrix {
	out := New(len(left))
	half := make([]float64, len(m))
	for i, row := range left {
		for k := range m {
			half[k] = Dot(row, m[k])
		}
		for j, other := range left {
			out[i][j] = Dot(half, other)
		}
	}
	return out
}
