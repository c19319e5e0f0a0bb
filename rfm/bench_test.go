package rfm_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
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
	before := heap()
	base := feed(b, newBase[K](b, rfm.Config{}), all)
	held := heap() - before
	b.ReportAllocs()
	for b.Loop() {
		base.Reset()
		feed(b, base, all)
	}
	perItem(b, len(all), "purchase")
	b.ReportMetric(float64(held)/float64(base.Len()), "B/customer")
}

// heap is the memory in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func BenchmarkAggregate(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprintf("id=int64/customers=%d", n), func(b *testing.B) { benchmarkAggregate(b, n, numbered) })
	}
	b.Run("id=uuid/customers=1000000", func(b *testing.B) { benchmarkAggregate(b, 1_000_000, unique) })
	b.Run("id=string/customers=1000000", func(b *testing.B) { benchmarkAggregate(b, 1_000_000, named) })
}

// BenchmarkAggregateCursor makes every amount inside the loop, as a database
// cursor does.
func BenchmarkAggregateCursor(b *testing.B) {
	const customers = 1_000_000
	all := orders(customers, numbered)
	base := feed(b, newBase[int64](b, rfm.Config{}), all)
	cursor := func(yield func(clientele.Purchase[int64], error) bool) {
		for i, p := range all {
			p.Amount = decimal.New(int64(100+i&0xffff), -2)
			if !yield(p, nil) {
				return
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		base.Reset()
		if err := clientele.Feed(cursor, base); err != nil {
			b.Fatal(err)
		}
	}
	perItem(b, len(all), "purchase")
}

// BenchmarkHalves aggregates two halves, each on a core of its own, and merges
// them: compare with Aggregate/id=int64/customers=1000000.
func BenchmarkHalves(b *testing.B) {
	const customers = 1_000_000
	all := orders(customers, numbered)
	left, right := newBase[int64](b, rfm.Config{}), newBase[int64](b, rfm.Config{})
	half := func(base *rfm.Base[int64], part []clientele.Purchase[int64]) error {
		base.Reset()
		return clientele.Feed(clientele.All(part), base)
	}
	both := func() {
		done := make(chan error)
		go func() { done <- half(right, all[len(all)/2:]) }()
		if err := errors.Join(half(left, all[:len(all)/2]), <-done, left.Merge(right)); err != nil {
			b.Fatal(err)
		}
	}
	both()
	b.ReportAllocs()
	for b.Loop() {
		both()
	}
	perItem(b, len(all), "purchase")
}

func BenchmarkMerge(b *testing.B) {
	const customers = 1_000_000
	all := orders(customers, numbered)
	left := feed(b, newBase[int64](b, rfm.Config{}), all[:len(all)/2])
	right := feed(b, newBase[int64](b, rfm.Config{}), all[len(all)/2:])
	for b.Loop() {
		if err := left.Merge(right); err != nil {
			b.Fatal(err)
		}
	}
	perItem(b, right.Len(), "customer")
}

// BenchmarkFit finds the quintile edges of three metrics; BenchmarkGrade scores.
// Together they are the quintiles of a base.
func BenchmarkFit(b *testing.B) {
	forSizes(b, func(b *testing.B, base *rfm.Base[int64]) {
		for b.Loop() {
			if _, err := rfm.Fit(base, rfm.GridPlan()); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkGrade(b *testing.B) {
	forSizes(b, func(b *testing.B, base *rfm.Base[int64]) {
		scales, err := rfm.Fit(base, rfm.GridPlan())
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := rfm.Grade(base, scales); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkReport(b *testing.B) {
	forSizes(b, func(b *testing.B, base *rfm.Base[int64]) {
		state := graded(b, base)
		for b.Loop() {
			if r := state.Report(); r.Total.Customers != base.Len() {
				b.Fatal(r.Total.Customers)
			}
		}
	})
}

func BenchmarkCompare(b *testing.B) {
	forSizes(b, func(b *testing.B, base *rfm.Base[int64]) {
		state := graded(b, base)
		for b.Loop() {
			if _, err := rfm.Compare(state, state); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	forSizes(b, func(b *testing.B, base *rfm.Base[int64]) {
		var form []byte
		for b.Loop() {
			var err error
			if form, err = base.AppendBinary(form[:0]); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(form))/float64(base.Len()), "B/customer")
	})
}

func BenchmarkDecode(b *testing.B) {
	forSizes(b, func(b *testing.B, base *rfm.Base[int64]) {
		form, err := base.MarshalBinary()
		if err != nil {
			b.Fatal(err)
		}
		var decoded rfm.Base[int64]
		for b.Loop() {
			if err := decoded.UnmarshalBinary(form); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// BenchmarkOneMore grades a customer after one more purchase, by frozen scales.
func BenchmarkOneMore(b *testing.B) {
	base := feed(b, newBase[int64](b, rfm.Config{}), orders(10_000, numbered))
	scales, err := rfm.Fit(base, rfm.GridPlan())
	if err != nil {
		b.Fatal(err)
	}
	m, _ := base.Of(numbered(4711))
	at, amount := day(2026, 1, 2), decimal.New(1290, -2)
	b.ReportAllocs()
	for b.Loop() {
		after, err := m.After(at, amount)
		if err != nil {
			b.Fatal(err)
		}
		if score, err := scales.Score(after); err != nil || score.Code == "" {
			b.Fatal("not graded", err)
		}
	}
}

func BenchmarkWatch(b *testing.B) {
	base := feed(b, newBase[int64](b, rfm.Config{}), orders(10_000, numbered))
	scales := graded(b, base).Scales()
	m, _ := base.Of(numbered(4711))
	b.ReportAllocs()
	for b.Loop() {
		if w, err := scales.Watch(m); err != nil || w.Now.Code == "" {
			b.Fatal("not graded", err)
		}
	}
}

// forSizes runs a benchmark over bases of growing size, reporting customers.
func forSizes(b *testing.B, run func(*testing.B, *rfm.Base[int64])) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		base := feed(b, newBase[int64](b, rfm.Config{}), orders(n, numbered))
		b.Run(fmt.Sprintf("customers=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			run(b, base)
			perItem(b, base.Len(), "customer")
		})
	}
}

func graded(tb testing.TB, base *rfm.Base[int64]) *rfm.State[int64] {
	tb.Helper()
	scales, err := rfm.Fit(base, rfm.GridPlan())
	if err != nil {
		tb.Fatal(err)
	}
	state, err := rfm.Grade(base, scales)
	if err != nil {
		tb.Fatal(err)
	}
	return state
}

// BenchmarkPlainMap is the same job done as one would at first: a map from customer
// to a struct of what Base keeps, sums in int64 where they fit.
func BenchmarkPlainMap(b *testing.B) {
	type state struct {
		first, last int64
		n           int64
		total       int64 // at the second decimal place
		recent      [3]struct{ at, amount int64 }
	}
	all := orders(1_000_000, numbered)
	base := make(map[int64]*state)
	fill := func() {
		for _, p := range all {
			s := base[p.Customer]
			if s == nil {
				s = new(state)
				base[p.Customer] = s
			}
			at := p.At.UnixNano()
			if s.n == 0 {
				s.first, s.last = at, at
			}
			s.n++
			s.first, s.last = min(s.first, at), max(s.last, at)
			if p.Amount.NumDigits() > 18 || p.Amount.Exponent() != -2 {
				b.Fatal("an amount that does not fit")
			}
			amount := p.Amount.CoefficientInt64()
			s.total += amount
			for i := range s.recent {
				if at > s.recent[i].at {
					s.recent[i].at, at = at, s.recent[i].at
					s.recent[i].amount, amount = amount, s.recent[i].amount
				}
			}
		}
	}
	fill()
	for b.Loop() {
		for _, s := range base {
			*s = state{}
		}
		fill()
	}
	perItem(b, len(all), "purchase")
}
