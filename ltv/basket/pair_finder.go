package basket

import (
	"cmp"
	"slices"
	"sync/atomic"

	"github.com/clientele-go/clientele/internal/parallel"
)

// itemCounts returns in how many baskets each item is, by number.
func itemCounts(sheaves []sheaf, items int) []int {
	counts := make([]int, items)
	for i := range sheaves {
		for _, id := range sheaves[i].runs {
			if id != endOfRun {
				counts[id]++
			}
		}
	}
	return counts
}

// pairFinder finds, by frequent item, the items that follow it in baskets. A pair is
// no more frequent than either item (Agrawal and Srikant, Fast Algorithms for Mining
// Association Rules, VLDB 1994), so that the others can be left out. Frequent items
// are numbered anew in the order of names.
type pairFinder struct {
	items  []int32 // what each was before
	runs   []int32 // as in a sheaf, baskets of two or more frequent items alone
	starts []int   // item i's places are after[starts[i]:starts[i+1]]
	after  []int   // places in runs behind an item that another one follows
}

func newPairFinder(sheaves []sheaf, counts []int, byName []int32, least int) *pairFinder {
	x := new(pairFinder)
	rank := make([]int32, len(counts))
	for _, id := range byName {
		rank[id] = endOfRun
		if counts[id] >= least {
			rank[id] = int32(len(x.items))
			x.items = append(x.items, id)
		}
	}
	for i := range sheaves {
		for run := range sheaves[i].all {
			x.add(run, rank)
		}
	}
	x.invert()
	return x
}

// add keeps the frequent items of a basket, if they make a pair.
func (x *pairFinder) add(run, rank []int32) {
	begin := len(x.runs)
	for _, id := range run {
		if rank[id] != endOfRun {
			x.runs = append(x.runs, rank[id])
		}
	}
	if len(x.runs) < begin+2 {
		x.runs = x.runs[:begin]
		return
	}
	slices.Sort(x.runs[begin:])
	x.runs = append(x.runs, endOfRun)
}

// invert sorts the places by item.
func (x *pairFinder) invert() {
	x.starts = make([]int, len(x.items)+1)
	for i, a := range x.runs {
		if a != endOfRun && x.runs[i+1] != endOfRun {
			x.starts[a+1]++
		}
	}
	for i := range x.items {
		x.starts[i+1] += x.starts[i]
	}
	x.after = make([]int, x.starts[len(x.items)])
	next := slices.Clone(x.starts)
	for i, a := range x.runs {
		if a != endOfRun && x.runs[i+1] != endOfRun {
			x.after[next[a]] = i + 1
			next[a]++
		}
	}
}

// pairCount is how many baskets have both of two frequent items, a before b.
type pairCount struct {
	a, b     int32
	together int
}

// itemsPerBlock is how many items one goroutine counts at a time with one counter.
const itemsPerBlock = 64

// pairs returns the pairs of at least so many baskets, the most frequent first; ok is false
// if there are more than most, of which no more than that are kept in the meantime.
func (x *pairFinder) pairs(least, most, workers int) (all []pairCount, ok bool) {
	blocks := make([][]pairCount, (len(x.items)+itemsPerBlock-1)/itemsPerBlock)
	var found atomic.Int64
	parallel.Each(len(blocks), workers, func(i int) {
		first := i * itemsPerBlock
		blocks[i] = x.count(first, min(first+itemsPerBlock, len(x.items)), least, func(n int) bool {
			return found.Add(int64(n)) <= int64(most)
		})
	})
	if found.Load() > int64(most) {
		return nil, false
	}
	all = slices.Concat(blocks...)
	slices.SortFunc(all, func(p, q pairCount) int {
		return cmp.Or(cmp.Compare(q.together, p.together), cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b))
	})
	return all, true
}

// count returns the pairs of at least so many baskets whose a is from lo up to hi. more is
// told how many each a has, before they are kept, and ends the count by false.
func (x *pairFinder) count(lo, hi, least int, more func(n int) bool) []pairCount {
	together := make([]int32, len(x.items)) // by b, all 0 between two items
	var touched []int32
	var found []pairCount
	for a := lo; a < hi; a++ {
		touched = x.meet(a, together, touched[:0])
		frequent := 0
		for _, b := range touched {
			if int(together[b]) >= least {
				frequent++
			}
		}
		if !more(frequent) {
			return nil
		}
		for _, b := range touched {
			if int(together[b]) >= least {
				found = append(found, pairCount{int32(a), b, int(together[b])})
			}
			together[b] = 0
		}
	}
	return found
}

// meet counts in how many baskets each item is together with a and after it, and appends
// those that are.
func (x *pairFinder) meet(a int, together, touched []int32) []int32 {
	for _, at := range x.after[x.starts[a]:x.starts[a+1]] {
		for ; x.runs[at] != endOfRun; at++ {
			b := x.runs[at]
			if together[b] == 0 {
				touched = append(touched, b)
			}
			together[b]++
		}
	}
	return touched
}
