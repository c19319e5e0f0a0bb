package basket

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
	"github.com/shopspring/decimal"
)

// zipfReceipts makes n receipts of 1 to 40 lines, 3.2 on average, whose products are
// as popular as one over their rank plus ten.
func zipfReceipts(n, products int) []clientele.Receipt[int64] {
	rng := rand.New(rand.NewPCG(3, 4))
	names := make([]string, products)
	below := make([]float64, products) // sum of popularities up to each
	sum := 0.0
	for i := range names {
		names[i] = fmt.Sprintf("product %d", i)
		sum += 1 / float64(i+10)
		below[i] = sum
	}
	one, price := decimal.New(1, 0), decimal.New(1290, -2)
	receipts := make([]clientele.Receipt[int64], n)
	for i := range receipts {
		lines := make([]clientele.Line, min(40, 1+int(math.Exp(0.45+1.05*rng.NormFloat64()))))
		for j := range lines {
			k, _ := slices.BinarySearch(below, sum*rng.Float64())
			lines[j] = clientele.Line{Product: names[k], Category: names[k/100], Quantity: one, Price: price}
		}
		receipts[i] = receipttest.On(1+i%700, int64(i/5), "0", lines...)
	}
	return receipts
}

func BenchmarkBaskets(b *testing.B) {
	receipts := zipfReceipts(1_000_000, 10_000)
	lines := 0
	for i := range receipts {
		lines += len(receipts[i].Lines)
	}
	var all *Baskets[int64]
	b.Run("AddReceipt 1M", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			all = verify.Must(New[int64](Config{}, nil))
			for i := range receipts {
				if err := all.AddReceipt(&receipts[i]); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(lines*b.N)/b.Elapsed().Seconds(), "lines/s")
	})
	for _, support := range []float64{0, 1e-4, 1e-3} {
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("Affinity 1M/support=%g/workers=%d", support, workers), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					got := verify.Must(all.Affinity(AffinityConfig{MinSupport: support, Workers: workers}))
					b.ReportMetric(float64(len(got.Base.Pairs)), "pairs")
				}
				b.ReportMetric(float64(len(receipts)*b.N)/b.Elapsed().Seconds(), "receipts/s")
			})
		}
	}
}
