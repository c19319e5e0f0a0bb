package basket

import (
	"fmt"
	"math"
	"reflect"
	"runtime"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// Worked by hand: desk and chair are in 5 receipts of 10 each, and in 3 together.
//
//	support 3/10, confidence 3/5, lift 10·3/(5·5) = 1.2
//	variance of ln lift: 1/3 - 1/5 - 1/5 + 2·3/(5·5) - 1/10 = 0.0733333
//
// The limits of the shares are the roots p of (k/n - p)² = 1.959964² p(1-p)/n: from
// 0.236593 to 0.763407 for 5 of 10. The lower limit of 3 of 5 is 0.146633 by Clopper and
// Pearson. Those of the lift are the outer solutions t of
// At² - 2Bt + C = 0, with the correlation √(3·2·10/(5·5·5)) = 0.692820:
//
//	below A = 0.5² - (0.763407-0.5)² = 0.180617
//	      B = 0.6·0.5 - 0.692820·(0.6-0.146633)(0.763407-0.5) = 0.217264
//	      C = 0.6² - (0.6-0.146633)² = 0.154458
//	above A = 0.5² - (0.5-0.236593)² = 0.180617
//	      B = 0.6·0.5 - 0.692820·(0.882379-0.6)(0.5-0.236593) = 0.248468
//	      C = 0.6² - (0.882379-0.6)² = 0.280262
func TestAffinityByHand(t *testing.T) {
	b := basketsOf(t, ByProduct, tenReceipts()...)
	got := verify.Must(b.Affinity(AffinityConfig{MinCount: 1}))
	if g := got.Base; g.Baskets != 10 || g.Items != 4 || g.MinCount != 1 || len(g.Pairs) != 3 {
		t.Fatalf("%+v", g)
	}
	p := got.Base.Pairs[0]
	if p.A != "chair" || p.B != "desk" || p.Together != 3 || p.WithA != 5 || p.WithB != 5 || p.Baskets != 10 {
		t.Errorf("%+v", p)
	}
	wantEstimate(t, "support", p.Support, 0.3, 0.107791, 0.603222)
	wantEstimate(t, "confidence", p.AtoB, 0.6, 0.230724, 0.882379)
	wantEstimate(t, "confidence back", p.BtoA, 0.6, 0.230724, 0.882379)
	// Of the limits of Clopper and Pearson of 3 of 5 and 5 of 10, 0.146633 to 0.947255 and
	// 0.187086 to 0.812914, whose errors have the correlation √(3·2·10/5³) = 0.692820.
	wantEstimate(t, "lift", p.Lift, 1.2, 0.464045, 2.257983)
	verify.Near(t, "standard error", p.Lift.StdErr, 1.2*math.Sqrt(0.22/3), 1e-14)

	// Of equal counts the names decide.
	if a, b := got.Base.Pairs[1], got.Base.Pairs[2]; a.A != "chair" || a.B != "lamp" || b.A != "desk" || b.B != "lamp" {
		t.Errorf("%+v, %+v", a, b)
	}
	if len(got.Segments) != 2 || got.Segments[0].Segment != "store" || got.Segments[1].Segment != "web" {
		t.Fatalf("%+v", got.Segments)
	}
	store, web := got.Segments[0], got.Segments[1]
	if store.Baskets != 4 || store.Items != 3 || len(store.Pairs) != 3 || web.Baskets != 6 || web.Items != 4 || len(web.Pairs) != 1 {
		t.Errorf("store %+v, web %+v", store, web)
	}
}

// The thresholds: 3 of 10 reach a support of 0.3 though 10 · 0.3 is more than 3 in
// other cases of float64, and not one that is greater.
func TestAffinityThresholds(t *testing.T) {
	b := basketsOf(t, ByProduct, tenReceipts()...)
	for _, c := range []struct {
		support     float64
		count, want int
	}{
		{0, 1, 3},
		{0, 2, 3},
		{0, 3, 1},
		{0, 4, 0},
		{0, 0, 0},
		{0.2, 1, 3},
		{0.3, 1, 1},
		{math.Nextafter(0.3, 1), 1, 0},
		{1, 1, 0},
		{0.2, 3, 1},
	} {
		got := verify.Must(b.Affinity(AffinityConfig{MinSupport: c.support, MinCount: c.count}))
		if len(got.Base.Pairs) != c.want {
			t.Errorf("support %v, count %d: %d pairs, want %d", c.support, c.count, len(got.Base.Pairs), c.want)
		}
	}
	for n := 1; n <= 60; n++ {
		for k := 1; k <= n; k++ {
			if got := least(n, float64(k)/float64(n), 0); got != k {
				t.Fatalf("%d of %d receipts are reached by %d", k, n, got)
			}
		}
	}
	if g := verify.Must(b.Affinity(AffinityConfig{})).Base; g.MinCount != 5 {
		t.Errorf("the default is %d receipts", g.MinCount)
	}
}

// With more items than one goroutine counts at a time the counts are still those of
// every two items of every receipt, whatever the number of goroutines.
func TestAffinityOfManyItems(t *testing.T) {
	receipts := zipfReceipts(2000, 300)
	together := make(map[[2]string]int64)
	for _, r := range receipts {
		items := make(map[string]bool)
		for _, l := range r.Lines {
			items[l.Product] = true
		}
		for a := range items {
			for b := range items {
				if a < b {
					together[[2]string{a, b}]++
				}
			}
		}
	}
	b := basketsOf(t, ByProduct, receipts...)
	want := verify.Must(b.Affinity(AffinityConfig{MinCount: 1, Workers: 1}))
	for _, p := range want.Base.Pairs {
		if p.Together != together[[2]string{p.A, p.B}] {
			t.Fatalf("%+v, want %d", p, together[[2]string{p.A, p.B}])
		}
	}
	if want.Base.Items <= 2*itemsPerBlock || len(want.Base.Pairs) != len(together) {
		t.Fatalf("%d pairs of %d items, want %d", len(want.Base.Pairs), want.Base.Items, len(together))
	}
	for _, workers := range []int{0, 2, 5} {
		if got := verify.Must(b.Affinity(AffinityConfig{MinCount: 1, Workers: workers})); !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers find other pairs", workers)
		}
	}
}

