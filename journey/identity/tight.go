package identity

import (
	"slices"

	"github.com/clientele-go/clientele/internal/table"
)

// apart are the pairs of identifiers that Unlink keeps apart.
type apart struct {
	pairs map[pair]struct{}
	of    map[int32][]int32 // by node: the nodes it is kept apart from
	roots map[int32]bool    // roots of the sets that have such nodes
}

// pair is two nodes, the smaller number first.
type pair [2]int32

// tighten looks whether a set keeps its limits now that it has a row more. A set that was
// divided already, and gets a row after all others, is divided further without beginning
// anew; single says that the row joined no other set that had rows.
func (s *Stitcher) tighten(root, r int32, single bool) {
	j := &s.joins
	d, tight := j.tight[root]
	if !tight && s.keepsLimits(root) {
		return
	}
	if d != nil && single && !s.unordered && !s.stale {
		d.place(s, r)
		return
	}
	j.spoil(root)
}

func (s *Stitcher) keepsLimits(root int32) bool {
	limits := s.rules.limits
	for k, held := range s.joins.held[int(root)*len(limits) : (int(root)+1)*len(limits)] {
		if int(held) > limits[k] {
			return false
		}
	}
	return true
}

// spoil notes that a set is to be divided.
func (j *joins) spoil(root int32) {
	if d, known := j.tight[root]; known && d == nil {
		return
	}
	j.tight[root] = nil
	j.dirty = append(j.dirty, root)
}

// uniteTight moves what is known of the set of the former root b to the root a.
func (s *Stitcher) uniteTight(a, b int32) {
	j := &s.joins
	if j.apart.roots[b] {
		delete(j.apart.roots, b)
		if j.apart.roots[a] {
			j.spoil(a)
		}
		j.apart.roots[a] = true
	}
	d, tight := j.tight[b]
	if !tight {
		return
	}
	delete(j.tight, b)
	if _, both := j.tight[a]; both || d == nil {
		j.spoil(a)
		return
	}
	j.tight[a] = d
}

// Settle does the work that queries need and that waits until then: sets of identifiers
// that exceed a limit are divided. Queries do it themselves. After it, until the next
// change, queries only read and may be made by many goroutines at once.
func (s *Stitcher) Settle() {
	if s == nil || s.rules == nil {
		return
	}
	if s.stale {
		s.rebuild()
	}
	j := &s.joins
	if len(j.dirty) == 0 {
		return // without a write, since many may ask at once
	}
	for _, root := range j.dirty {
		if d, tight := j.tight[root]; tight && d == nil {
			j.tight[root] = s.divide(root)
		}
	}
	j.dirty = j.dirty[:0]
}

// rebuild joins all rows anew.
func (s *Stitcher) rebuild() {
	j := &s.joins
	old := j.nodes
	j.nodes, j.held = table.Table[node]{}, j.held[:0]
	for n := range int32(old.Len()) {
		j.grow(s.rules, s.rank(n))
		if up := old.At(n).up; up < 0 {
			j.nodes.At(n).up = up
		}
	}
	clear(j.tight)
	clear(j.apart.roots)
	j.dirty, s.stale = j.dirty[:0], false
	for r := range int32(s.rows.Len()) {
		s.join(r)
	}
	for p := range j.apart.pairs {
		s.markApart(p)
	}
}

// markApart notes two nodes that are kept apart, at their sets.
func (s *Stitcher) markApart(p pair) {
	j := &s.joins
	a, b := j.root(p[0]), j.root(p[1])
	j.apart.roots[a], j.apart.roots[b] = true, true
	if a == b {
		delete(j.tight, a) // a division that knows nothing of it
		j.spoil(a)
	}
}

// inOrder are the rows of a set, the earliest first.
func (s *Stitcher) inOrder(root int32) []int32 {
	rows := s.rowsOf(root)
	slices.SortFunc(rows, s.facts.compare)
	return rows
}
