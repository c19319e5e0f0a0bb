package path

import (
	"cmp"
	"slices"
	"time"
)

// pair is an entry of a table with its key.
type pair struct {
	edgeKey
	*edgeStat
}

// sorted are the pairs that occur, by the number of the first label, then of the second.
func (t *edgeTable) sorted() (pairs []pair) {
	for k, e := range t.all() {
		pairs = append(pairs, pair{k, e})
	}
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	return pairs
}

// edge tells what is known of a pair.
func (t *edgeTable) edge(p pair, names []string) Edge {
	edge := Edge{From: names[p.from], To: names[p.to], Count: p.count, Overlaps: p.overlaps}
	if t.keepsWaits {
		edge.Wait, edge.HasMedian = durationOf(t.waits[p.edgeKey]), true
	} else {
		edge.Wait = Times{Min: time.Duration(p.least), Mean: time.Duration(p.waited.mean(p.count)), Max: time.Duration(p.most)}
	}
	if p.overlaps > 0 {
		edge.Overlap = time.Duration(p.overlapped.mean(p.overlaps))
	}
	return edge
}
