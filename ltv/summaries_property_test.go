package ltv

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/google/uuid"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// onEveryID runs a law for ids of each kind that is stored differently.
func onEveryID(t *testing.T, ints func(*rapid.T, func(int) int64), strings func(*rapid.T, func(int) string), uuids func(*rapid.T, func(int) uuid.UUID)) {
	t.Run("id=int64", rapid.MakeCheck(func(t *rapid.T) { ints(t, numbered) }))
	t.Run("id=string", rapid.MakeCheck(func(t *rapid.T) { strings(t, func(i int) string { return fmt.Sprintf("%0*d", i, i) }) }))
	t.Run("id=uuid", rapid.MakeCheck(func(t *rapid.T) { uuids(t, func(i int) uuid.UUID { return uuid.UUID{15: byte(i), 3: byte(7 * i)} }) }))
}

// decodedFrom reads summaries back.
func decodedFrom[K clientele.ID](t failer, form string) *Summaries[K] {
	t.Helper()
	s := new(Summaries[K])
	if err := s.UnmarshalBinary([]byte(form)); err != nil {
		t.Fatal(err)
	}
	return s
}

// Invariant: one pass over a stream, the stream in any order, and its shards merged
// in any order, in memory or sent over a wire, give the same bytes.
func TestOrderAndShardsChangeNothing(t *testing.T) {
	onEveryID(t, checkShards[int64], checkShards[string], checkShards[uuid.UUID])
}

func checkShards[K clientele.ID](t *rapid.T, id func(int) K) {
	cfg := genSummaryConfig().Draw(t, "config")
	all := genStream(id).Draw(t, "purchases")
	want := encoded(t, mustFeed(t, mustSummaries[K](t, cfg), all))
	if shuffled := rapid.Permutation(all).Draw(t, "shuffled"); encoded(t, mustFeed(t, mustSummaries[K](t, cfg), shuffled)) != want {
		t.Fatal("another order of arrival gives another result")
	}

	roster := new(clientele.Roster[K])
	shards := make([]*Summaries[K], rapid.IntRange(1, 4).Draw(t, "shards"))
	for i := range shards {
		shards[i] = mustSummaries[K](t, cfg)
		if rapid.Bool().Draw(t, "one roster") {
			shards[i], _ = NewSummaries(roster, cfg)
		}
	}
	for _, p := range all {
		if err := shards[rapid.IntRange(0, len(shards)-1).Draw(t, "shard")].Add(p); err != nil {
			t.Fatal(err)
		}
	}
	merged := new(Summaries[K]) // takes the configuration of the first
	for _, shard := range rapid.Permutation(shards).Draw(t, "order") {
		if rapid.Bool().Draw(t, "travels") {
			shard = decodedFrom[K](t, encoded(t, shard))
		}
		before := encoded(t, shard)
		mustMerge(t, merged, shard)
		if encoded(t, shard) != before {
			t.Fatal("merging has changed what was merged")
		}
	}
	if encoded(t, merged) != want {
		t.Fatalf("%d shards differ from one pass", len(shards))
	}
}

// Invariant: summaries put together from histories, each merged from parts and sent
// over a wire, equal one pass; and a history tells what the summaries tell.
func TestHistoriesEqualSummaries(t *testing.T) {
	onEveryID(t, checkHistories[int64], checkHistories[string], checkHistories[uuid.UUID])
}

func checkHistories[K clientele.ID](t *rapid.T, id func(int) K) {
	cfg := genSummaryConfig().Draw(t, "config")
	all := genStream(id).Draw(t, "purchases")
	whole := mustFeed(t, mustSummaries[K](t, cfg), all)
	parts := map[K][]*History{}
	for _, p := range all {
		if rapid.Bool().Draw(t, "new part") || parts[p.Customer] == nil {
			parts[p.Customer] = append(parts[p.Customer], mustHistory(t, cfg))
		}
		last := len(parts[p.Customer]) - 1
		if err := parts[p.Customer][last].Add(p.At, p.Amount, p.Group); err != nil {
			t.Fatal(err)
		}
	}
	joined := mustSummaries[K](t, cfg)
	for customer, some := range parts {
		h := new(History)
		for _, part := range rapid.Permutation(some).Draw(t, "order") {
			if err := h.Merge(part); err != nil {
				t.Fatal(err)
			}
		}
		var received History
		if err := received.UnmarshalBinary([]byte(encoded(t, h))); err != nil {
			t.Fatal(err)
		}
		checkHistory(t, &received, whole, customer)
		if err := joined.AddHistory(customer, &received); err != nil {
			t.Fatal(err)
		}
	}
	if encoded(t, joined) != encoded(t, whole) {
		t.Fatal("histories differ from one pass")
	}
}

