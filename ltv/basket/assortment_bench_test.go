package basket

import (
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
)

func BenchmarkAssortment(b *testing.B) {
	receipts := zipfReceipts(1_000_000, 10_000)
	segment := func(r *clientele.Receipt[int64]) string {
		if r.Customer%4 == 0 {
			return "regular"
		}
		return "other"
	}
	var all *Assortment[int64]
	b.Run("AddReceipt 1M", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			all = verify.Must(NewAssortment(AssortmentConfig{Calendar: clientele.Calendar{Unit: clientele.Month}}, segment))
			for i := range receipts {
				if err := all.AddReceipt(&receipts[i]); err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(len(receipts)*b.N)/b.Elapsed().Seconds(), "receipts/s")
		b.ReportMetric(float64(len(all.facts.sales)), "cells")
	})
	b.Run("Bestsellers", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			verify.Must(all.Bestsellers(BestsellerConfig{Top: 20}))
		}
	})
	b.Run("CategoryIndex", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			verify.Must(all.CategoryIndex(0))
		}
	})
}
