package identity

import (
	"math"
	"slices"

	"github.com/clientele-go/clientele/internal/rule"
	"github.com/google/uuid"
)

// division are the profiles of a set of identifiers that touches join, but limits or
// Unlinks keep apart. Its rows are placed one after another, the earliest first. While
// the profiles that a row touches would together break a rule, its least trusted
// identifier is set aside, or handed over if its kind allows that; then the others join.
// So the earlier touch has the first claim.
//
// Its members are identifiers, each with a number of its own. An identifier that was
// handed over is a new member for each owner.
type division struct {
	of      map[int32]int32  // by node: its first member
	owners  map[int32][]span // by node that was handed over: its members in order
	node    []int32          // by member
	up      []int32          // by member: union-find
	first   []int32          // at roots: the earliest row, or none
	touches []int32          // at roots: how many
	held    []int32          // by member and limited kind, at roots: values
	apart   map[int32][]int32

	rows  []int32 // in order
	ends  []int32 // of each row's members
	items []int32 // the members that each row joined, the most trusted first

	conflicts []conflict
}

// span says whose an identifier is from a row on: all rows before the first belong to the
// first member.
type span struct{ row, member int32 }

// conflict is an identifier that did not join in a row.
type conflict struct {
	row, node int32
	limit     int32 // rank of the kind whose limit was in the way, or none for an Unlink
	handed    bool  // the row's person became its owner
}

// divide divides the set of a root.
func (s *Stitcher) divide(root int32) *division {
	d := &division{of: make(map[int32]int32), owners: make(map[int32][]span), apart: make(map[int32][]int32)}
	for _, r := range s.inOrder(root) {
		d.place(s, r)
	}
	return d
}

// place joins the identifiers of a row that is after all others.
func (d *division) place(s *Stitcher, r int32) {
	from := len(d.items)
	for _, n := range s.nodes(r) {
		d.items = append(d.items, d.current(s, n))
	}
	d.items = d.items[:from+len(d.settle(s, r, d.items[from:]))]
	items := d.items[from:]
	for _, m := range items[1:] {
		d.unite(s, items[0], m)
	}
	root := d.root(items[0])
	if d.first[root] == none {
		d.first[root] = r
	}
	d.touches[root]++
	d.rows, d.ends = append(d.rows, r), append(d.ends, int32(len(d.items)))
}

// settle takes out of the members of a row those that may not join, and hands over. At
// first it spares those that may be handed over and get along with the most trusted one.
func (d *division) settle(s *Stitcher, r int32, items []int32) []int32 {
	for _, strict := range [...]bool{false, true} {
		for i := len(items) - 1; i > 0; i-- {
			limit, broken := d.breaks(s, items...)
			if !broken {
				return items
			}
			n := d.node[items[i]]
			hands := s.rules.Kinds[s.rank(n)].HandOver
			if hands && (strict && d.isOwner(n, r) || !strict && d.agree(s, items[0], items[i])) {
				continue
			}
			c := conflict{row: r, node: n, limit: limit}
			rest := slices.Delete(slices.Clone(items), i, i+1)
			if hands && !d.barred(s, n, rest) {
				c.handed, items[i] = true, d.handOver(s, n, r)
			} else {
				items = append(items[:0], rest...)
			}
			d.conflicts = append(d.conflicts, c)
		}
	}
	return items
}

// agree reports whether two members may be in one profile.
func (d *division) agree(s *Stitcher, a, b int32) bool {
	_, broken := d.breaks(s, a, b)
	return !broken
}

// isOwner reports whether a node was handed over in a row.
func (d *division) isOwner(n, r int32) bool {
	owners := d.owners[n]
	return len(owners) > 0 && owners[len(owners)-1].row == r
}

// current is the member that a node is now.
func (d *division) current(s *Stitcher, n int32) int32 {
	if owners := d.owners[n]; len(owners) > 0 {
		return owners[len(owners)-1].member
	}
	m, known := d.of[n]
	if !known {
		m = d.add(s, n)
		d.of[n] = m
	}
	return m
}

