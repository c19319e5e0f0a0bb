package identity_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"testing"

	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/identity"
	"github.com/google/uuid"
)

// benchEvents are touches with three identifiers each, of about one person in four
// touches: a device, a telephone number and an e-mail address, whose texts exist already,
// as in a host that has read them.
func benchEvents(n int, ids bool) []journey.Touch {
	rng := rand.New(rand.NewPCG(1, 2))
	identifiers := make([]journey.Identifier, 0, 3*n)
	all := make([]journey.Touch, n)
	for i := range all {
		person := rng.IntN(n/4 + 1)
		from := len(identifiers)
		identifiers = append(identifiers,
			journey.Identifier{Kind: "device", Value: fmt.Sprintf("d%07d%d", person, rng.IntN(3))},
			journey.Identifier{Kind: "phone", Value: fmt.Sprintf("+49%09d", person)},
			journey.Identifier{Kind: "email", Value: fmt.Sprintf("p%07d@mail.example", person)},
		)
		all[i] = touch(0)
		all[i].At = morning.Add(1e9 * 60)
		all[i].Seq = int64(i)
		all[i].ID = uuid.Nil
		if ids {
			all[i].ID = uuid.UUID{0: byte(i), 1: byte(i >> 8), 2: byte(i >> 16), 3: byte(i >> 24), 6: 0x40, 8: 0x80}
		}
		all[i].Identifiers = identifiers[from:len(identifiers):len(identifiers)]
	}
	return all
}

func source(touches []journey.Touch) iter.Seq2[journey.Touch, error] {
	return func(yield func(journey.Touch, error) bool) {
		for i := range touches {
			if !yield(touches[i], nil) {
				return
			}
		}
	}
}

func BenchmarkStitcher_AddAll(b *testing.B) {
	exact := []identity.Kind{{Name: "phone"}, {Name: "email"}, {Name: "device"}}
	limited := []identity.Kind{{Name: "phone", Limit: 3, Form: identity.Phone}, {Name: "email", Limit: 3, Form: identity.Email}, {Name: "device", HandOver: true}}
	for _, size := range []int{10_000, 1_000_000} {
		bare, withIDs := benchEvents(size, false), benchEvents(size, true)
		b.Run(fmt.Sprintf("events=%d/rules=plain map", size), func(b *testing.B) {
			for b.Loop() {
				joinPlainly(source(bare))
			}
			perSecond(b, size)
		})
		for _, way := range []struct {
			name    string
			rules   identity.Rules
			touches []journey.Touch
		}{
			{"bare", identity.Rules{Kinds: exact, AllowPlaceholders: true}, bare},
			{"ids", identity.Rules{Kinds: exact, AllowPlaceholders: true}, withIDs},
			{"limits", identity.Rules{Kinds: limited}, withIDs},
		} {
			b.Run(fmt.Sprintf("events=%d/rules=%s", size, way.name), func(b *testing.B) {
				for b.Loop() {
					s := stitcher(b, way.rules)
					if err := s.AddAll(source(way.touches)); err != nil {
						b.Fatal(err)
					}
					s.Settle()
				}
				perSecond(b, size)
				reportMemory(b, way.rules, way.touches)
			})
		}
	}
}

func perSecond(b *testing.B, events int) {
	b.ReportMetric(float64(b.N)*float64(events)/b.Elapsed().Seconds(), "events/s")
}

// reportMemory reports what a stitcher holds for each identifier.
func reportMemory(b *testing.B, rules identity.Rules, touches []journey.Touch) {
	before := heap()
	s := stitcher(b, rules)
	if err := s.AddAll(source(touches)); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(heap()-before)/float64(s.Totals().Identifiers), "B/identifier")
	runtime.KeepAlive(s)
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// joinPlainly is the plain version: a map from identifier to number and a union-find
// without evidence.
func joinPlainly(touches iter.Seq2[journey.Touch, error]) []int32 {
	at := make(map[journey.Identifier]int32)
	var up []int32
	root := func(n int32) int32 {
		for up[n] != n {
			up[n] = up[up[n]]
			n = up[n]
		}
		return n
	}
	for t := range touches {
		first := int32(-1)
		for _, id := range t.Identifiers {
			n, known := at[id]
			if !known {
				n = int32(len(up))
				at[id] = n
				up = append(up, n)
			}
			if first < 0 {
				first = n
			}
			up[root(n)] = root(first)
		}
	}
	return up
}
