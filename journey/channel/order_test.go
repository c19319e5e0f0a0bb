package channel_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/channel"
)

// Invariant: the order of people does not change a byte of any answer, and counts add up.
func TestAnswersInAnyOrder(t *testing.T) {
	all := map[string]func([]journey.Timeline) any{
		"Measure": func(ways []journey.Timeline) any {
			return verify.Must(channel.Measure(source(ways...), channel.Config{}))
		},
		"Answers": func(ways []journey.Timeline) any {
			return verify.Must(channel.Answers(source(ways...), channel.AnswerConfig{AsOf: moment(20, 0), Within: 60}))
		},
		"OnlineFirst": func(ways []journey.Timeline) any {
			return verify.Must(channel.OnlineFirst(source(ways...), ways[0].Touches, channel.OnlineConfig{
				Online: []string{"web"}, Shop: []string{"shop"}, Purchase: []string{"contact"}, Category: "category",
			}))
		},
	}
	for seed := range uint64(20) {
		ways := randomWays(seed)
		for name, ask := range all {
			want := string(verify.Must(json.Marshal(ask(ways))))
			shuffled := append([]journey.Timeline(nil), ways[1:]...)
			rand.New(rand.NewPCG(seed, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			shuffled = append(ways[:1:1], shuffled...)
			if got := string(verify.Must(json.Marshal(ask(shuffled)))); got != want {
				t.Fatalf("%s: %s\n%s", name, got, want)
			}
		}
		r := verify.Must(channel.Measure(source(ways...), channel.Config{}))
		levels, channels := 0, 0
		for _, l := range r.Integration {
			levels += l.People
		}
		for _, c := range r.ByNumber {
			channels += c.People
		}
		if levels != r.People || channels != r.People || r.AllShared > r.HandedOff || r.HandedOff > r.People {
			t.Fatalf("%+v", r)
		}
	}
}

func BenchmarkMeasure(b *testing.B) {
	var ways []journey.Timeline
	touches := 0
	for seed := range uint64(200) {
		for _, w := range randomWays(seed) {
			ways = append(ways, w)
			touches += len(w.Touches)
		}
	}
	for b.Loop() {
		if _, err := channel.Measure(source(ways...), channel.Config{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(touches)/b.Elapsed().Seconds(), "touches/s")
}
