package rfm_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// prices are amounts made outside the loops that are measured.
func prices() []decimal.Decimal {
	amounts := make([]decimal.Decimal, 1024)
	for i := range amounts {
		amounts[i] = decimal.New(int64(100+37*i), -2)
	}
	return amounts
}

// orders are ten purchases a customer on average, in no order.
func orders[K clientele.ID](customers int, id func(int) K) []clientele.Purchase[K] {
	rng := rand.New(rand.NewPCG(1, 2))
	start := day(2024, 1, 1)
	amounts := prices()
	all := make([]clientele.Purchase[K], 10*customers)
	for i := range all {
		all[i] = clientele.Purchase[K]{
			Customer: id(rng.IntN(customers)),
			At:       start.Add(time.Duration(rng.IntN(2*365*24*3600)) * time.Second),
			Amount:   amounts[rng.IntN(len(amounts))],
		}
	}
	return all
}

func numbered(i int) int64 { return int64(i) * 7919 }

func named(i int) string { return fmt.Sprintf("customer-%08d", i*7919) }

func unique(i int) uuid.UUID {
	rng := rand.NewPCG(uint64(i), 0)
	var u uuid.UUID
	for j := range u {
		u[j] = byte(rng.Uint64())
	}
	return u
}

func newBase[K clientele.ID](tb testing.TB, cfg rfm.Config) *rfm.Base[K] {
	tb.Helper()
	if cfg.AsOf.IsZero() {
		cfg.AsOf = day(2026, 1, 1)
	}
	b, err := rfm.New(new(clientele.Roster[K]), cfg)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func feed[K clientele.ID](tb testing.TB, b *rfm.Base[K], all []clientele.Purchase[K]) *rfm.Base[K] {
	tb.Helper()
	if err := clientele.Feed(clientele.All(all), b); err != nil {
		tb.Fatal(err)
	}
	return b
}

// perItem reports the time and the rate of items.
func perItem(b *testing.B, items int, name string) {
	n := float64(b.N) * float64(items)
	b.ReportMetric(b.Elapsed().Seconds()*1e9/n, "ns/"+name)
	b.ReportMetric(n/b.Elapsed().Seconds(), name+"s/s")
}

func benchmarkAggregate[K clientele.ID](b *testing.B, customers int, id func(int) K) {
	all := orders(customers, id)
	base := feed(b, newBase[K](b, rfm.Config{}), all)
	b.ReportAllocs()
	for b.Loop() {
		base.Reset()
		feed(b, base, all)
	}
	perItem(b, len(all), "purchase")
}

func BenchmarkAggregate(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("id=int64/customers=%d", n), func(b *testing.B) { benchmarkAggregate(b, n, numbered) })
	}
	b.Run("id=uuid/customers=1000000", func(b *testing.B) { benchmarkAggregate(b, 1_000_000, unique) })
	b.Run("id=string/customers=1000000", func(b *testing.B) { benchmarkAggregate(b, 1_000_000, named) })
}
