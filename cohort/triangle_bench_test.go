package cohort_test

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort"
	"github.com/shopspring/decimal"
)

// tenEach are ten purchases a customer on average over two years, in order of time and
// no order of customers.
func tenEach(customers int) []clientele.Purchase[int64] {
	rng := rand.New(rand.NewPCG(1, 2))
	amounts := make([]decimal.Decimal, 1024)
	for i := range amounts {
		amounts[i] = decimal.New(int64(100+37*i), -2)
	}
	all := make([]clientele.Purchase[int64], 10*customers)
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	step := 2 * 365 * 24 * time.Hour / time.Duration(len(all))
	for i := range all {
		all[i] = clientele.Purchase[int64]{
			Customer: int64(rng.IntN(customers)) * 7919,
			At:       start.Add(time.Duration(i) * step),
			Amount:   amounts[rng.IntN(len(amounts))],
		}
	}
	return all
}

var twoYears = cohort.TriangleConfig{AsOf: time.Date(2026, 1, 1, 0, 0, 0, -1, time.UTC), Calendar: months}

// perPurchase reports the time and the rate of purchases.
func perPurchase(b *testing.B, purchases int) {
	n := float64(b.N) * float64(purchases)
	b.ReportMetric(b.Elapsed().Seconds()*1e9/n, "ns/purchase")
	b.ReportMetric(n/b.Elapsed().Seconds(), "purchases/s")
}

// The whole way of a monthly triangle with its money, on one goroutine.
func BenchmarkTriangle(b *testing.B) {
	for name, customers := range map[string]int{"customers=10000": 10_000, "customers=1000000": 1_000_000} {
		b.Run(name, func(b *testing.B) {
			all := tenEach(customers)
			cfg := twoYears
			cfg.Workers = 1
			b.ReportAllocs()
			for b.Loop() {
				triangleOf(b, activityOf(b, all), cfg)
			}
			perPurchase(b, len(all))
		})
	}
}

// Two halves on two goroutines, merged, and asked on all cores.
func BenchmarkTriangleHalves(b *testing.B) {
	all := tenEach(1_000_000)
	b.ReportAllocs()
	for b.Loop() {
		var halves [2]*cohort.Activity[int64]
		var wg sync.WaitGroup
		for i := range halves {
			wg.Go(func() { halves[i] = activityOf(b, all[i*len(all)/2:(i+1)*len(all)/2]) })
		}
		wg.Wait()
		if err := halves[0].Merge(halves[1]); err != nil {
			b.Fatal(err)
		}
		triangleOf(b, halves[0], twoYears)
	}
	perPurchase(b, len(all))
}

// The questions alone, asked of what was gathered.
func BenchmarkTriangleQuestion(b *testing.B) {
	all := tenEach(1_000_000)
	a := activityOf(b, all)
	for name, change := range map[string]func(*cohort.TriangleConfig){
		"columns=months":   func(*cohort.TriangleConfig) {},
		"columns=rolling":  func(c *cohort.TriangleConfig) { c.Window = 30 },
		"columns=brackets": func(c *cohort.TriangleConfig) { c.Brackets = []cohort.Bracket{{0, 0}, {1, 7}, {8, 30}, {31, 90}} },
		"entry=every":      func(c *cohort.TriangleConfig) { c.Entry = cohort.EveryPeriod },
		"active=later":     func(c *cohort.TriangleConfig) { c.Retention = cohort.OnOrAfter },
	} {
		b.Run(name, func(b *testing.B) {
			cfg := twoYears
			cfg.Workers = 1
			change(&cfg)
			b.ReportAllocs()
			for b.Loop() {
				triangleOf(b, a, cfg)
			}
			perPurchase(b, len(all))
		})
	}
}

func BenchmarkActivityEncode(b *testing.B) {
	a := activityOf(b, tenEach(100_000))
	for b.Loop() {
		formOf(b, a)
	}
	perPurchase(b, a.Len())
}

func BenchmarkActivityDecode(b *testing.B) {
	form := formOf(b, activityOf(b, tenEach(100_000)))
	for b.Loop() {
		var a cohort.Activity[int64]
		if err := a.UnmarshalBinary(form); err != nil {
			b.Fatal(err)
		}
	}
	perPurchase(b, 1_000_000)
}
