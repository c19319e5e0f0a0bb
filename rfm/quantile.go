package rfm

import (
	"math"
	"slices"

	"github.com/shopspring/decimal"
)

// fitted returns the edges of a rule that finds them in values, of which there is at least
// one and none is NaN.
func (r Rule) fitted(values []float64, m Metric) []float64 {
	switch {
	case r.Kind == ByPercentiles:
		return percentileEdges(values, r.Percents, m)
	case r.Kind == ByBreaks:
		return naturalEdges(values, r.Count)
	case r.Cuts == AverageRank:
		return rankEdges(slices.Clone(values), r.Count, m)
	}
	edges := type7(values, r.Count)
	if r.Cuts == EdgePlusOne {
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
	places := make([]place, k-1)
	for i := range places {
		// (n-1)·p, with the whole part in integers: 0.2·5 must not become 0.99.
		at := (len(values) - 1) * (i + 1)
		places[i] = place{at / k, float64(at%k) / float64(k)}
	}
	return interpolated(values, places)
}

// percentileEdges returns the quantiles of type 7 below which so many percent of the
// customers are, the worst first: those of recency have more days.
func percentileEdges(values, percents []float64, m Metric) []float64 {
	percents = slices.Clone(percents)
	if m == R {
		slices.Reverse(percents)
	}
	steps, places := decimal.NewFromInt(int64(len(values)-1)), make([]place, len(percents))
	for i, p := range percents {
		exact := decimal.NewFromFloat(p) // the number that was written, so that 99.9 is no 99.90000000000001
		if m == R {
			exact = decimal.NewFromInt(100).Sub(exact)
		}
		at := exact.Mul(steps).Shift(-2)
		part, _ := at.Sub(at.Floor()).Float64()
		places[i] = place{int(at.IntPart()), part}
	}
	return interpolated(values, places)
}

// place is a place among sorted values: a rank, from 0, and the part of the way to the next.
type place struct {
	rank int
	part float64
}

// interpolated returns the values at some places, which may share ranks.
func interpolated(values []float64, places []place) []float64 {
	ranks := make([]int, 0, 2*len(places))
	for _, p := range places {
		ranks = append(ranks, p.rank, min(p.rank+1, len(values)-1))
	}
	sorted := slices.Compact(slices.Sorted(slices.Values(ranks)))
	stats := orderStatistics(values, sorted)
	at := func(rank int) float64 {
		i, _ := slices.BinarySearch(sorted, rank)
		return stats[i]
	}
	edges := make([]float64, len(places))
	for i, p := range places {
		edges[i] = between(at(ranks[2*i]), at(ranks[2*i+1]), p.part)
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
