package nps_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

func BenchmarkPermutation(b *testing.B) {
	const replicates = 1999
	x, y, src := answered(58, 251, 363), answered(13, 66, 138), rand.NewPCG(1, 2)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := nps.Permutation(x, y, replicates, src); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(replicates*b.N)/b.Elapsed().Seconds(), "replicates/s")
}

func BenchmarkCompare(b *testing.B) {
	x, y := answered(58, 251, 363), answered(13, 66, 138)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := nps.Compare(x, y, nps.CompareConfig{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "comparisons/s")
}

func BenchmarkCompareAll(b *testing.B) {
	groups := make(map[string]nps.Tally)
	for i := range uint64(50) {
		groups[fmt.Sprint(i)] = answered(50+i, 100, 150)
	}
	pairs := len(verify.Must(nps.CompareAll(groups, nps.CompareAllConfig{})))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := nps.CompareAll(groups, nps.CompareAllConfig{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(pairs*b.N)/b.Elapsed().Seconds(), "comparisons/s")
}
