package nps_test

import (
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

func BenchmarkWeightedAdd(b *testing.B) {
	answers := make([]weighedAnswer, 1000)
	for i := range answers {
		answers[i] = weighedAnswer{answer: i * 7 % 11, weight: 0.5 + float64(i%13)/10}
	}
	var w nps.Weighted
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range answers {
			if err := w.Add(a.answer, a.weight); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(answers)*b.N)/b.Elapsed().Seconds(), "answers/s")
}

func BenchmarkWeightedInterval(b *testing.B) {
	w := weighed(weighedAnswer{answer: 10, weight: 3}, weighedAnswer{answer: 7, weight: 2}, weighedAnswer{answer: 2, weight: 1})
	b.ReportAllocs()
	for b.Loop() {
		verify.Must(w.Interval(nps.Wald, 0))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N), "ns/interval")
}

func BenchmarkPostStratify(b *testing.B) {
	strata := []nps.Stratum{
		{Name: "a", Tally: answered(10, 20, 30), Population: 40},
		{Name: "b", Tally: answered(30, 20, 10), Population: 30},
		{Name: "c", Tally: answered(5, 5, 9), Population: 20},
		{Name: "d", Tally: answered(1, 0, 3), Population: 10},
	}
	b.ReportAllocs()
	for b.Loop() {
		verify.Must(nps.PostStratify(strata, 0))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N), "ns/score")
}
