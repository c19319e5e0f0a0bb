package review_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey/review"
)

// written are reviews of a thousand products within a year, with two topics each; one of ten
// is an edit, and one of ten names a referrer.
func written(n int) []review.Review {
	r := rand.New(rand.NewPCG(7, 16))
	topics := []string{"price", "delivery", "weight", "colour", "service", "noise", "size", "smell"}
	all := make([]review.Review, n)
	for i := range all {
		all[i] = review.Review{
			ID: fmt.Sprint(i - i%10/9), Version: i, Customer: fmt.Sprint(r.IntN(n / 4)), Product: fmt.Sprint("product ", r.IntN(1000)),
			Rating: new(float64(1 + r.IntN(5))), Topics: []string{topics[r.IntN(8)], topics[r.IntN(8)]}, PassedOn: max(0, r.IntN(6)-3),
			At: time.Date(2025, 1, 1, 0, 0, r.IntN(365*86400), 0, time.UTC),
		}
		if i%10 == 0 {
			all[i].ReferredBy = fmt.Sprint("x", r.IntN(n/4))
		}
	}
	return all
}

// Reviews a second on one goroutine, by Count.
func BenchmarkCount(b *testing.B) {
	all := written(200_000)
	cfg := review.Config{AsOf: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Calendar: clientele.Calendar{Unit: clientele.Month}, ClosesAfter: 10}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := review.Count(clientele.All(all), cfg); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(all))/b.Elapsed().Seconds(), "reviews/s")
}
