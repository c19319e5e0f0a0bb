package climb

import "math"

// matrix is a square matrix by rows.
type matrix [][]float64

func newMatrix(n int) matrix {
	m := make(matrix, n)
	cells := make([]float64, n*n)
	for i := range m {
		m[i] = cells[i*n : (i+1)*n : (i+1)*n]
	}
	return m
}

// setDiagonal makes m a multiple of the identity.
func (m matrix) setDiagonal(v float64) {
	for i := range m {
		clear(m[i])
		m[i][i] = v
	}
}

// times puts the product of m and v into product.
func (m matrix) times(v, product []float64) {
	for i, row := range m {
		product[i] = dot(row, v)
	}
}

const (
	// damped is the least share of the curvature that one update keeps.
	damped = 0.01
	// margin is the least pivot of a model, relative to its diagonal element.
	margin = 1e-13
)

// update sets next to the positive definite m changed by the BFGS formula so that
// next*step is change, or less where change has little or no curvature along step.
// It needs the product m*step and overwrites change.
func (m matrix) update(step, change, product []float64, next matrix) {
	known, seen := dot(step, product), dot(step, change)
	if least := damped * known; seen < least {
		share := (known - least) / (known - seen)
		for i := range change {
			change[i] = share*change[i] + (1-share)*product[i]
		}
		seen = least
	}
	for i, row := range m {
		for j, v := range row {
			next[i][j] = v + (change[i]*change[j]/seen - product[i]*product[j]/known)
		}
	}
}

// copyFrom makes m equal to a matrix of the same size.
func (m matrix) copyFrom(from matrix) {
	for i, row := range from {
		copy(m[i], row)
	}
}

// cholesky replaces the lower triangle of m, which alone is read, by the L of
// m = L*L'. It is not ok if a pivot is at most least times its diagonal element.
func (m matrix) cholesky(least float64) bool {
	for i := range m {
		for j := range i + 1 {
			v := m[i][j] - dot(m[i][:j], m[j][:j])
			switch {
			case j < i:
				m[i][j] = v / m[j][j]
			case v > least*m[i][i] && finite(v): // false for NaN
				m[i][i] = math.Sqrt(v)
			default:
				return false
			}
		}
	}
	return true
}

// solve replaces v by the solution x of L*L'*x = v, where m is L.
func (m matrix) solve(v []float64) {
	for i := range m {
		v[i] = (v[i] - dot(m[i][:i], v[:i])) / m[i][i]
	}
	for i := len(m) - 1; i >= 0; i-- {
		for j := i + 1; j < len(m); j++ {
			v[i] -= m[j][i] * v[j]
		}
		v[i] /= m[i][i]
	}
}

// dot returns the inner product of a and b; b has at least the length of a.
func dot(a, b []float64) (sum float64) {
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}

func norm(v []float64) float64 {
	return math.Sqrt(dot(v, v))
}

// largest returns the greatest absolute value in v.
func largest(v []float64) (most float64) {
	for _, x := range v {
		most = max(most, math.Abs(x))
	}
	return most
}
