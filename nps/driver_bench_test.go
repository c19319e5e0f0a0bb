package nps_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

func BenchmarkDrivers(b *testing.B) {
	for _, d := range []int{5, 10, 16, 20} {
		rng := rand.New(rand.NewPCG(1, 2))
		names := make([]string, d)
		for i := range names {
			names[i] = fmt.Sprint(i)
		}
		responses := make([]nps.Response, 1000)
		for i := range responses {
			responses[i].Answer = rng.IntN(11)
			for range d {
				responses[i].Ratings = append(responses[i].Ratings, nps.NewRating(float64(rng.IntN(5))))
			}
		}
		b.Run(fmt.Sprintf("drivers=%d", d), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				verify.Must(nps.Drivers(clientele.All(responses), names, nps.DriverConfig{}))
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(int(1)<<d), "ns/set")
		})
	}
}

func BenchmarkDriverResamples(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	responses := make([]nps.Response, 1000)
	for i := range responses {
		x := float64(rng.IntN(5))
		responses[i] = response(rng.IntN(11), x, x+float64(rng.IntN(5)), float64(rng.IntN(5)), float64(rng.IntN(5)), float64(rng.IntN(5)))
	}
	const resamples = 1000
	for b.Loop() {
		verify.Must(driversOf(nps.DriverConfig{Resamples: resamples, Source: rng}, responses...))
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/resamples, "µs/resample")
}
