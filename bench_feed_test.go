package clientele_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
)

// counter is the least an accumulator can do.
type counter[K clientele.ID] struct {
	roster *clientele.Roster[K]
	n      []int32
}

func (c *counter[K]) Roster() *clientele.Roster[K] { return c.roster }

func (c *counter[K]) AddSlots(slots []int32, batch []clientele.Purchase[K]) error {
	if n := c.roster.Len(); n > len(c.n) {
		c.n = append(c.n, make([]int32, n-len(c.n))...)
	}
	for _, s := range slots {
		c.n[s]++
	}
	return nil
}

// prices are amounts made outside the loop.
var prices = sync.OnceValue(func() []decimal.Decimal {
	amounts := make([]decimal.Decimal, 1024)
	for i := range amounts {
		amounts[i] = decimal.New(int64(100+37*i), -2)
	}
	return amounts
})

// shuffled yields purchases of random customers; everything but the ids is made
// outside the loop.
func shuffled[K clientele.ID](ids []K, purchases int) iter.Seq2[clientele.Purchase[K], error] {
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	amounts := prices()
	return func(yield func(clientele.Purchase[K], error) bool) {
		rng := rand.New(rand.NewPCG(1, 2))
		for range purchases {
			bits := rng.Uint64()
			p := clientele.Purchase[K]{
				Customer: ids[(bits>>32)*uint64(len(ids))>>32],
				At:       start.Add(time.Duration(bits&0xffffff) * 4 * time.Second),
				Amount:   amounts[bits>>24&1023],
			}
			if !yield(p, nil) {
				return
			}
		}
	}
}

func benchmarkFeed[K clientele.ID](b *testing.B, customers int, id func(int) K) {
	const purchases = 1_000_000
	ids := make([]K, customers)
	for i := range ids {
		ids[i] = id(i)
	}
	acc := &counter[K]{roster: new(clientele.Roster[K])}
	for _, k := range ids {
		acc.roster.Slot(k)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := clientele.Feed(shuffled(ids, purchases), acc); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*purchases/b.Elapsed().Seconds(), "purchases/s")
	b.ReportMetric(b.Elapsed().Seconds()*1e9/purchases/float64(b.N), "ns/purchase")
}

func BenchmarkFeed(b *testing.B) {
	for _, customers := range []int{10_000, 100_000, 1_000_000} {
		at := func(kind string) string { return fmt.Sprintf("id=%s/customers=%d", kind, customers) }
		b.Run(at("int64"), func(b *testing.B) {
			benchmarkFeed(b, customers, func(i int) int64 { return int64(i) * 7919 })
		})
		b.Run(at("uuid"), func(b *testing.B) {
			rng := rand.NewChaCha8([32]byte{1})
			benchmarkFeed(b, customers, func(int) (u uuid.UUID) { rng.Read(u[:]); return u })
		})
		b.Run(at("string"), func(b *testing.B) {
			benchmarkFeed(b, customers, func(i int) string { return fmt.Sprintf("customer-%08d", i*7919) })
		})
	}
}
