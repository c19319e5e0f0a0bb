package survival_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/cohort/survival"
)

// simulatedSpells are n spells of which about a third is censored.
func simulatedSpells(n int, round func(float64) float64) []survival.Spell {
	rng := rand.New(rand.NewPCG(1, 2))
	groups := [...]string{"a", "b"}
	all := make([]survival.Spell, n)
	for i := range all {
		event, end := 100*rng.ExpFloat64(), 365*rng.Float64()
		all[i] = survival.Spell{Time: round(min(event, end)), Event: event <= end, Group: groups[i%2]}
	}
	return all
}

func exactly(t float64) float64 { return t }

func BenchmarkKaplanMeier(b *testing.B) {
	const n = 1_000_000
	for _, c := range []struct {
		name  string
		round func(float64) float64
		edit  func(i int, s *survival.Spell)
	}{
		{"times=days", math.Ceil, func(int, *survival.Spell) {}},
		{"times=distinct", exactly, func(int, *survival.Spell) {}},
		{"entry=delayed", math.Ceil, func(i int, s *survival.Spell) { s.Enter = float64(i%3) / 3 * s.Time }},
		{"weights=whole", math.Ceil, func(i int, s *survival.Spell) { s.Weight = float64(1 + i%3) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			all := simulatedSpells(n, c.round)
			for i := range all {
				c.edit(i, &all[i])
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := survival.KaplanMeier(clientele.All(all), survival.Config{}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "subjects/s")
		})
	}
}

func BenchmarkLogRank(b *testing.B) {
	const n = 1_000_000
	for _, c := range []struct {
		name  string
		round func(float64) float64
	}{{"times=days", math.Ceil}, {"times=distinct", exactly}} {
		b.Run(c.name, func(b *testing.B) {
			all := simulatedSpells(n, c.round)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := survival.LogRank(clientele.All(all)); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "subjects/s")
		})
	}
}
