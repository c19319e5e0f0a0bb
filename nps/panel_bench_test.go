package nps_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// manyAnswers are of eight groups over two years.
func manyAnswers(n int) []nps.Answer {
	rng := rand.New(rand.NewPCG(1, 2))
	groups := []string{"search", "social", "referral", "store", "delivery", "returns", "app", "call centre"}
	all := make([]nps.Answer, n)
	for i := range all {
		all[i] = nps.Answer{
			At:    noonOf(2024, 1, 1).Add(time.Duration(rng.Int64N(int64(2 * 365 * 24 * time.Hour)))),
			Group: groups[rng.IntN(len(groups))],
			Value: rng.IntN(11),
		}
	}
	return all
}

func BenchmarkPanel_AddAll(b *testing.B) {
	all := manyAnswers(100_000)
	for b.Loop() {
		panelOf(b, nps.PanelConfig{Calendar: monthly}, all)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(all)), "ns/answer")
}

func BenchmarkPanel_AppendBinary(b *testing.B) {
	p := panelOf(b, nps.PanelConfig{}, manyAnswers(100_000))
	b.ReportAllocs()
	var form []byte
	for b.Loop() {
		form, _ = p.AppendBinary(form[:0])
	}
	b.ReportMetric(float64(len(form))/float64(8*731), "B/cell")
}

func BenchmarkSeries_Trend(b *testing.B) {
	s := verify.Must(panelOf(b, nps.PanelConfig{Calendar: monthly}, manyAnswers(100_000)).Series())
	for b.Loop() {
		verify.Must(s.Trend(nps.TrendConfig{AsOf: endOf(24), Rolling: 12}))
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*24), "ns/period")
}

func BenchmarkSeries_Changes(b *testing.B) {
	for name, answers := range map[string]int{"answers=2000": 2000, "answers=1000000": 1_000_000} {
		s := verify.Must(panelOf(b, nps.PanelConfig{Calendar: monthly}, manyAnswers(answers)).Series())
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				changesOf(b, s, nps.ChangeConfig{AsOf: endOf(24)}, 1)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*1000), "ns/deal")
		})
	}
}
