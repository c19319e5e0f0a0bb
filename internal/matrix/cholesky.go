package matrix

import "math"

// Cholesky replaces the lower triangle of m, which alone is read, by the L of
// m = L*L'. It is not ok if a pivot is at most least times its diagonal element.
func (m Matrix) Cholesky(least float64) bool {
	for i := range m {
		for j := range i + 1 {
			v := m[i][j] - Dot(m[i][:j], m[j][:j])
			switch {
			case j < i:
				m[i][j] = v / m[j][j]
			case v > least*m[i][i] && !math.IsInf(v, 0): // false for NaN
				m[i][i] = math.Sqrt(v)
			default:
				return false
			}
		}
	}
	return true
}

// Solve replaces v by the solution x of L*L'*x = v, where m is L.
func (m Matrix) Solve(v []float64) {
	for i := range m {
		v[i] = (v[i] - Dot(m[i][:i], v[:i])) / m[i][i]
	}
	for i := len(m) - 1; i >= 0; i-- {
		for j := i + 1; j < len(m); j++ {
			v[i] -= m[j][i] * v[j]
		}
		v[i] /= m[i][i]
	}
}