// checkHistory compares what a history and summaries tell of a customer.
func checkHistory[K clientele.ID](t *rapid.T, h *History, s *Summaries[K], customer K) {
	t.Helper()
	sum, ok := s.Of(customer)
	if got, gotOk := h.Summary(); got != sum || gotOk != ok {
		t.Fatalf("summary is %+v, %t; want %+v, %t", got, gotOk, sum, ok)
	}
	held, ok := s.HeldOut(customer)
	if got, gotOk := h.Holdout(); got != held || gotOk != ok {
		t.Fatalf("holdout is %+v, %t; want %+v, %t", got, gotOk, held, ok)
	}
	if got, want := h.Group(), s.Group(customer); got != want {
		t.Fatalf("group is %q, want %q", got, want)
	}
}

// Invariant: a clone does not see what its original takes afterwards, nor the other
// way round; after Reset, both take a stream as new ones do.
func TestCloneAndReset(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genSummaryConfig().Draw(t, "config")
		one, two := genStream(numbered).Draw(t, "one"), genStream(numbered).Draw(t, "two")
		s := mustFeed(t, mustSummaries[int64](t, cfg), one)
		before := encoded(t, s)
		clone := s.Clone()
		mustFeed(t, s, two)
		if encoded(t, clone) != before {
			t.Fatal("the clone has changed with its original")
		}
		after := encoded(t, s)
		mustFeed(t, clone, two)
		if encoded(t, clone) != after || encoded(t, s) != after {
			t.Fatal("the clone goes on otherwise than its original")
		}
		mustMerge(t, s, s) // itself, twice the facts
		h := mustHistory(t, cfg)
		for _, p := range one {
			if err := h.Add(p.At, p.Amount, p.Group); err != nil {
				t.Fatal(err)
			}
		}
		other := h.Clone()
		if err := errors.Join(other.Merge(h), h.Merge(h)); err != nil || encoded(t, h) != encoded(t, other) {
			t.Fatalf("a history merged with itself is not twice itself (%v)", err)
		}
		if twice := mustMerge(t, mustMerge(t, mustSummaries[int64](t, cfg), clone), clone); encoded(t, s) != encoded(t, twice) {
			t.Fatal("merged with itself is not twice itself")
		}
		s.Reset()
		if s.cols.blocks.used != 1 || s.cols.early.used != 0 {
			t.Fatal("after Reset, blocks or refunds are in use")
		}
		if s.Len() != 0 || s.Later() != 0 {
			t.Fatalf("after Reset: %d customers, %d later", s.Len(), s.Later())
		}
		if encoded(t, mustFeed(t, s, one)) != before {
			t.Fatal("after Reset, a stream gives another result")
		}
	})
}

// Invariant: all that is listed is what is told of each customer, in the order of
// the roster.
func TestListsEqualLookUps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := mustFeed(t, mustSummaries[int64](t, genSummaryConfig().Draw(t, "config")), genStream(numbered).Draw(t, "purchases"))
		var want []int64
		for _, id := range s.Roster().All() {
			if _, ok := s.Of(id); ok {
				want = append(want, id)
			}
		}
		var all, groups, observed []int64
		for id, sum := range s.All() {
			all = append(all, id)
			if got, _ := s.Of(id); got != sum {
				t.Fatalf("All has %+v, Of %+v", sum, got)
			}
		}
		for id, label := range s.Groups() {
			groups = append(groups, id)
			if got := s.Group(id); got != label {
				t.Fatalf("Groups has %q, Group %q", label, got)
			}
		}
		for id, o := range s.Observed() {
			observed = append(observed, id)
			sum, _ := s.Of(id)
			held, _ := s.HeldOut(id)
			if o != (Observed{Summary: sum, Holdout: held, Unit: s.Config().Unit()}) {
				t.Fatalf("Observed has %+v, Of %+v, HeldOut %+v", o, sum, held)
			}
		}
		if fmt.Sprint(all) != fmt.Sprint(want) || fmt.Sprint(groups) != fmt.Sprint(want) || fmt.Sprint(observed) != fmt.Sprint(want) {
			t.Fatalf("All lists %v, Groups %v, Observed %v; want %v", all, groups, observed, want)
		}
		for range s.All() {
			break
		}
		for range s.Groups() {
			break
		}
		for range s.Observed() {
			break
		}
	})
}

