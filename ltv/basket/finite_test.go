package basket

import (
	"math"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// Whatever is bought together, once or always, estimates are numbers or errors, at every level.
func TestEstimatesAreFinite(t *testing.T) {
	var receipts []clientele.Receipt[int64]
	for i, products := range []string{"a", "b", "a b", "a b c", "a b c d", "a b c d", "c", "d e", "a b c", "f g h"} {
		r := receiptOf([]string{"web", "store", "phone"}[i%3], products)
		r.Customer, r.At = int64(i%4), receipttest.Noon(1+i)
		for j := range r.Lines {
			r.Lines[j].Category = r.Lines[j].Product
			r.Lines[j].Price = receipttest.Dec([]string{"0", "1e-100", receipttest.Huge[:199]}[(i+j)%3])
		}
		receipts = append(receipts, r)
	}
	for n := 1; n <= len(receipts); n++ {
		g := gather(receipts[:n], 1, false)
		for _, level := range []float64{0, math.SmallestNonzeroFloat64, 0.5, 0.95, 1 - 0x1p-50, 1 - 0x1p-52, math.Nextafter(1, 0)} {
			check := func(what string, answer any, err error) {
				if found, bad := verify.NotFinite(what, answer); err == nil && bad {
					t.Errorf("%d receipts, level %v: %s", n, level, found)
				}
			}
			affinity, err := g.baskets.Affinity(AffinityConfig{MinCount: 1, Level: level})
			check("affinity", affinity, err)
			bundles, err := g.baskets.Bundles(BundleConfig{MinCount: 1, Level: level})
			check("bundles", bundles, err)
			base, segments, err := g.baskets.Pair("a", "b", level)
			check("pair", base, err)
			check("segments", segments, err)
			index, err := g.assortment.CategoryIndex(level)
			check("index", index, err)
			for _, row := range index {
				revenue, _ := row.RevenueIndex()
				check("revenue index", revenue, nil)
			}
			follows, err := g.follows.Report(level)
			check("follows", follows, err)
		}
		best, err := g.assortment.Bestsellers(BestsellerConfig{})
		if err != nil {
			t.Fatal(err)
		}
		verify.Finite(t, "bestsellers", best)
	}
}
