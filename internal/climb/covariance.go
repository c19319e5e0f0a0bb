package climb

import (
	"math"

	"github.com/clientele-go/clientele/internal/matrix"
	"github.com/clientele-go/clientele/internal/rule"
)

// singular is the pivot, of a matrix scaled to a unit diagonal, below which the
// matrix is singular as far as rounding lets tell.
const singular = 1e-12

// Inverse returns the inverse of -h, the covariance matrix of maximum-likelihood
// estimates whose log-likelihood has the Hessian h. It is not ok unless h is
// square, finite and negative definite: rows and columns of coordinates at a
// bound, which are zero in a [Result], have to be left out. Only the lower
// triangle of h is read.
func Inverse(h [][]float64) (covariance [][]float64, ok bool) {
	factor, scale, ok := scaledFactor(h, -1)
	if !ok {
		return nil, false
	}
	inverse := matrix.New(len(h))
	for i, row := range inverse {
		row[i] = 1
		factor.Solve(row)
	}
	for i := range inverse {
		for j := range i + 1 {
			v := (inverse[i][j] + inverse[j][i]) / 2 / scale[i] / scale[j]
			if !rule.IsFinite(v) {
				return nil, false
			}
			inverse[i][j], inverse[j][i] = v, v
		}
	}
	return inverse, true
}

// Factor returns the lower triangular L with L*L' = c, so that L*z has the
// covariance c for independent standard normal z. It is not ok unless c is square,
// finite and positive definite. Only the lower triangle of c is read.
func Factor(c [][]float64) (lower [][]float64, ok bool) {
	factor, scale, ok := scaledFactor(c, 1)
	if !ok {
		return nil, false
	}
	for i, row := range factor {
		for j := range row {
			if row[j] *= scale[i]; j > i {
				row[j] = 0
			}
		}
	}
	return factor, true
}

// scaledFactor factors sign*c after a scaling of rows and columns to a unit
// diagonal: sign*c[i][j] = scale[i]*scale[j]*(L*L')[i][j].
func scaledFactor(c [][]float64, sign float64) (factor matrix.Matrix, scale []float64, ok bool) {
	factor, scale = matrix.New(len(c)), make([]float64, len(c))
	for i, row := range c {
		if len(row) != len(c) || !rule.IsFinite(row[i]) || sign*row[i] <= 0 {
			return nil, nil, false
		}
		scale[i] = math.Sqrt(sign * row[i])
	}
	for i := range factor {
		for j := range i {
			factor[i][j] = sign * c[i][j] / scale[i] / scale[j]
		}
		factor[i][i] = 1
	}
	return factor, scale, factor.Cholesky(singular)
}
