package account

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/shopspring/decimal"
)

// manyReceipts makes n receipts of three lines each over a quarter as many
// customers, of 200 products in 20 categories.
func manyReceipts(n int) []clientele.Receipt[int64] {
	rng := rand.New(rand.NewPCG(1, 2))
	start := time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)
	lines := make([]clientele.Line, 3*n)
	names := make([]string, 220)
	for i := range names {
		names[i] = fmt.Sprintf("product %d", i)
	}
	for i := range lines {
		product := rng.IntN(200)
		price := int64(100 + rng.IntN(20_000))
		lines[i] = clientele.Line{
			Product: names[product], Category: names[200+product/10],
			Quantity: decimal.New(1+int64(rng.IntN(3)), 0),
			Price:    decimal.New(price, -2), Cost: decimal.New(price*6/10, -2),
		}
		if rng.IntN(4) == 0 {
			lines[i].ListPrice = decimal.New(price*12/10, -2)
		}
	}
	receipts := make([]clientele.Receipt[int64], n)
	for i := range receipts {
		receipts[i] = clientele.Receipt[int64]{
			Customer: int64(rng.IntN(n/4 + 1)), At: start.Add(time.Duration(rng.IntN(730*24*60)) * time.Minute),
			ServeCost: decimal.New(350, -2), Lines: lines[3*i : 3*i+3],
		}
	}
	return receipts
}

func BenchmarkAccounts(b *testing.B) {
	receipts := manyReceipts(1_000_000)
	end := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, payback := range []bool{false, true} {
		b.Run(fmt.Sprintf("1M receipts/payback=%t", payback), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				a := verify.Must(New(new(clientele.Roster[int64]), Config{AsOf: end, Payback: payback}))
				if err := clientele.FeedReceipts(clientele.All(receipts), a); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(receipts)*b.N)/b.Elapsed().Seconds(), "receipts/s")
		})
	}
}
