package ltv

import (
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/ltv/internal/receipttest"
)

// A canteen whose guests come several times a day: 8:10, 8:50, 12:05 and 18:40 on one day
// are three hours with purchases, and 10 hours and a half lie between the first and the last.
func TestSummariesByTheHour(t *testing.T) {
	at := func(hour, minute int) clientele.Purchase[int] {
		p := buy(1, 3, "5")
		p.At = time.Date(2025, 1, 3, hour, minute, 0, 0, time.UTC)
		return p
	}
	all := []clientele.Purchase[int]{at(8, 10), at(8, 50), at(12, 5), at(18, 40)}
	for _, c := range []struct {
		cfg  SummaryConfig
		unit Span
		want Summary
	}{
		{SummaryConfig{Hours: 1}, Days(1.0 / 24), Summary{Frequency: 2, Recency: 10, T: 15, Monetary: 5}},
		{SummaryConfig{Hours: 1, Per: 24}, Days(1), Summary{Frequency: 2, Recency: 10.0 / 24, T: 15.0 / 24, Monetary: 5}},
		{SummaryConfig{Hours: 6, Per: 28}, Weeks(1), Summary{Frequency: 2, Recency: 2.0 / 28, T: 2.0 / 28, Monetary: 5}},
	} {
		c.cfg.AsOf = time.Date(2025, 1, 3, 23, 59, 59, 0, time.UTC)
		if c.cfg.Unit() != c.unit {
			t.Errorf("the unit is %v, want %v", c.cfg.Unit(), c.unit)
		}
		got, ok := bought(t, c.cfg, all...).Of(1)
		got.LogGaps = 0
		if !ok || got != c.want {
			t.Errorf("%+v: %+v, want %+v", c.cfg, got, c.want)
		}
	}
}

// A forecast said in weeks of a base counted in hours is that of the base counted in days,
// where each day has one purchase at noon.
func TestHoursAreTimeAsDaysAre(t *testing.T) {
	var all []clientele.Purchase[int]
	for id := range 200 {
		for day := 1 + id%7; day < 120; day += 3 + id%11 {
			if id%5 == 0 && day > 60 {
				break
			}
			all = append(all, clientele.Purchase[int]{Customer: id, At: receipttest.Noon(day), Amount: receipttest.Dec("9")})
		}
	}
	value := func(cfg SummaryConfig) float64 {
		cfg.AsOf = receipttest.Noon(130)
		s := bought(t, cfg, all...)
		fit := verify.Must(Fit(BGNBD{}, s.Sample(), FitConfig{}))
		f := verify.Must(NewForecaster(fit, Fitted[GammaGamma]{}, ForecastConfig{Horizon: Weeks(8)}))
		return verify.Must(NewEquity(f, s.All(), nil)).Total.Purchases.Value
	}
	verify.Near(t, "purchases of eight weeks", value(SummaryConfig{Hours: 1, Per: 24}), value(SummaryConfig{}), 1e-6)
}
