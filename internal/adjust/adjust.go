// Package adjust raises the probabilities of a family of tests, so that many comparisons
// do not find something by chance alone.
package adjust

import (
	"cmp"
	"slices"
)

// Bonferroni multiplies each by their number.
func Bonferroni(p []float64) []float64 {
	adjusted := make([]float64, len(p))
	for i := range p {
		adjusted[i] = min(float64(len(p))*p[i], 1)
	}
	return adjusted
}

// Holm bounds the probability of any false finding: Holm, A Simple Sequentially
// Rejective Multiple Test Procedure, Scandinavian Journal of Statistics 6 (1979).
func Holm(p []float64) []float64 {
	adjusted := make([]float64, len(p))
	least := 0.0
	for rank, i := range ascending(p) {
		least = max(least, min(float64(len(p)-rank)*p[i], 1))
		adjusted[i] = least
	}
	return adjusted
}

// BenjaminiHochberg bounds the expected share of findings that are false: Benjamini &
// Hochberg, Controlling the False Discovery Rate, Journal of the Royal Statistical
// Society B 57 (1995).
func BenjaminiHochberg(p []float64) []float64 {
	adjusted := make([]float64, len(p))
	most := 1.0
	for rank, i := range slices.Backward(ascending(p)) {
		most = min(most, float64(len(p))/float64(rank+1)*p[i])
		adjusted[i] = most
	}
	return adjusted
}

// ascending returns the places of p in its ascending order.
func ascending(p []float64) []int {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(p[i], p[j]) })
	return order
}
