package ltv

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/shopspring/decimal"
)

const benchCustomers = 1_000_000

// benchConfig is weeks by the day, over the two years of orders.
var benchConfig = SummaryConfig{AsOf: time.Date(2025, 12, 31, 23, 59, 59, 0, time.UTC), Per: 7}

// orders are ten purchases a customer on average in two years, in no order.
func orders(customers int) []clientele.Purchase[int64] {
	rng := rand.New(rand.NewPCG(1, 2))
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	channels := []string{"search", "social", "referral", "store", ""}
	amounts := make([]decimal.Decimal, 1024)
	for i := range amounts {
		amounts[i] = decimal.New(int64(100+37*i), -2)
	}
	all := make([]clientele.Purchase[int64], 10*customers)
	for i := range all {
		all[i] = clientele.Purchase[int64]{
			Customer: int64(rng.IntN(customers)) * 7919,
			At:       start.Add(time.Duration(rng.IntN(2*365*24*3600)) * time.Second),
			Amount:   amounts[rng.IntN(len(amounts))],
			Group:    channels[rng.IntN(len(channels))],
		}
	}
	return all
}

// arrange puts orders into the order in which they arrive.
func arrange(all []clientele.Purchase[int64], order string) []clientele.Purchase[int64] {
	byTime := func(a, b clientele.Purchase[int64]) int { return cmp.Compare(a.At.UnixNano(), b.At.UnixNano()) }
	switch order {
	case "ascending":
		slices.SortFunc(all, byTime)
	case "descending":
		slices.SortFunc(all, byTime)
		slices.Reverse(all)
	}
	return all
}

// perItem reports the time and the rate of items.
func perItem(b *testing.B, items int, name string) {
	n := float64(b.N) * float64(items)
	b.ReportMetric(b.Elapsed().Seconds()*1e9/n, "ns/"+name)
	b.ReportMetric(n/b.Elapsed().Seconds(), name+"s/s")
}

// heap is the memory in use.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func benchmarkSummaries(b *testing.B, all []clientele.Purchase[int64], cfg SummaryConfig) {
	before := heap()
	s := mustFeed(b, mustSummaries[int64](b, cfg), all)
	held := heap() - before
	b.ReportAllocs()
	for b.Loop() {
		s.Reset()
		mustFeed(b, s, all)
	}
	perItem(b, len(all), "purchase")
	b.ReportMetric(float64(held)/float64(s.Len()), "B/customer")
}

// BenchmarkSummaries gathers purchases in the order of time, as logs have them, in
// reverse, and in none.
func BenchmarkSummaries(b *testing.B) {
	for _, n := range []int{10_000, 100_000, benchCustomers} {
		for _, order := range []string{"none", "ascending", "descending"} {
			b.Run(fmt.Sprintf("order=%s/customers=%d", order, n), func(b *testing.B) {
				benchmarkSummaries(b, arrange(orders(n), order), benchConfig)
			})
		}
	}
}

// BenchmarkSummariesHoldout keeps the second of the two years apart.
func BenchmarkSummariesHoldout(b *testing.B) {
	cfg := benchConfig
	cfg.AsOf, cfg.Until = cfg.AsOf.AddDate(-1, 0, 0), cfg.AsOf
	benchmarkSummaries(b, orders(benchCustomers), cfg)
}

// BenchmarkSummariesHalves gathers two halves, each on a core of its own, and
// merges them: compare with Summaries/order=none/customers=1000000.
func BenchmarkSummariesHalves(b *testing.B) {
	all := orders(benchCustomers)
	left, right := mustSummaries[int64](b, benchConfig), mustSummaries[int64](b, benchConfig)
	half := func(s *Summaries[int64], part []clientele.Purchase[int64]) error {
		s.Reset()
		return clientele.Feed(clientele.All(part), s)
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

func BenchmarkSummariesMerge(b *testing.B) {
	all := orders(benchCustomers)
	left := mustFeed(b, mustSummaries[int64](b, benchConfig), all[:len(all)/2])
	right := mustFeed(b, mustSummaries[int64](b, benchConfig), all[len(all)/2:])
	for b.Loop() {
		if err := left.Merge(right); err != nil {
			b.Fatal(err)
		}
	}
	perItem(b, right.Len(), "customer")
}

func BenchmarkSummariesAll(b *testing.B) {
	s := mustFeed(b, mustSummaries[int64](b, benchConfig), orders(benchCustomers))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, sum := range s.All() {
			n += sum.Frequency
		}
		if n == 0 {
			b.Fatal("nobody came back")
		}
	}
	perItem(b, s.Len(), "customer")
}

func BenchmarkSummariesEncode(b *testing.B) {
	s := mustFeed(b, mustSummaries[int64](b, benchConfig), orders(benchCustomers))
	var form []byte
	b.ReportAllocs()
	for b.Loop() {
		form = form[:0]
		var err error
		if form, err = s.AppendBinary(form); err != nil {
			b.Fatal(err)
		}
	}
	perItem(b, s.Len(), "customer")
	b.ReportMetric(float64(len(form))/float64(s.Len()), "B/customer")
}

func BenchmarkSummariesDecode(b *testing.B) {
	s := mustFeed(b, mustSummaries[int64](b, benchConfig), orders(benchCustomers))
	form, err := s.MarshalBinary()
	if err != nil {
		b.Fatal(err)
	}
	var decoded Summaries[int64]
	b.ReportAllocs()
	for b.Loop() {
		if err := decoded.UnmarshalBinary(form); err != nil {
			b.Fatal(err)
		}
	}
	perItem(b, s.Len(), "customer")
}

// BenchmarkHistoryDecode decodes into a history that has the calendar already,
// and, as fresh, into one that does not.
func BenchmarkHistoryDecode(b *testing.B) {
	h, err := NewHistory(benchConfig)
	if err != nil {
		b.Fatal(err)
	}
	for _, p := range orders(1) {
		if err := h.Add(p.At, p.Amount, p.Group); err != nil {
			b.Fatal(err)
		}
	}
	form, err := h.MarshalBinary()
	if err != nil {
		b.Fatal(err)
	}
	for _, fresh := range []bool{false, true} {
		b.Run(fmt.Sprintf("fresh=%t", fresh), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if fresh {
					h = new(History)
				}
				if err := h.UnmarshalBinary(form); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkSummaryBuys(b *testing.B) {
	s := Summary{Frequency: 3, Recency: 20, T: 30, Monetary: 12.5, LogGaps: 5}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Buys(31, 10); err != nil {
			b.Fatal(err)
		}
	}
}