// add makes a member of a node.
func (d *division) add(s *Stitcher, n int32) int32 {
	m := int32(len(d.node))
	d.node, d.up = append(d.node, n), append(d.up, m)
	d.first, d.touches = append(d.first, none), append(d.touches, 0)
	for k := range s.rules.limits {
		one := int32(0)
		if s.rules.limited[s.rank(n)] == int32(k) {
			one = 1
		}
		d.held = append(d.held, one)
	}
	if len(s.joins.apart.of[n]) > 0 {
		d.apart[m] = []int32{n}
	}
	return m
}

// handOver makes a node another member from a row on.
func (d *division) handOver(s *Stitcher, n, r int32) int32 {
	if len(d.owners[n]) == 0 {
		d.owners[n] = []span{{none, d.of[n]}}
	}
	m := d.add(s, n)
	d.owners[n] = append(d.owners[n], span{r, m})
	return m
}

// root is the root of a member. It only reads.
func (d *division) root(m int32) int32 {
	for d.up[m] != m {
		m = d.up[m]
	}
	return m
}

// unite joins the profiles of two members.
func (d *division) unite(s *Stitcher, a, b int32) {
	a, b = d.root(a), d.root(b)
	if a == b {
		return
	}
	if d.touches[a] < d.touches[b] {
		a, b = b, a
	}
	d.up[b] = a
	if d.first[a] == none || d.first[b] != none && s.before(d.first[b], d.first[a]) {
		d.first[a] = d.first[b]
	}
	d.touches[a] += d.touches[b]
	limits := len(s.rules.limits)
	for k := range limits {
		d.held[int(a)*limits+k] += d.held[int(b)*limits+k]
	}
	if own := d.apart[b]; len(own) > 0 {
		d.apart[a] = append(d.apart[a], own...)
		delete(d.apart, b)
	}
}

// roots are the different roots of members.
func (d *division) roots(members []int32) []int32 {
	var all []int32
	for _, m := range members {
		if root := d.root(m); !slices.Contains(all, root) {
			all = append(all, root)
		}
	}
	return all
}

// breaks reports whether the profiles of members would together break a rule: the limit
// of a kind, or none for an Unlink.
func (d *division) breaks(s *Stitcher, members ...int32) (limit int32, broken bool) {
	roots := d.roots(members)
	if len(roots) < 2 {
		return none, false
	}
	for rank, k := range s.rules.limited {
		if k == none {
			continue
		}
		held := 0
		for _, root := range roots {
			held += int(d.held[int(root)*len(s.rules.limits)+int(k)])
		}
		if held > s.rules.limits[k] {
			return int32(rank), true
		}
	}
	for _, root := range roots {
		for _, n := range d.apart[root] {
			if d.barred(s, n, members) {
				return none, true
			}
		}
	}
	return none, false
}

// barred reports whether a node is kept apart from one in the profiles of members.
func (d *division) barred(s *Stitcher, n int32, members []int32) bool {
	from := s.joins.apart.of[n]
	if len(from) == 0 {
		return false
	}
	for _, root := range d.roots(members) {
		for _, other := range d.apart[root] {
			if slices.Contains(from, other) {
				return true
			}
		}
	}
	return false
}

// member is what a node is at a moment; ok is false for a node that is in no row.
func (d *division) member(s *Stitcher, n int32, at moment) (m int32, ok bool) {
	owners := d.owners[n]
	if len(owners) == 0 {
		m, ok = d.of[n]
		return m, ok
	}
	i, _ := slices.BinarySearchFunc(owners, at, func(o span, at moment) int {
		if o.row == none || s.moment(o.row).compare(at) <= 0 {
			return -1
		}
		return +1
	})
	return owners[i-1].member, true
}

// latest is the moment after all others.
func latest() moment { return moment{rule.LastNanos(), math.MaxInt64, uuid.Max} }
