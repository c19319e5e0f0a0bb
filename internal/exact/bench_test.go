package exact_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"github.com/clientele-go/clientele/internal/exact"
)

// prices are those of an ordinary shop, with their exponents in turn.
func prices(exponents ...int32) []decimal.Decimal {
	ds := make([]decimal.Decimal, 1024)
	for i := range ds {
		ds[i] = decimal.New(int64(i*7919%100_000), exponents[i%len(exponents)])
	}
	return ds
}

func perAmount(b *testing.B, n int) {
	b.ReportAllocs()
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/amount")
}

func BenchmarkAdd(b *testing.B) {
	for _, bench := range []struct {
		name string
		ds   []decimal.Decimal
	}{
		{"exponents=equal", prices(-2)},
		{"exponents=mixed", prices(-2, 0, -1)},
		{"digits=19", []decimal.Decimal{decimal.New(1_234_567_890_123_456_789, -16)}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			var w exact.Wide
			var s exact.Sum
			for b.Loop() {
				for _, d := range bench.ds {
					w.Add(&s, d)
				}
			}
			perAmount(b, len(bench.ds))
		})
	}
}

// BenchmarkDecimalAdd is what Add replaces.
func BenchmarkDecimalAdd(b *testing.B) {
	ds := prices(-2)
	var s decimal.Decimal
	for b.Loop() {
		for _, d := range ds {
			s = s.Add(d)
		}
	}
	perAmount(b, len(ds))
}

func BenchmarkRatio(b *testing.B) {
	for _, bench := range []struct {
		name  string
		total string
	}{
		{"path=division", "1234567.89"},
		{"path=words", "33333.3333333333333333"},
		{"path=rational", "0.0123456789012345678901234567"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			var w exact.Wide
			var s exact.Sum
			w.Add(&s, decimal.RequireFromString(bench.total))
			b.ReportAllocs()
			for i := int64(0); b.Loop(); i++ {
				w.Ratio(s, i&1023+1)
			}
		})
	}
}

func BenchmarkQuotient(b *testing.B) {
	var w exact.Wide
	var s exact.Sum
	w.Add(&s, decimal.New(123_456_789, -2))
	b.ReportAllocs()
	for i := int64(0); b.Loop(); i++ {
		w.Quotient(s, i&1023+1, 2)
	}
}

func BenchmarkAppend(b *testing.B) {
	var w exact.Wide
	var s exact.Sum
	w.Add(&s, decimal.New(123_456_789, -2))
	room := make([]byte, 0, 64)
	b.ReportAllocs()
	for b.Loop() {
		w.Append(room, s)
	}
}