// crowd is purchases of more customers than one goroutine looks up.
func crowd(seed uint64) []clientele.Purchase[int64] {
	const customers, purchases = 12_000, 30_000
	rng := rand.New(rand.NewPCG(seed, 1))
	all := make([]clientele.Purchase[int64], purchases)
	for i := range all {
		amount := decimal.New(rng.Int64N(100_000)-5_000, -2)
		if rng.IntN(200) == 0 {
			amount = decimal.New(amount.CoefficientInt64(), 60) // more than 128 bits
		}
		all[i] = clientele.Purchase[int64]{
			Customer: rng.Int64N(customers),
			At:       stJohns[0].Add(-time.Duration(rng.Int64N(int64(700 * 24 * time.Hour)))),
			Amount:   amount,
			Group:    []string{"a", "b", "c"}[rng.IntN(3)],
		}
	}
	return all
}

// Invariant: the number of goroutines changes nothing, and many customers from
// shards with rosters of their own equal one pass.
func TestWorkersChangeNothing(t *testing.T) {
	all := crowd(1)
	cfg := SummaryConfig{AsOf: stJohns[0].AddDate(0, -6, 0), Until: stJohns[0]}
	want := encoded(t, mustFeed(t, mustSummaries[int64](t, cfg), all))
	for workers := 1; workers <= 4; workers++ {
		cfg.Workers = workers
		merged := mustSummaries[int64](t, cfg)
		for lo := 0; lo < len(all); lo += 10_000 {
			mustMerge(t, merged, mustFeed(t, mustSummaries[int64](t, cfg), all[lo:lo+10_000]))
		}
		if merged.Len() < 2*4096 {
			t.Fatalf("%d customers are too few to share out", merged.Len())
		}
		if encoded(t, merged) != want {
			t.Fatalf("%d workers give another result", workers)
		}
	}
	if read := decodedFrom[int64](t, want); encoded(t, read) != want {
		t.Error("summaries change when they are read back")
	}
}

// Many goroutines may read summaries at once; the race detector sees what they do.
func TestConcurrentReaders(t *testing.T) {
	all := crowd(2)[:3000]
	cfg := SummaryConfig{AsOf: stJohns[0].AddDate(0, -6, 0), Until: stJohns[0], IncludeFirst: true}
	s := mustFeed(t, mustSummaries[int64](t, cfg), all)
	read := func() string {
		var out []byte
		for id, o := range s.Observed() {
			out = fmt.Appendln(out, id, o, s.Group(id))
		}
		other := mustMerge(t, mustSummaries[int64](t, cfg), s)
		return fmt.Sprint(string(out), s.PeriodCounts()) + encoded(t, s) + encoded(t, s.Clone()) + encoded(t, other)
	}
	var seen [3]string
	var group sync.WaitGroup
	for i := range seen {
		group.Go(func() { seen[i] = read() })
	}
	group.Wait()
	want := read()
	for i, got := range seen {
		if got != want {
			t.Errorf("reader %d has seen something else", i)
		}
	}
}

// Invariant: what one customer's purchases add up to does not depend on the unit
// of time but by its scale: per week is a seventh of per day.
func TestPerScalesTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genSummaryConfig().Draw(t, "config")
		all := genStream(numbered).Draw(t, "purchases")
		cfg.Per = 1
		ones := mustFeed(t, mustSummaries[int64](t, cfg), all)
		cfg.Per = 4 // a power of two, so that dividing is exact
		fours := mustFeed(t, mustSummaries[int64](t, cfg), all)
		for id, one := range ones.All() {
			four, _ := fours.Of(id)
			logGaps := one.LogGaps - float64(one.Frequency)*math.Log(4)
			if four.Recency != one.Recency/4 || four.T != one.T/4 || math.Abs(four.LogGaps-logGaps) > 1e-12*max(1, math.Abs(one.LogGaps)) {
				t.Fatalf("per 4: %+v, per 1: %+v", four, one)
			}
			four.Recency, four.T, four.LogGaps = one.Recency, one.T, one.LogGaps
			if four != one {
				t.Fatalf("per 4: %+v, per 1: %+v", four, one)
			}
		}
	})
}
