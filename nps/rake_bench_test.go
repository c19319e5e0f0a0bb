package nps_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

func BenchmarkRake(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	dimensions := make([]nps.Dimension, 4)
	for i := range dimensions {
		dimensions[i].Name = fmt.Sprint(i)
		for j := range 5 {
			dimensions[i].Categories = append(dimensions[i].Categories, nps.Category{Name: fmt.Sprint(j), Population: 1 + rng.Float64()})
		}
	}
	sample := make([]nps.Respondent, 100_000)
	for i := range sample {
		sample[i].Answer = rng.IntN(11)
		for range dimensions {
			sample[i].Categories = append(sample[i].Categories, fmt.Sprint(rng.IntN(5)))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		verify.Must(nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{}))
	}
	b.ReportMetric(float64(len(sample)*b.N)/b.Elapsed().Seconds(), "respondents/s")
}
