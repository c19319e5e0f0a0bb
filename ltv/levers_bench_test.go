package ltv

import "testing"

// What ten percent do on each of the 63 sets of six levers.
func BenchmarkWhatIf(b *testing.B) {
	c := plannedShop()
	sets := must(LeverSets(TrafficLever, LeadRateLever, SaleRateLever, DealsLever, CheckLever, MarginLever))
	b.ReportAllocs()
	for b.Loop() {
		must(c.WhatIf(dec("0.1"), sets...))
	}
}
