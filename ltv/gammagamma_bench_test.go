package ltv

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// spendBases is a base of n customers with repeat purchases that Gamma-Gamma is true
// of, with frequencies as BG/NBD gives them.
func spendBases(t testing.TB, n int) *Sample {
	t.Helper()
	model := GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
	rng := rand.New(rand.NewPCG(1, 2))
	h := new(Sample)
	for range n {
		s := Summary{Frequency: 1 + int(rng.ExpFloat64()*rng.ExpFloat64()*3), Recency: 10, T: 20}
		buy := model.draw(Summary{}, rng)
		for range s.Frequency {
			s.Monetary += buy() / float64(s.Frequency)
		}
		if err := h.Add(s, 1); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

func BenchmarkFitGammaGamma(b *testing.B) {
	for _, n := range []int{946, 1_000_000} {
		h := spendBases(b, n)
		for _, workers := range []int{1, 2} {
			b.Run(fmt.Sprintf("customers=%d/workers=%d", n, workers), func(b *testing.B) {
				for b.Loop() {
					fit, err := Fit(GammaGamma{}, h, FitConfig{Workers: workers})
					if err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(fit.Evaluations), "evaluations")
				}
			})
		}
	}
}

// The mean spend of every customer, one by one.
func BenchmarkGammaGammaMean(b *testing.B) {
	m := GammaGamma{P: 6.25, Q: 3.74, Gamma: 15.44}
	s := Summary{Frequency: 7, Recency: 29.43, T: 38.86, Monetary: 30}
	for b.Loop() {
		if _, err := m.Mean(s); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "customers/s")
}
