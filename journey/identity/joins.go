package identity

import "github.com/clientele-go/clientele/internal/table"

// joins are the sets of identifiers that touches join, limits and Unlinks aside: a
// union-find over the nodes. A set that keeps all limits is a profile; one that does not
// is divided, see division. So the order of touches matters in few sets only.
type joins struct {
	nodes table.Table[node]
	held  []int32 // by node and limited kind: at a root, how many values its set has

	tight map[int32]*division // the sets that are to be divided, by root; nil = not yet
	dirty []int32             // roots of tight that were not divided when they were noted; some may be roots no longer

	apart apart
}

// node is an identifier in its set. All but up are of use at roots alone.
type node struct {
	up    int32 // towards the root, itself at the root; -1-Refusal for one that may not join
	size  int32 // identifiers in the set
	first int32 // the earliest row, or none
	head  int32 // the first of the list of rows, or none
	tail  int32 // the last of the list
}

// grow adds a node, of a kind.
func (j *joins) grow(c *compiled, rank int) {
	n := int32(j.nodes.Len())
	j.nodes.Grow(int(n) + 1)
	*j.nodes.At(n) = node{up: n, size: 1, first: none, head: none, tail: none}
	for k := range c.limits {
		one := int32(0)
		if c.limited[rank] == int32(k) {
			one = 1
		}
		j.held = append(j.held, one)
	}
}

// root is the root of a node that may join. It only reads.
func (j *joins) root(n int32) int32 {
	for {
		up := j.nodes.At(n).up
		if up == n {
			return n
		}
		n = up
	}
}

// shorten is root, and halves the way for those who come after.
func (j *joins) shorten(n int32) int32 {
	for {
		x := j.nodes.At(n)
		if x.up == n {
			return n
		}
		x.up = j.nodes.At(x.up).up
		n = x.up
	}
}

// join puts the identifiers of a row, which is new, into one set.
func (s *Stitcher) join(r int32) {
	root, before := none, 0 // before = sets that had rows
	for _, n := range s.nodes(r) {
		next := s.joins.shorten(n)
		if next == root {
			continue
		}
		if s.joins.nodes.At(next).first != none {
			before++
		}
		if root == none {
			root = next
		} else {
			root = s.unite(root, next)
		}
	}
	s.attach(root, r)
	s.tighten(root, r, before == 1)
}

// unite joins two sets and returns the root of both.
func (s *Stitcher) unite(a, b int32) int32 {
	j := &s.joins
	x, y := j.nodes.At(a), j.nodes.At(b)
	if x.size < y.size {
		a, b, x, y = b, a, y, x
	}
	y.up = a
	x.size += y.size
	switch {
	case x.first == none:
		x.first, x.head, x.tail = y.first, y.head, y.tail
	case y.first != none:
		if s.before(y.first, x.first) {
			x.first = y.first
		}
		s.rows.At(y.tail).next, x.head = x.head, y.head
	}
	limits := len(s.rules.limits)
	for k := range limits {
		j.held[int(a)*limits+k] += j.held[int(b)*limits+k]
	}
	s.uniteTight(a, b)
	return a
}

// attach puts a row among those of a set.
func (s *Stitcher) attach(root, r int32) {
	x := s.joins.nodes.At(root)
	s.rows.At(r).next, x.head = x.head, r
	if x.first == none {
		x.first, x.tail = r, r
	} else if s.before(r, x.first) {
		x.first = r
	}
}

// rowsOf are the rows of a set, in no order.
func (s *Stitcher) rowsOf(root int32) (rows []int32) {
	for r := s.joins.nodes.At(root).head; r != none; r = s.rows.At(r).next {
		rows = append(rows, r)
	}
	return rows
}
