package ltv

import (
	"math"
	"slices"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// owned is a set of periods that keeps the first few itself, as a customer's record
// does.
type owned struct {
	own   []period
	n     int32
	chain periodChain
}

func newOwned(keep int) *owned { return &owned{own: make([]period, keep)} }

func (o *owned) periods() periodSet { return periodSet{o.own, &o.n, &o.chain} }

// genArrival generates periods in one of the orders in which streams bring them.
func genArrival() *rapid.Generator[[]period] {
	return rapid.Custom(func(t *rapid.T) []period {
		top := rapid.SampledFrom([]int{5, 60, 3000}).Draw(t, "top")
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) period {
			return periodOf(rapid.IntRange(-top, top).Draw(t, "period"))
		}), 0, 120).Draw(t, "periods")
		switch rapid.SampledFrom([]string{"any", "ascending", "descending"}).Draw(t, "order") {
		case "ascending":
			slices.Sort(all)
		case "descending":
			slices.Sort(all)
			slices.Reverse(all)
		}
		return all
	})
}

// sortedSet is the distinct periods in ascending order.
func sortedSet(all []period) []period {
	all = slices.Clone(all)
	slices.Sort(all)
	return slices.Compact(all)
}

func checkUnits(t *rapid.T, b *periodBlocks, s periodSet, want []period) {
	t.Helper()
	if got := slices.Collect(b.all(s)); !slices.Equal(got, want) {
		t.Fatalf("periods are %v, want %v", got, want)
	}
	if n := b.len(s); n != len(want) {
		t.Fatalf("%d periods, want %d", n, len(want))
	}
	last := period(0)
	if len(want) > 0 {
		last = want[len(want)-1]
	}
	if got := b.last(s); got != last {
		t.Fatalf("last period is %v, want %v", got, last)
	}
}

// Invariant: sets of periods in one table of blocks hold what sorted slices hold, in
// whatever order and interleaving periods arrive, and joined they hold the union.
func TestUnitsEqualSortedSlices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, o := newPeriodBlocks(), newPeriodBlocks()
		keep := rapid.IntRange(1, 13).Draw(t, "own")
		sets := [3]*owned{newOwned(keep), newOwned(keep), newOwned(keep)}
		of := [3]*periodBlocks{&b, &b, &o} // two sets share blocks, one has others
		var all [3][]period
		for i := range all {
			all[i] = genArrival().Draw(t, "arrival")
		}
		for j := range slices.Max([]int{len(all[0]), len(all[1]), len(all[2])}) {
			for i, s := range sets {
				if j < len(all[i]) {
					of[i].add(s.periods(), all[i][j])
				}
			}
		}
		for i, s := range sets {
			checkUnits(t, of[i], s.periods(), sortedSet(all[i]))
		}
		probe := periodOf(rapid.IntRange(-70, 70).Draw(t, "probe"))
		if got, want := b.contains(sets[0].periods(), probe), slices.Contains(all[0], probe); got != want {
			t.Fatalf("contains %v is %t, want %t", probe.index(), got, want)
		}
		b.join(sets[0].periods(), &o, sets[2].periods())
		checkUnits(t, &b, sets[0].periods(), sortedSet(append(all[0], all[2]...)))
		b.join(sets[0].periods(), &b, sets[1].periods())
		checkUnits(t, &b, sets[0].periods(), sortedSet(slices.Concat(all[0], all[1], all[2])))
		checkUnits(t, &b, sets[1].periods(), sortedSet(all[1]))
		checkUnits(t, &o, sets[2].periods(), sortedSet(all[2]))

		b.reset()
		again := newOwned(keep)
		for _, u := range all[0] {
			b.add(again.periods(), u)
		}
		checkUnits(t, &b, again.periods(), sortedSet(all[0]))
	})
}

// Invariant: whatever the order of arrival, the blocks of a chain are at least half
// full, but for those at its ends, and so memory is bounded by distinct periods.
func TestBlocksAreHalfFull(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, s := newPeriodBlocks(), newOwned(1)
		for range rapid.IntRange(1, 8).Draw(t, "bursts") {
			u := rapid.IntRange(-2000, 2000).Draw(t, "from")
			step := rapid.SampledFrom([]int{-1, 1, -7, 7, -400, 400}).Draw(t, "step")
			for range rapid.IntRange(1, 100).Draw(t, "length") {
				b.add(s.periods(), periodOf(u))
				u += step
			}
		}
		for at := s.chain.head; at != 0; at = b.at(at).next {
			if n := b.at(at).n; n < blockPeriods/2 && at != s.chain.head && at != s.chain.tail {
				t.Fatalf("a block inside the chain holds %d periods", n)
			}
		}
	})
}

func TestUnitsCountPeriods(t *testing.T) {
	for _, period := range []int{0, 1, -1, 106_751, -106_751, math.MaxInt32, -math.MaxInt32} {
		u := periodOf(period)
		if u == 0 || u.index() != period {
			t.Errorf("period %d is period %d and period %d", period, u, u.index())
		}
	}
	if early, late := periodOf(-3), periodOf(4); early >= late || late.after(early) != 7 || early.after(late) != -7 {
		t.Errorf("from %d to %d are %d periods", early, late, late.after(early))
	}
}

// Records fill cache lines and no more, on every platform.
func TestRecordsFillCacheLines(t *testing.T) {
	const line = 64
	for name, c := range map[string]struct{ got, want uintptr }{
		"life": {unsafe.Sizeof(life{}), 2 * line}, "held": {unsafe.Sizeof(held{}), line}, "periodBlock": {unsafe.Sizeof(periodBlock{}), line},
	} {
		if c.got != c.want {
			t.Errorf("%s takes %d bytes, want %d", name, c.got, c.want)
		}
	}
}

// A customer of every day for a lifetime costs a constant time a period in the order
// of time and against it: the walk along a chain would show as seconds here.
func TestLongChainsInOrderOfTime(t *testing.T) {
	const days = 200_000
	for name, step := range map[string]int{"ascending": 1, "descending": -1} {
		b, s := newPeriodBlocks(), newOwned(13)
		for i := range days {
			b.add(s.periods(), periodOf(step*i))
		}
		if n := b.len(s.periods()); n != days {
			t.Errorf("%s: %d periods, want %d", name, n, days)
		}
		if limit := int32(2 + days/blockPeriods); b.used > limit {
			t.Errorf("%s: %d blocks, want at most %d", name, b.used, limit)
		}
		joined := newOwned(13)
		b.add(joined.periods(), periodOf(0))
		b.join(joined.periods(), &b, s.periods())
		if n := b.len(joined.periods()); n != days {
			t.Errorf("%s: %d periods joined, want %d", name, n, days)
		}
	}
}
