package account

import (
	"testing"
	"time"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// The page of a customer with 20 deals, forecast included.
func BenchmarkNewPage(b *testing.B) {
	receipts := manyReceipts(20)
	for i := range receipts {
		receipts[i].Customer = 1
	}
	deals := sales(receipts...)
	f := verify.Must(ltv.NewForecaster(ltv.Fixed(ltv.MBGNBD{R: 0.5, Alpha: 8, A: 0.8, B: 2.5}), ltv.Fixed(ltv.GammaGamma{P: 4, Q: 4, Gamma: 400}), ltv.ForecastConfig{Horizon: ltv.Units(ltv.DaysPerYear / 7)}))
	cfg := PageConfig{
		AsOf: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), AcquisitionCost: receipttest.Dec("60"),
		Tiers: new(TierRules), Forecaster: f, Summary: ltv.SummaryConfig{Per: 7},
	}
	b.ReportAllocs()
	for b.Loop() {
		verify.Must(NewPage(deals, cfg))
	}
}
