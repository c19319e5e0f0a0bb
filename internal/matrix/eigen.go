package matrix

import "math"

// maxSweeps ends a diagonalisation that rounding keeps from ending. Convergence is
// quadratic: few matrices need ten.
const maxSweeps = 30

// Eigen replaces the symmetric m by a diagonal matrix of its eigenvalues and
// returns the eigenvectors as the rows of another, by cyclic Jacobi rotations:
// Golub & Van Loan, Matrix Computations (4th ed.), section 8.5.
func (m Matrix) Eigen() (vectors Matrix) {
	vectors = New(len(m))
	vectors.SetDiagonal(1)
	for range maxSweeps {
		rotated := false
		for p := range m {
			for q := p + 1; q < len(m); q++ {
				if off := math.Abs(m[p][q]); off*off > 1e-32*math.Abs(m[p][p])*math.Abs(m[q][q]) {
					m.rotate(vectors, p, q)
					rotated = true
				}
			}
		}
		if !rotated {
			break
		}
	}
	return vectors
}

// rotate makes the element at p, q zero.
func (m Matrix) rotate(vectors Matrix, p, q int) {
	theta := (m[q][q] - m[p][p]) / (2 * m[p][q])
	t := 1 / (math.Abs(theta) + math.Hypot(theta, 1))
	if theta < 0 {
		t = -t
	}
	cos := 1 / math.Hypot(t, 1)
	sin := t * cos
	for k := range m {
		a, b := m[k][p], m[k][q]
		m[k][p], m[k][q] = cos*a-sin*b, sin*a+cos*b
	}
	for _, rows := range []Matrix{m, vectors} {
		for k := range rows {
			a, b := rows[p][k], rows[q][k]
			rows[p][k], rows[q][k] = cos*a-sin*b, sin*a+cos*b
		}
	}
	m[p][q], m[q][p] = 0, 0
}
