package nps_test

import (
	"fmt"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

func BenchmarkPosteriorInterval(b *testing.B) {
	for _, times := range []uint64{1, 100, 1000} {
		b.Run(fmt.Sprintf("answers=%d", 889*times), func(b *testing.B) {
			p := verify.Must(answered(71*times, 317*times, 501*times).Posterior(nps.JeffreysPrior()))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Interval(0.95); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "intervals/s")
		})
	}
}
