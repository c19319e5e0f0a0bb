package nps_test

import (
	"testing"

	"github.com/clientele-go/clientele/nps"
)

func BenchmarkInterval(b *testing.B) {
	for _, method := range everyMethod() {
		b.Run(method.String(), func(b *testing.B) {
			t := answered(71, 317, 501)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := t.Interval(method, 0.95); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "intervals/s")
		})
	}
}

func BenchmarkAdd(b *testing.B) {
	var t nps.Tally
	answer := 0
	b.ReportAllocs()
	for b.Loop() {
		if err := t.Add(answer); err != nil {
			b.Fatal(err)
		}
		if answer++; answer > 10 {
			answer = 0
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "answers/s")
}

func BenchmarkAddSlice(b *testing.B) {
	answers := make([]int, 1<<16)
	for i := range answers {
		answers[i] = i * 7 % 11
	}
	var t nps.Tally
	b.ReportAllocs()
	for b.Loop() {
		if err := t.AddSlice(answers); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(answers)*b.N)/b.Elapsed().Seconds(), "answers/s")
}
