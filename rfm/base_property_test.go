package rfm_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/rfm"
	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// onEveryID runs a law for ids of each kind that is stored differently.
func onEveryID(t *testing.T, ints func(*rapid.T, func(int) int64), strings func(*rapid.T, func(int) string), uuids func(*rapid.T, func(int) uuid.UUID)) {
	t.Run("id=int64", rapid.MakeCheck(func(t *rapid.T) { ints(t, func(i int) int64 { return int64(3 - i) }) }))
	t.Run("id=string", rapid.MakeCheck(func(t *rapid.T) { strings(t, func(i int) string { return fmt.Sprintf("%0*d", i, i) }) }))
	t.Run("id=uuid", rapid.MakeCheck(func(t *rapid.T) { uuids(t, digits) }))
}

// Invariant: one pass over a stream, streams cut into shards and merged in any
// order, and histories of single customers all give the same base.
func TestBatchEqualsStreamEqualsMerge(t *testing.T) {
	onEveryID(t, checkShards[int64], checkShards[string], checkShards[uuid.UUID])
}

func checkShards[K clientele.ID](t *rapid.T, id func(int) K) {
	cfg := genConfig().Draw(t, "config")
	all := genPurchases(id, genTime(), genAmount()).Draw(t, "purchases")
	want := encoded(t, mustFeed(t, mustNew[K](t, cfg), all))

	streamed := mustNew[K](t, cfg)
	for _, p := range all {
		if err := streamed.Add(p); err != nil {
			t.Fatal(err)
		}
	}
	if encoded(t, streamed) != want {
		t.Fatalf("Add one by one differs from Feed")
	}

	roster := new(clientele.Roster[K])
	shards := make([]*rfm.Base[K], rapid.IntRange(1, 4).Draw(t, "shards"))
	for i := range shards {
		shards[i] = mustNew[K](t, cfg)
		if rapid.Bool().Draw(t, "one roster") {
			shards[i], _ = rfm.New(roster, cfg)
		}
	}
	for _, p := range all {
		if err := shards[rapid.IntRange(0, len(shards)-1).Draw(t, "shard")].Add(p); err != nil {
			t.Fatal(err)
		}
	}
	merged := new(rfm.Base[K]) // takes the configuration of the first
	for _, shard := range rapid.Permutation(shards).Draw(t, "order") {
		if rapid.Bool().Draw(t, "travels") {
			shard = decoded[K](t, encoded(t, shard))
		}
		mustMerge(t, merged, shard)
	}
	if encoded(t, merged) != want {
		t.Fatalf("%d shards differ from one pass", len(shards))
	}
}

// decoded reads a base back.
func decoded[K clientele.ID](t tester, data string) *rfm.Base[K] {
	t.Helper()
	b := new(rfm.Base[K])
	if err := b.UnmarshalBinary([]byte(data)); err != nil {
		t.Fatal(err)
	}
	return b
}

// Invariant: a base put together from histories, each of them merged from parts
// and sent over a wire, equals one pass.
func TestHistoriesEqualBase(t *testing.T) {
	onEveryID(t, checkHistories[int64], checkHistories[string], checkHistories[uuid.UUID])
}

func checkHistories[K clientele.ID](t *rapid.T, id func(int) K) {
	cfg := genConfig().Draw(t, "config")
	all := genPurchases(id, genTime(), genAmount()).Draw(t, "purchases")
	want := mustFeed(t, mustNew[K](t, cfg), all)

	parts := map[K][]*rfm.History{}
	var order []K
	for _, p := range all {
		if parts[p.Customer] == nil {
			parts[p.Customer] = []*rfm.History{mustHistory(t, cfg), mustHistory(t, cfg)}
			order = append(order, p.Customer)
		}
		h := parts[p.Customer][rapid.IntRange(0, 1).Draw(t, "part")]
		if err := h.Add(p.At, p.Amount); err != nil {
			t.Fatal(err)
		}
	}
	got := mustNew[K](t, cfg)
	for _, customer := range rapid.Permutation(order).Draw(t, "order") {
		whole := new(rfm.History)
		for _, part := range parts[customer] {
			var read rfm.History
			if err := read.UnmarshalBinary([]byte(encoded(t, part))); err != nil {
				t.Fatal(err)
			}
			if err := whole.Merge(&read); err != nil {
				t.Fatal(err)
			}
		}
		m, ok := whole.Facts()
		if w, present := want.Of(customer); ok != present || ok && toJSON(t, m) != toJSON(t, w) {
			t.Fatalf("history of %v gives %v, base %v", customer, toJSON(t, m), toJSON(t, w))
		}
		if err := got.AddHistory(customer, whole); err != nil {
			t.Fatal(err)
		}
	}
	if encoded(t, got) != encoded(t, want) {
		t.Fatal("histories differ from one pass")
	}
}

