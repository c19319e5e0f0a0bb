package receipttest

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
)

// InAnyOrder checks that answers are written as the same bytes when records are gathered in
// other orders, and in shards that are merged from either end. answers are how each, by
// name, is made of what was gathered.
func InAnyOrder[R, G any](t *testing.T, records []R, gather func(records []R, shards int, back bool) G, answers map[string]func(G) any) {
	t.Helper()
	ways := []G{gather(records, 1, false)}
	for seed := range uint64(3) {
		mixed := slices.Clone(records)
		rand.New(rand.NewPCG(seed, 6)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		ways = append(ways, gather(mixed, 1+int(seed), seed%2 == 0))
	}
	for name, answer := range answers {
		want := verify.Must(json.Marshal(answer(ways[0])))
		for i, way := range ways[1:] {
			if got := verify.Must(json.Marshal(answer(way))); string(got) != string(want) {
				t.Errorf("%s, way %d:\n%s\nwant\n%s", name, i, got, want)
			}
		}
	}
}
