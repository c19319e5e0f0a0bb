package survival

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// dependent is the smallest share of a variance, not explained by the other elements,
// that counts as more than rounding.
const dependent = 1e-9

// quadraticForm is u'V⁻u and the rank of V, where V is the covariance of u, given by
// the rows of its lower triangle, and V⁻ a generalised inverse, since V has none. It
// factors V by Cholesky, taking each time the element that is explained least, and stops
// when the others follow from those taken. It changes neither argument.
func quadraticForm(u, v []float64) (q float64, rank int) {
	k := len(u)
	rest, left := make([]float64, k), make([]float64, k) // what is not explained yet of the elements, and of their variances
	copy(rest, u)
	for i := range left {
		left[i] = v[i*k+i]
	}
	var factor [][]float64 // columns
	var taken []int
	for range k {
		p, most := -1, dependent
		for i := range left {
			if share := left[i] / v[i*k+i]; share > most && !slices.Contains(taken, i) { // NaN is not
				p, most = i, share
			}
		}
		if p < 0 {
			break
		}
		column := make([]float64, k)
		sd := math.Sqrt(left[p])
		z := rest[p] / sd
		for i := range column {
			c := v[max(i, p)*k+min(i, p)]
			for _, f := range factor {
				c -= f[i] * f[p]
			}
			column[i] = c / sd
			rest[i] -= column[i] * z
			left[i] -= column[i] * column[i]
		}
		q += z * z
		factor, taken = append(factor, column), append(taken, p)
	}
	return q, len(taken)
}

// chiSquareTail is the probability of x or more under chi-square with df degrees of
// freedom. It is accurate however small it is.
func chiSquareTail(x float64, df int) float64 {
	return mathext.GammaIncRegComp(float64(df)/2, x/2)
}
