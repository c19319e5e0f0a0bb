package basket

import (
	"slices"
	"sync/atomic"

	"github.com/clientele-go/clientele/internal/parallel"
)

// itemSet is a set of frequent items, ascending, with noItem behind the last.
type itemSet [mostItems]int32

const noItem = -1

func setOf(items ...int32) itemSet {
	s := itemSet{noItem, noItem, noItem, noItem}
	copy(s[:], items)
	return s
}

// items are the members.
func (s itemSet) items() []int32 {
	if n := slices.Index(s[:], noItem); n >= 0 {
		return s[:n]
	}
	return s[:]
}

// bundleFinder counts sets of items, by the lists of baskets in which each item is.
type bundleFinder struct {
	cfg            BundleConfig
	baskets, least int
	x              *pairFinder

	counts   map[itemSet]int // baskets with all items of a set, of one item and more
	partners [][]int32       // by item: those after it that are frequent with it, ascending
	holders  [][]int32       // by item: the baskets in which it is, ascending

	candidates atomic.Int64
}

func newBundleFinder(c *basketFacts, cfg BundleConfig) *bundleFinder {
	f := &bundleFinder{cfg: cfg, baskets: c.len(), counts: make(map[itemSet]int)}
	f.least = least(f.baskets, cfg.MinSupport, cfg.MinCount)
	byName := c.items.Sorted()
	counts := itemCounts(c.sheaves, len(byName))
	f.x = newPairFinder(c.sheaves, counts, byName, f.least)
	for i, id := range f.x.items {
		f.counts[setOf(int32(i))] = counts[id]
	}
	return f
}

// find returns the frequent sets of three items and more; ok is false if there are more
// candidates than the configuration allows.
func (f *bundleFinder) find() (sets []itemSet, ok bool) {
	pairs, ok := f.x.pairs(f.least, f.cfg.MaxCandidates, f.cfg.Workers)
	if !ok {
		return nil, false
	}
	f.candidates.Store(int64(len(pairs)))
	f.partners, f.holders = make([][]int32, len(f.x.items)), f.x.places()
	for _, p := range pairs {
		f.counts[setOf(p.a, p.b)] = p.together
		f.partners[p.a] = append(f.partners[p.a], p.b)
	}
	for _, after := range f.partners {
		slices.Sort(after)
	}
	found := make([][]countedSet, len(f.x.items))
	parallel.Each(len(found), f.cfg.Workers, func(a int) { found[a] = f.from(int32(a)) })
	if f.candidates.Load() > int64(f.cfg.MaxCandidates) {
		return nil, false
	}
	for _, s := range slices.Concat(found...) {
		f.counts[s.set] = s.together
		sets = append(sets, s.set)
	}
	return sets, true
}

// places returns, by item, the baskets of the finder in which it is.
func (x *pairFinder) places() [][]int32 {
	all := make([][]int32, len(x.items))
	basket := int32(0)
	for _, item := range x.runs {
		if item == endOfRun {
			basket++
		} else {
			all[item] = append(all[item], basket)
		}
	}
	return all
}

// countedSet is a set that is frequent.
type countedSet struct {
	set      itemSet
	together int
}

// extension is a third item of a set, with the baskets that have all three.
type extension struct {
	item    int32
	baskets []int32
}

// from finds the frequent sets of three items and more that begin with a. It only reads
// what other calls read.
func (f *bundleFinder) from(a int32) (found []countedSet) {
	after := f.partners[a]
	for i, b := range after {
		var both []int32
		var thirds []extension
		for _, c := range after[i+1:] {
			if !f.isPair(b, c) {
				continue
			}
			if f.candidates.Add(1) > int64(f.cfg.MaxCandidates) {
				return nil
			}
			if both == nil {
				both = intersection(f.holders[a], f.holders[b])
			}
			if all := intersection(both, f.holders[c]); len(all) >= f.least {
				found = append(found, countedSet{setOf(a, b, c), len(all)})
				thirds = append(thirds, extension{c, all})
			}
		}
		if f.cfg.MaxItems == mostItems {
			found = append(found, f.fours(a, b, thirds)...)
		}
	}
	return found
}

// fours finds the frequent sets of four items that begin with a and b.
func (f *bundleFinder) fours(a, b int32, thirds []extension) (found []countedSet) {
	for i, c := range thirds {
		for _, d := range thirds[i+1:] {
			if !f.isPair(c.item, d.item) {
				continue
			}
			if f.candidates.Add(1) > int64(f.cfg.MaxCandidates) {
				return nil
			}
			if all := intersection(c.baskets, d.baskets); len(all) >= f.least {
				found = append(found, countedSet{setOf(a, b, c.item, d.item), len(all)})
			}
		}
	}
	return found
}

// isPair reports whether two items are a frequent pair.
func (f *bundleFinder) isPair(a, b int32) bool {
	_, found := slices.BinarySearch(f.partners[a], b)
	return found
}

// intersection is what two ascending lists share.
func intersection(a, b []int32) []int32 {
	shared := make([]int32, 0, min(len(a), len(b)))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0] < b[0]:
			a = a[1:]
		case a[0] > b[0]:
			b = b[1:]
		default:
			shared = append(shared, a[0])
			a, b = a[1:], b[1:]
		}
	}
	return shared
}
