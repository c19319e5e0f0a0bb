package lever

import (
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// What ten percent do on each of the 63 sets of six levers.
func BenchmarkWhatIf(b *testing.B) {
	c := plannedShop()
	sets := verify.Must(Sets(Traffic, LeadRate, SaleRate, DealsPerCustomer, Check, Margin))
	b.ReportAllocs()
	for b.Loop() {
		verify.Must(c.WhatIf(receipttest.Dec("0.1"), sets...))
	}
}
