package rfm_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
)

// crowded returns purchases of more customers than one goroutine takes, a few of
// them with amounts that need more than 128 bits.
func crowded(seed uint64) []clientele.Purchase[int64] {
	const customers, purchases = 18_000, 40_000
	rng := rand.New(rand.NewPCG(seed, 1))
	amounts := prices()
	wide, long := money("1e40").Add(money("0.01")), money("123456789012345678.9")
	all := make([]clientele.Purchase[int64], purchases)
	for i := range all {
		p := &all[i]
		p.Customer = numbered(rng.IntN(customers))
		p.At = asOf.Add(-time.Duration(rng.Int64N(int64(700 * hours24))))
		p.Amount = amounts[rng.IntN(len(amounts))]
		switch rng.IntN(50) {
		case 0:
			p.Amount = wide
		case 1:
			p.Amount = p.Amount.Neg()
		case 2: // more digits than a purchase holds in itself, fewer than a sum does
			p.Amount = long
		case 3:
			p.At = asOf.Add(hours24)
		}
	}
	return all
}

// Invariant: the number of goroutines changes nothing: not what Merge, Fit and
// Grade give, nor the reports.
func TestWorkersChangeNothing(t *testing.T) {
	one, two := crowded(1), crowded(2)
	plan := rfm.GridPlan()
	plan.Nested = true
	var want string
	for workers := 1; workers <= 8; workers++ {
		cfg := rfm.Config{AsOf: asOf, Window: 200, Workers: workers}
		merged := mustFeed(t, mustNew[int64](t, cfg), one)
		mustMerge(t, merged, mustFeed(t, mustNew[int64](t, cfg), two))
		mustMerge(t, merged, mustFeed(t, mustNew[int64](t, cfg), one[:20_000]))
		if merged.Len() < 2*4096 {
			t.Fatalf("%d customers are too few to share out", merged.Len())
		}
		var got strings.Builder
		got.WriteString(encoded(t, merged))
		for _, p := range []rfm.Plan{plan, rfm.CubePlan(rfm.Bounds(20, 90), rfm.Bounds(2, 3), rfm.Bounds(100, 500))} {
			scales := mustFit(t, merged, p)
			state := mustGrade(t, merged, scales)
			got.WriteString(toJSON(t, scales) + toJSON(t, state.Report()))
			var ids []byte
			for id, score := range state.All() {
				ids = fmt.Appendf(ids, "%d %s ", id, score.Code)
			}
			got.WriteString(string(ids))
		}
		if want == "" {
			want = got.String()
		}
		if got.String() != want {
			t.Fatalf("%d workers give another result than 1", workers)
		}
	}
}

// Invariant: a base of many customers put together from shards with rosters of
// their own equals one pass over all purchases.
func TestMergeOfManyEqualsOnePass(t *testing.T) {
	all := crowded(3)
	for _, cfg := range []rfm.Config{{AsOf: asOf, Workers: 4}, {AsOf: asOf, Workers: 4, Window: 90, Amounts: true, Recent: 5}} {
		want := encoded(t, mustFeed(t, mustNew[int64](t, cfg), all))
		merged := new(rfm.Base[int64])
		for i := 0; i < len(all); i += 10_000 {
			mustMerge(t, merged, mustFeed(t, mustNew[int64](t, cfg), all[i:i+10_000]))
		}
		if encoded(t, merged) != want {
			t.Errorf("shards of %+v differ from one pass", cfg)
		}
		if read := decoded[int64](t, want); encoded(t, read) != want {
			t.Errorf("a base of %+v changes when it is read back", cfg)
		}
	}
}

// Many goroutines may read a base at once; the race detector sees what they do.
func TestConcurrentReaders(t *testing.T) {
	all := fuzzPurchases(numbered)
	slices.Reverse(all) // not the order in which they are encoded
	b := mustFeed(t, mustNew[int64](t, rfm.Config{AsOf: asOf, Amounts: true, Window: 300}), all)
	rule := rfm.Quantiles(3)
	scales := mustFit(t, b, planOf(rfm.Measure{Monetary: rfm.Median}, rule, rule, rule))
	state := mustGrade(t, b, scales)
	read := func() string {
		var out []byte
		for id, m := range b.All() {
			out = fmt.Appendln(out, id, toJSON(t, m), mustScore(t, scales, m), mustWatch(t, scales, m), stands(state, id))
			out = fmt.Appendln(out, toJSON(t, after(t, m, asOf, rub(5))))
		}
		other := mustMerge(t, mustNew[int64](t, b.Config()), b)
		return string(out) + encoded(t, b) + encoded(t, b.Clone()) + encoded(t, other) +
			toJSON(t, mustFit(t, b, scales.Plan())) + toJSON(t, mustGrade(t, b, scales).Report()) + toJSON(t, state.Report())
	}
	var seen [4]string
	var group sync.WaitGroup
	for i := range seen {
		group.Go(func() { seen[i] = read() })
	}
	group.Wait()
	want := read()
	for i, got := range seen {
		if got != want {
			t.Errorf("reader %d has seen %q, want %q", i, got, want)
		}
	}
}