// Invariant: merging is associative and commutative, and an empty base, with a
// configuration or without, changes nothing.
func TestMergeIsCommutativeMonoid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		base := func(name string) *rfm.Base[int64] {
			return mustFeed(t, mustNew[int64](t, cfg), genPurchases(numbered, genTime(), genAmount()).Draw(t, name))
		}
		a, b, c := base("a"), base("b"), base("c")
		ab, ba := mustMerge(t, a.Clone(), b), mustMerge(t, b.Clone(), a)
		if encoded(t, ab) != encoded(t, ba) {
			t.Fatal("a+b differs from b+a")
		}
		left := mustMerge(t, ab.Clone(), c)
		right := mustMerge(t, a.Clone(), mustMerge(t, b.Clone(), c))
		if encoded(t, left) != encoded(t, right) {
			t.Fatal("(a+b)+c differs from a+(b+c)")
		}
		for name, zero := range map[string]*rfm.Base[int64]{"empty": mustNew[int64](t, cfg), "zero": {}} {
			if encoded(t, mustMerge(t, a.Clone(), zero)) != encoded(t, a) {
				t.Fatalf("a+%s differs from a", name)
			}
			if encoded(t, mustMerge(t, zero, a)) != encoded(t, a) {
				t.Fatalf("%s+a differs from a", name)
			}
		}
		if twice := mustMerge(t, a.Clone(), a); encoded(t, mustMerge(t, a, a)) != encoded(t, twice) {
			t.Fatal("a merged into itself differs from a merged into a copy")
		}
	})
}

// Invariant: a clone and its original do not see what is added to the other.
func TestCloneIsIndependent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		gen := genPurchases(numbered, genTime(), genAmount())
		before, mine, yours := gen.Draw(t, "before"), gen.Draw(t, "mine"), gen.Draw(t, "yours")
		b := mustFeed(t, mustNew[int64](t, cfg), before)
		clone := b.Clone()
		for i := range max(len(mine), len(yours)) { // in turn, so that shared memory would be written by both
			if i < len(mine) {
				mustFeed(t, b, mine[i:i+1])
			}
			if i < len(yours) {
				mustFeed(t, clone, yours[i:i+1])
			}
		}
		for name, c := range map[string]struct {
			got   *rfm.Base[int64]
			added []clientele.Purchase[int64]
		}{"original": {b, mine}, "clone": {clone, yours}} {
			want := mustFeed(t, mustNew[int64](t, cfg), slices.Concat(before, c.added))
			if encoded(t, c.got) != encoded(t, want) {
				t.Fatalf("the %s has changed with its twin", name)
			}
		}
	})
}

// Invariant: a base that was reset is as good as new.
func TestResetEqualsNew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		gen := genPurchases(numbered, genTime(), genAmount())
		b := mustFeed(t, mustNew[int64](t, cfg), gen.Draw(t, "before"))
		b.Reset()
		if encoded(t, b) != encoded(t, mustNew[int64](t, cfg)) || b.Len() != 0 || b.Later() != 0 {
			t.Fatal("a base that was reset is not empty")
		}
		all := gen.Draw(t, "after")
		if encoded(t, mustFeed(t, b, all)) != encoded(t, mustFeed(t, mustNew[int64](t, cfg), all)) {
			t.Fatal("a base that was reset differs from a new one")
		}
		h := mustHistory(t, cfg)
		for _, p := range all {
			if err := h.Add(p.At, p.Amount); err != nil {
				t.Fatal(err)
			}
		}
		h.Reset()
		if encoded(t, h) != encoded(t, mustHistory(t, cfg)) {
			t.Fatal("a history that was reset is not empty")
		}
	})
}

// Invariant: the order of purchases changes neither facts nor scales nor the
// report.
func TestPermutationChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cfg := genConfig().Draw(t, "config")
		plan := genPlan(cfg.Amounts).Draw(t, "plan")
		all := withBuyer(genPurchases(numbered, genTime(), genPrice()).Draw(t, "purchases"), numbered(0))
		describe := func(all []clientele.Purchase[int64]) (facts, scales, report string) {
			b := mustFeed(t, mustNew[int64](t, cfg), all)
			s := mustFit(t, b, plan)
			return encoded(t, b), toJSON(t, s), toJSON(t, mustGrade(t, b, s).Report())
		}
		facts, scales, report := describe(all)
		f, s, r := describe(rapid.Permutation(all).Draw(t, "order"))
		if f != facts || s != scales || r != report {
			t.Fatalf("facts equal %v, scales %v, report %v", f == facts, s == scales, r == report)
		}
	})
}
