package rfm

import (
	"math"
	"slices"
)

// quantileEdges returns the k-1 edges of a quantile rule over values. There is at least one
// value, and none is NaN.
func quantileEdges(values []float64, by Rule, m Metric) []float64 {
	if by.Cuts == AverageRank {
		return rankEdges(slices.Clone(values), by.Count, m)
	}
	edges := type7(values, by.Count)
	if by.Cuts == EdgePlusOne {
		for i := range edges {
			edges[i]++
		}
	}
	return edges
}

// type7 returns the quantiles 1/k … (k-1)/k by linear interpolation between
// order statistics: type 7 of Hyndman and Fan, "Sample quantiles in statistical
// packages" (The American Statistician 50, 1996).
func type7(values []float64, k int) []float64 {
	ranks := make([]int, 0, 2*(k-1))
	for i := range k - 1 {
		// (n-1)·p, with the whole part in integers: 0.2·5 must not become 0.99.
		at := (len(values) - 1) * (i + 1) / k
		ranks = append(ranks, at, min(at+1, len(values)-1))
	}
	stats := orderStatistics(values, ranks)
	edges := make([]float64, k-1)
	for i := range edges {
		part := float64((len(values)-1)*(i+1)%k) / float64(k)
		edges[i] = between(stats[2*i], stats[2*i+1], part)
	}
	return edges
}

// between interpolates, also where the difference is no float64.
func between(low, high, part float64) float64 {
	switch d := high - low; {
	case part == 0:
		return low
	case math.IsInf(d, 0):
		return low*(1-part) + high*part
	default:
		return low + part*d
	}
}

// rankEdges returns the edges that give every value the level ceil(k·rank/n), with ranks
// counted from the worst value and the mean rank for equal values; it reorders values. The
// edge below a level is the worst value that has at least that level or, where none has,
// just beyond the best value.
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
