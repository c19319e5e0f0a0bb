package rfm

import (
	"math"
	"slices"
)

// quantileEdges returns the k-1 edges of a quantile rule over values, which it
// reorders. There is at least one value, and none is NaN.
func quantileEdges(values []float64, rule Rule, m Metric) []float64 {
	if rule.Cuts == AverageRank {
		return rankEdges(values, rule.Count, m)
	}
	edges := type7(values, rule.Count)
	if rule.Cuts == EdgePlusOne {
		for i := range edges {
			edges[i]++
		}
	}
	return edges
}

// type7 returns the quantiles 1/k … (k-1)/k by linear interpolation between
// order statistics: type 7 of Hyndman and Fan, "Sample quantiles in statistical
// packages" (The American Statistician 50, 1996). It reorders values.
func type7(values []float64, k int) []float64 {
	edges := make([]float64, k-1)
	done := 0 // values before it are in their place or smaller than all after
	for i := range edges {
		// (n-1)·p, with the whole part in integers: 0.2·5 must not become 0.99.
		h := (len(values) - 1) * (i + 1)
		at, part := h/k, float64(h%k)/float64(k)
		selectAt(values[done:], at-done)
		edges[i] = values[at]
		if part > 0 {
			edges[i] += part * (slices.Min(values[at+1:]) - values[at])
		}
		done = at
	}
	return edges
}

// selectAt reorders values so that the n-th smallest is at n, nothing greater
// before it and nothing smaller after: Hoare's quickselect with the median of
// three as pivot, on a shrinking range.
func selectAt(values []float64, n int) {
	for len(values) > 24 {
		low, high := partition(values)
		switch {
		case n < low:
			values = values[:low]
		case n >= high:
			values, n = values[high:], n-high
		default:
			return
		}
	}
	slices.Sort(values)
}

// partition splits values into less, equal and greater than a pivot and returns
// where the equal ones begin and end. Splitting off the equal ones keeps heavily
// tied data linear.
func partition(values []float64) (low, high int) {
	pivot := medianOf(values[len(values)/4], values[len(values)/2], values[3*len(values)/4])
	i, high := 0, len(values)
	for i < high {
		switch v := values[i]; {
		case v < pivot:
			values[low], values[i] = v, values[low]
			low++
			i++
		case v > pivot:
			high--
			values[high], values[i] = v, values[high]
		default:
			i++
		}
	}
	return low, high
}

func medianOf(a, b, c float64) float64 { return max(min(a, b), min(max(a, b), c)) }

// rankEdges returns the edges that give every value the level ceil(k·rank/n),
// with mean ranks for ties, counted from the worst value. The edge below a level
// is the worst value that has at least that level, or one just beyond the best
// value if none has.
func rankEdges(values []float64, k int, m Metric) []float64 {
	slices.Sort(values)
	if m == R {
		slices.Reverse(values) // worst first: the longest recency
	}
	n, edges := len(values), make([]float64, 0, k-1)
	for i := 0; i < n; {
		end := i + 1
		for end < n && values[end] == values[i] {
			end++
		}
		// Mean rank (i+1+end)/2, so level = ceil(k·(i+1+end) / 2n).
		level := (k*(i+1+end) + 2*n - 1) / (2 * n)
		for len(edges) < level-1 {
			edges = append(edges, values[i])
		}
		i = end
	}
	beyond := math.Nextafter(values[n-1], math.Inf(1))
	if m == R {
		beyond = math.Nextafter(values[n-1], math.Inf(-1))
	}
	for len(edges) < k-1 {
		edges = append(edges, beyond)
	}
	if m == R {
		slices.Reverse(edges)
	}
	return edges
}
