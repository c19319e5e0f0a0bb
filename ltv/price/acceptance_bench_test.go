package price

import (
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/shopspring/decimal"
)

func BenchmarkAcceptance(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	answers := make([]decimal.Decimal, 1_000_000)
	for i := range answers {
		answers[i] = decimal.New(int64(rng.ExpFloat64()*50_00), -2)
	}
	b.ReportAllocs()
	for b.Loop() {
		verify.Must(verify.Must(NewAcceptance(answers)).Best(Config{Cost: decimal.New(10, 0)}))
	}
	b.ReportMetric(float64(len(answers)*b.N)/b.Elapsed().Seconds(), "answers/s")
}
