package rfm

import (
	"math"
	"slices"
)

// naturalEdges returns the k-1 edges of natural breaks over values: the largest value of
// every class but the best. There is at least one value, and none is NaN. Where there are
// fewer different values than classes, each is a class and the last edges are equal.
//
// It is the exact optimum of W. D. Fisher, "On grouping for maximum homogeneity" (Journal of
// the American Statistical Association 53, 1958), found by dynamic programming: the best
// q classes of the first values are the best q-1 classes of fewer and one class more. Where
// that class begins does not move back as values are added, so that each row is filled by
// halving.
func naturalEdges(values []float64, k int) []float64 {
	b := newBreaker(values)
	last := len(b.values) - 1
	edges := make([]float64, 0, k-1)
	if len(b.values) > k {
		starts := b.starts(k)
		for q := k - 1; q > 0; q-- {
			last = int(starts[q-1][last]) - 1
			edges = append(edges, b.values[last])
		}
		slices.Reverse(edges)
		return edges
	}
	edges = append(edges, b.values[:last]...)
	for len(edges) < k-1 {
		edges = append(edges, b.values[last])
	}
	return edges[:k-1]
}

// breaker has the different values in ascending order, and sums over those before each:
// numbers, values and squares of values, scaled so that no square overflows.
type breaker struct {
	values  []float64
	counts  []float64
	sums    []double
	squares []double

	best, next []float64 // cost of the values up to each in q classes, and in one more
}

func newBreaker(values []float64) *breaker {
	all := slices.Sorted(slices.Values(values))
	b := &breaker{counts: []float64{0}, sums: []double{{}}, squares: []double{{}}}
	_, exponent := math.Frexp(max(math.Abs(all[0]), math.Abs(all[len(all)-1])))
	for i := 0; i < len(all); {
		from := i
		for i < len(all) && all[i] == all[from] {
			i++
		}
		n, y, at := float64(i-from), math.Ldexp(all[from], -exponent), len(b.values)
		b.values = append(b.values, all[from])
		b.counts = append(b.counts, b.counts[at]+n)
		b.sums = append(b.sums, b.sums[at].plus(product(n, y)))
		b.squares = append(b.squares, b.squares[at].plus(product(y, y).times(double{n, 0})))
	}
	return b
}

// cost is the sum of squares about the mean of the values from i to j, in twice the digits
// of a float64, so that the squares of large values do not drown small differences.
func (b *breaker) cost(i, j int) float64 {
	sum := b.sums[j+1].minus(b.sums[i])
	within := b.squares[j+1].minus(b.squares[i]).minus(sum.times(sum).over(b.counts[j+1] - b.counts[i]))
	return max(0, within.hi)
}

// starts returns, for 2 to k classes of the values up to each, where the last class begins.
func (b *breaker) starts(k int) [][]int32 {
	n := len(b.values)
	b.best, b.next = make([]float64, n), make([]float64, n)
	for j := range b.best {
		b.best[j] = b.cost(0, j)
	}
	rows := make([][]int32, k-1)
	for q := range rows {
		rows[q] = make([]int32, n)
		b.fill(rows[q], q+1, n-1, q+1, n-1)
		b.best, b.next = b.next, b.best
	}
	return rows
}

// fill finds the best starts of the last class for the values up to low … high, given that
// they lie between first and last.
func (b *breaker) fill(row []int32, low, high, first, last int) {
	if low > high {
		return
	}
	mid := low + (high-low)/2
	least, at := math.Inf(1), first
	for i := first; i <= min(mid, last); i++ {
		if c := b.best[i-1] + b.cost(i, mid); c < least {
			least, at = c, i
		}
	}
	b.next[mid], row[mid] = least, int32(at)
	b.fill(row, low, mid-1, first, at)
	b.fill(row, mid+1, high, at, last)
}
