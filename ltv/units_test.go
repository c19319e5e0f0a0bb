package ltv

import (
	"math"
	"slices"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// owned is a set of units that keeps the first few itself, as a customer's record
// does.
type owned struct {
	own   []unit
	n     int32
	chain unitChain
}

func newOwned(keep int) *owned { return &owned{own: make([]unit, keep)} }

func (o *owned) units() units { return units{o.own, &o.n, &o.chain} }

// genArrival generates units in one of the orders in which streams bring them.
func genArrival() *rapid.Generator[[]unit] {
	return rapid.Custom(func(t *rapid.T) []unit {
		top := rapid.SampledFrom([]int{5, 60, 3000}).Draw(t, "top")
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) unit {
			return unitOf(rapid.IntRange(-top, top).Draw(t, "period"))
		}), 0, 120).Draw(t, "units")
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

// sortedSet is the distinct units in ascending order.
func sortedSet(all []unit) []unit {
	all = slices.Clone(all)
	slices.Sort(all)
	return slices.Compact(all)
}

func checkUnits(t *rapid.T, b *unitBlocks, s units, want []unit) {
	t.Helper()
	if got := slices.Collect(b.all(s)); !slices.Equal(got, want) {
		t.Fatalf("units are %v, want %v", got, want)
	}
	if n := b.len(s); n != len(want) {
		t.Fatalf("%d units, want %d", n, len(want))
	}
	last := unit(0)
	if len(want) > 0 {
		last = want[len(want)-1]
	}
	if got := b.last(s); got != last {
		t.Fatalf("last unit is %v, want %v", got, last)
	}
}

// Invariant: sets of units in one table of blocks hold what sorted slices hold, in
// whatever order and interleaving units arrive, and joined they hold the union.
func TestUnitsEqualSortedSlices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, o := newUnitBlocks(), newUnitBlocks()
		keep := rapid.IntRange(1, 13).Draw(t, "own")
		sets := [3]*owned{newOwned(keep), newOwned(keep), newOwned(keep)}
		of := [3]*unitBlocks{&b, &b, &o} // two sets share blocks, one has others
		var all [3][]unit
		for i := range all {
			all[i] = genArrival().Draw(t, "arrival")
		}
		for j := range slices.Max([]int{len(all[0]), len(all[1]), len(all[2])}) {
			for i, s := range sets {
				if j < len(all[i]) {
					of[i].add(s.units(), all[i][j])
				}
			}
		}
		for i, s := range sets {
			checkUnits(t, of[i], s.units(), sortedSet(all[i]))
		}
		probe := unitOf(rapid.IntRange(-70, 70).Draw(t, "probe"))
		if got, want := b.contains(sets[0].units(), probe), slices.Contains(all[0], probe); got != want {
			t.Fatalf("contains %v is %t, want %t", probe.period(), got, want)
		}
		b.join(sets[0].units(), &o, sets[2].units())
		checkUnits(t, &b, sets[0].units(), sortedSet(append(all[0], all[2]...)))
		b.join(sets[0].units(), &b, sets[1].units())
		checkUnits(t, &b, sets[0].units(), sortedSet(slices.Concat(all[0], all[1], all[2])))
		checkUnits(t, &b, sets[1].units(), sortedSet(all[1]))
		checkUnits(t, &o, sets[2].units(), sortedSet(all[2]))

		b.reset()
		again := newOwned(keep)
		for _, u := range all[0] {
			b.add(again.units(), u)
		}
		checkUnits(t, &b, again.units(), sortedSet(all[0]))
	})
}

// Invariant: whatever the order of arrival, the blocks of a chain are at least half
// full, but for those at its ends, and so memory is bounded by distinct units.
func TestBlocksAreHalfFull(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, s := newUnitBlocks(), newOwned(1)
		for range rapid.IntRange(1, 8).Draw(t, "bursts") {
			u := rapid.IntRange(-2000, 2000).Draw(t, "from")
			step := rapid.SampledFrom([]int{-1, 1, -7, 7, -400, 400}).Draw(t, "step")
			for range rapid.IntRange(1, 100).Draw(t, "length") {
				b.add(s.units(), unitOf(u))
				u += step
			}
		}
		for at := s.chain.head; at != 0; at = b.at(at).next {
			if n := b.at(at).n; n < blockUnits/2 && at != s.chain.head && at != s.chain.tail {
				t.Fatalf("a block inside the chain holds %d units", n)
			}
		}
	})
}

func TestUnitsCountPeriods(t *testing.T) {
	for _, period := range []int{0, 1, -1, 106_751, -106_751, math.MaxInt32, -math.MaxInt32} {
		u := unitOf(period)
		if u == 0 || u.period() != period {
			t.Errorf("period %d is unit %d and period %d", period, u, u.period())
		}
	}
	if early, late := unitOf(-3), unitOf(4); early >= late || late.after(early) != 7 || early.after(late) != -7 {
		t.Errorf("from %d to %d are %d periods", early, late, late.after(early))
	}
}

// Records fill cache lines and no more, on every platform.
func TestRecordsFillCacheLines(t *testing.T) {
	const line = 64
	for name, c := range map[string]struct{ got, want uintptr }{
		"life": {unsafe.Sizeof(life{}), 2 * line}, "held": {unsafe.Sizeof(held{}), line}, "unitBlock": {unsafe.Sizeof(unitBlock{}), line},
	} {
		if c.got != c.want {
			t.Errorf("%s takes %d bytes, want %d", name, c.got, c.want)
		}
	}
}

// A customer of every day for a lifetime costs a constant time a unit in the order
// of time and against it: the walk along a chain would show as seconds here.
func TestLongChainsInOrderOfTime(t *testing.T) {
	const days = 200_000
	for name, step := range map[string]int{"ascending": 1, "descending": -1} {
		b, s := newUnitBlocks(), newOwned(13)
		for i := range days {
			b.add(s.units(), unitOf(step*i))
		}
		if n := b.len(s.units()); n != days {
			t.Errorf("%s: %d units, want %d", name, n, days)
		}
		if limit := int32(2 + days/blockUnits); b.used > limit {
			t.Errorf("%s: %d blocks, want at most %d", name, b.used, limit)
		}
		joined := newOwned(13)
		b.add(joined.units(), unitOf(0))
		b.join(joined.units(), &b, s.units())
		if n := b.len(joined.units()); n != days {
			t.Errorf("%s: %d units joined, want %d", name, n, days)
		}
	}
}