// alike are ten receipts with the same products.
func alike(t testing.TB, products int) *Baskets[int64] {
	t.Helper()
	b := verify.Must(New[int64](Config{}, nil))
	var r clientele.Receipt[int64]
	for i := range products {
		r.Lines = append(r.Lines, clientele.Line{Product: fmt.Sprint(i), Quantity: receipttest.Dec("1")})
	}
	for range 10 {
		if err := b.AddReceipt(&r); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

// Baskets that are alike have pairs by the million: too many are refused before they take
// memory, for any number of workers, and one pair fewer is not.
func TestAffinityOfManyPairs(t *testing.T) {
	for _, products := range []int{1500, 4000} {
		for workers := range 3 {
			var err error
			taken := allocated(func() { _, err = alike(t, products).Affinity(AffinityConfig{Workers: workers}) })
			verify.InputError(t, err, "basket.Baskets.Affinity", -1, "MaxPairs", clientele.ErrRange)
			if taken > 64<<20 {
				t.Errorf("%d products take %d MB", products, taken>>20)
			}
		}
	}
	b := alike(t, 50) // 1225 pairs, and as many in the one segment
	if got := verify.Must(b.Affinity(AffinityConfig{MaxPairs: 2450})); len(got.Base.Pairs) != 1225 {
		t.Errorf("%d pairs", len(got.Base.Pairs))
	}
	_, err := b.Affinity(AffinityConfig{MaxPairs: 2449})
	verify.InputError(t, err, "basket.Baskets.Affinity", -1, "MaxPairs", clientele.ErrRange)
	two := basketsOf(t, ByProduct, tenReceipts()...)
	if _, err := two.Affinity(AffinityConfig{MinCount: 1, MaxPairs: 7}); err != nil { // 3 in the base, 3 in the store, 1 on the web
		t.Error(err)
	}
	_, err = two.Affinity(AffinityConfig{MinCount: 1, MaxPairs: 6})
	verify.InputError(t, err, "basket.Baskets.Affinity", -1, "MaxPairs", clientele.ErrRange)
}

// allocated is how many bytes a function allocates.
func allocated(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
