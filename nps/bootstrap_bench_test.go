package nps_test

import (
	"math/rand/v2"
	"testing"
)

func BenchmarkBootstrap(b *testing.B) {
	const replicates = 1999
	t, src := answered(71, 317, 501), rand.NewPCG(1, 2)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := t.Bootstrap(0.95, replicates, src); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(replicates*b.N)/b.Elapsed().Seconds(), "replicates/s")
}
