package rfm_test

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"pgregory.net/rapid"
)

// spent is a base of customers who bought once for these amounts.
func spent(t tester, amounts ...int64) *rfm.Base[int64] {
	t.Helper()
	b := mustNew[int64](t, rfm.Config{AsOf: asOf})
	for i, amount := range amounts {
		mustFeed(t, b, []clientele.Purchase[int64]{{Customer: int64(i), At: asOf.AddDate(0, 0, -1), Amount: rub(amount)}})
	}
	return b
}

// edgesOf returns the edges of money cut by a rule.
func edgesOf(t tester, b *rfm.Base[int64], by rfm.Rule) []float64 {
	t.Helper()
	scale, err := mustFit(t, b, planOf(rfm.Measure{}, rfm.Edges(1), rfm.Edges(1), by)).Scale(rfm.M, 0, 0)
	return must(t, scale, err).Edges
}

func TestNaturalBreaksByHand(t *testing.T) {
	for _, c := range []struct {
		name    string
		amounts []int64
		k       int
		want    string
	}{
		{"five clusters", []int64{1, 2, 3, 21, 22, 23, 41, 42, 43, 61, 62, 63, 81, 82, 83}, 5, "[3 23 43 63]"},
		{"four of them", []int64{1, 2, 3, 21, 22, 41, 42, 43, 81, 82}, 4, "[3 22 43]"},
		{"two clusters of other sizes", []int64{1, 1, 1, 1, 1, 1, 1, 2, 100}, 2, "[2]"},
		{"ties", []int64{5, 5, 5, 9, 9, 20}, 3, "[5 9]"},
		{"all equal", []int64{7, 7, 7}, 5, "[7 7 7 7]"},
		{"fewer values than levels", []int64{3, 9, 9}, 4, "[3 9 9]"},
		{"one customer", []int64{3}, 2, "[3]"},
		{"Fisher's rule, not the largest gaps", []int64{1, 2, 4, 5, 7, 9, 10, 20}, 3, "[5 10]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fmt.Sprint(edgesOf(t, spent(t, c.amounts...), rfm.NaturalBreaks(c.k))); got != c.want {
				t.Errorf("edges are %s, want %s", got, c.want)
			}
		})
	}
}

// spread is the exact sum of squares about the means of the classes that edges make.
func spread(values []int64, edges []float64) *big.Rat {
	classes := make([][]int64, len(edges)+1)
	for _, v := range values {
		at, _ := slices.BinarySearch(edges, float64(v))
		classes[at] = append(classes[at], v)
	}
	total := new(big.Rat)
	for _, class := range classes {
		sum, squares := new(big.Int), new(big.Int)
		for _, v := range class {
			sum.Add(sum, big.NewInt(v))
			squares.Add(squares, new(big.Int).Mul(big.NewInt(v), big.NewInt(v)))
		}
		if n := int64(len(class)); n > 0 {
			mean := new(big.Rat).SetFrac(new(big.Int).Mul(sum, sum), big.NewInt(n))
			total.Add(total, new(big.Rat).Sub(new(big.Rat).SetInt(squares), mean))
		}
	}
	return total
}

// leastSpread tries all ways to cut distinct values into k classes.
func leastSpread(values []int64, distinct []float64, k int, edges []float64) *big.Rat {
	if len(edges) == k-1 {
		return spread(values, edges)
	}
	var least *big.Rat
	for i, v := range distinct[:len(distinct)-1] {
		if s := leastSpread(values, distinct[i+1:], k, append(slices.Clip(edges), v)); s != nil && (least == nil || s.Cmp(least) < 0) {
			least = s
		}
	}
	return least
}

// Law: no other classes have a smaller sum of squares.
func TestNaturalBreaksAreOptimal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		offset := rapid.SampledFrom([]int64{0, 0, 1_000_000_000}).Draw(t, "offset")
		values := rapid.SliceOfN(rapid.Int64Range(0, 60), 1, 12).Draw(t, "values")
		for i := range values {
			values[i] += offset
		}
		k := rapid.IntRange(2, 4).Draw(t, "k")
		var distinct []float64
		for _, v := range slices.Compact(slices.Sorted(slices.Values(values))) {
			distinct = append(distinct, float64(v))
		}
		edges := edgesOf(t, spent(t, values...), rfm.NaturalBreaks(k))
		got, want := spread(values, edges), new(big.Rat)
		if len(distinct) > k {
			want = leastSpread(values, distinct, k, nil)
		}
		if got.Cmp(want) != 0 {
			t.Fatalf("edges %v have a sum of squares of %v, the least is %v", edges, got, want)
		}
	})
}

// A few customers who spend millions do not drown the differences among the others.
func TestNaturalBreaksOfSkewedMoney(t *testing.T) {
	var amounts []int64
	for i := range int64(4000) {
		amounts = append(amounts, 10+i%3, 50+i%5)
	}
	amounts = append(amounts, 1_000_000_000, 2_000_000_000_000)
	if got := fmt.Sprint(edgesOf(t, spent(t, amounts...), rfm.NaturalBreaks(4))); got != "[12 54 1e+09]" {
		t.Errorf("edges are %s", got)
	}
}

func TestPercentilesByHand(t *testing.T) {
	var amounts []int64
	for i := range int64(101) {
		amounts = append(amounts, i)
	}
	b := mustNew[int64](t, rfm.Config{AsOf: asOf})
	for i, amount := range amounts {
		mustFeed(t, b, []clientele.Purchase[int64]{{Customer: int64(i), At: asOf.AddDate(0, 0, -i), Amount: rub(amount)}})
	}
	by := rfm.Percentiles(50, 80, 95, 99)
	scales := mustFit(t, b, planOf(rfm.Measure{}, by, rfm.Edges(1), by))
	for m, want := range map[rfm.Metric]string{
		rfm.R: "{[1 5 20 50] [50 30 15 4 2]}", // 99 % have more days than 1
		rfm.M: "{[50 80 95 99] [51 30 15 4 1]}",
	} {
		if scale, err := scales.Scale(m, 0, 0); err != nil || fmt.Sprint(scale) != want {
			t.Errorf("%v is %v, want %s (%v)", m, scale, want, err)
		}
	}
	if got := fmt.Sprint(edgesOf(t, spent(t, 10, 20, 30), rfm.Percentiles(25, 99.9))); got != "[15 29.98]" {
		t.Errorf("edges between values are %s", got)
	}
}

// Percentiles of equal parts are quantiles, for few values and for many.
func TestPercentilesEqualQuantiles(t *testing.T) {
	for _, n := range []int64{1, 2, 9, 1000, 3001} {
		var amounts []int64
		for i := range n {
			amounts = append(amounts, i*i%997)
		}
		b := spent(t, amounts...)
		if got, want := edgesOf(t, b, rfm.Percentiles(20, 40, 60, 80)), edgesOf(t, b, rfm.Quantiles(5)); !slices.Equal(got, want) {
			t.Errorf("of %d customers: %v, want %v", n, got, want)
		}
		close := edgesOf(t, b, rfm.Percentiles(50, 50.001, 50.002))
		if !slices.IsSorted(close) || math.Abs(close[0]-close[2]) > 2 {
			t.Errorf("of %d customers: %v", n, close)
		}
	}
}
