package nps

import (
	"math"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/matrix"
)

const (
	// collinear is the part of a rating's variance that others leave unexplained, up to
	// which it is a linear combination.
	collinear = 1e-10

	// involved is the standardised coefficient from which a rating is part of such a
	// combination.
	involved = 1e-4
)

// decompose factors the correlations of the ratings, or names those that are collinear:
// the first that is a combination of some before it, after these; or all that are
// combinations of the others.
func (c *correlations) decompose(names []string) error {
	d := len(c.answer)
	c.factor = matrix.New(d)
	for i, row := range c.factor {
		left := 1.0
		for j := range i {
			v := c.ratings[i][j]
			for l := range j {
				v -= row[l] * c.factor[j][l]
			}
			row[j] = v / c.factor[j][j]
			left -= row[j] * row[j]
		}
		if left <= collinear {
			var together []string
			for j, b := range c.backward(row[:i]) {
				if math.Abs(b) > involved {
					together = append(together, names[j])
				}
			}
			return fault.Of("", "Ratings", append(together, names[i]), errCollinear)
		}
		row[i] = math.Sqrt(left)
	}
	var together []string
	for i, left := range c.unexplained() {
		if left <= collinear {
			together = append(together, names[i])
		}
	}
	if together != nil {
		return fault.Of("", "Ratings", together, errCollinear)
	}
	return nil
}

// unexplained are the parts of each rating's variance that all others leave: the inverse
// of the diagonal of the inverse.
func (c *correlations) unexplained() []float64 {
	left := make([]float64, len(c.factor))
	for i := range left {
		column := make([]float64, len(c.factor)) // of the inverse of the factor
		column[i] = 1
		inverse := 0.0
		for k := i; k < len(column); k++ {
			for l := i; l < k; l++ {
				column[k] -= c.factor[k][l] * column[l]
			}
			column[k] /= c.factor[k][k]
			inverse += column[k] * column[k]
		}
		left[i] = 1 / inverse
	}
	return left
}

// backward solves L'x = v with the leading part of the factor.
func (c *correlations) backward(v []float64) []float64 {
	x := append([]float64(nil), v...)
	for i := len(x) - 1; i >= 0; i-- {
		x[i] /= c.factor[i][i]
		for j := range i {
			x[j] -= c.factor[i][j] * x[i]
		}
	}
	return x
}

// beta are the coefficients of the regression of the standardised answer on the
// standardised ratings.
func (c *correlations) beta() []float64 {
	v := append([]float64(nil), c.answer...)
	for i, row := range c.factor {
		for j := range i {
			v[i] -= row[j] * v[j]
		}
		v[i] /= row[i]
	}
	return c.backward(v)
}
