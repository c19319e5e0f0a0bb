package identity

import (
	"slices"
	"time"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/journey"
	"github.com/google/uuid"
)

// Explanation says why two identifiers are one person's, or why not.
type Explanation struct {
	Together bool `json:"together"` // whether they belong to one profile, or did at some time where one was handed over

	// Links lead from the one to the other over the fewest touches. Where the two are not
	// together, it is the way that they would be joined without limits and Unlinks; none if
	// no touches join them at all.
	Links []Link `json:"links,omitempty"`

	// Conflicts are, where the two are not together, what kept the touches of Links from
	// joining all their identifiers, in the order of the touches.
	Conflicts []Conflict `json:"conflicts,omitempty"`
}

// Link is the evidence that two identifiers are one person's: a touch that has both.
type Link struct {
	From  journey.Identifier `json:"from"`           // one identifier of the touch
	To    journey.Identifier `json:"to"`             // another one of the touch, the From of the next link
	Touch uuid.UUID          `json:"touch,omitzero"` // ID of the touch, zero if it has none
	At    time.Time          `json:"at"`             // when the touch was, in UTC
}

// Explain says why two identifiers are one person's, or why not, with the touches that
// tell. It takes time in proportion to the identifiers that touches join with the first,
// limits aside. It returns an InputError of [clientele.ErrUnknown] for an identifier that
// no touch had, or that may not join.
func (s *Stitcher) Explain(a, b journey.Identifier) (Explanation, error) {
	const op = "identity.Stitcher.Explain"
	if !s.ready() {
		return Explanation{}, fault.Unconfigured(op)
	}
	from, err := s.known(op, "a", a)
	if err != nil {
		return Explanation{}, err
	}
	to, err := s.known(op, "b", b)
	if err != nil {
		return Explanation{}, err
	}
	from, to = present(from), present(to)
	if links, _, found := s.way(s.held, from, to); found {
		return Explanation{Together: true, Links: links}, nil
	}
	links, rows, _ := s.way(s.told, from, to)
	return Explanation{Links: links, Conflicts: s.conflictsIn(rows)}, nil
}

// present are the nodes that there are.
func present(nodes []int32) []int32 {
	return slices.DeleteFunc(nodes, func(n int32) bool { return n == none })
}

// step is an identifier of a set as a point of a way: a member where the set is divided.
type step struct{ point, node int32 }

// told are the rows of a set, and the identifiers of each whether they joined or not.
func (s *Stitcher) told(root int32) (rows []int32, steps [][]step) {
	rows = s.inOrder(root)
	for _, r := range rows {
		var own []step
		for _, n := range s.nodes(r) {
			own = append(own, step{n, n})
		}
		steps = append(steps, own)
	}
	return rows, steps
}

// held are the rows of a set, and the identifiers that joined in each.
func (s *Stitcher) held(root int32) (rows []int32, steps [][]step) {
	d := s.joins.tight[root]
	if d == nil {
		return s.told(root)
	}
	for i := range d.rows {
		var own []step
		for _, m := range d.itemsOf(i) {
			own = append(own, step{m, d.node[m]})
		}
		steps = append(steps, own)
	}
	return d.rows, steps
}

// way is a way over the fewest touches from one of some nodes to one of others.
func (s *Stitcher) way(of func(root int32) ([]int32, [][]step), from, to []int32) (links []Link, rows []int32, found bool) {
	for _, n := range from {
		if slices.Contains(to, n) {
			return nil, nil, true
		}
		w := walk{reached: make(map[int32]hop), in: make(map[int32][]int)}
		w.rows, w.steps = of(s.joins.root(n))
		if last, ok := w.search(n, to); ok {
			links, rows = s.links(&w, last)
			return links, rows, true
		}
	}
	return nil, nil, false
}

// walk is a search for the shortest way, by breadth.
type walk struct {
	rows    []int32
	steps   [][]step
	in      map[int32][]int // by point: positions of the rows that have it
	reached map[int32]hop   // by point
}

// hop is how a point was reached first: from another, in a row; row = -1 at the beginning.
type hop struct {
	node, from int32
	row        int
}

// search walks from a node until it reaches one of others, and returns that point.
func (w *walk) search(from int32, to []int32) (last int32, found bool) {
	var queue []int32
	for i, own := range w.steps {
		for _, p := range own {
			w.in[p.point] = append(w.in[p.point], i)
			if _, known := w.reached[p.point]; p.node == from && !known {
				w.reached[p.point] = hop{from, none, -1}
				queue = append(queue, p.point)
			}
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		if slices.Contains(to, w.reached[at].node) {
			return at, true
		}
		for _, row := range w.in[at] {
			for _, p := range w.steps[row] {
				if _, known := w.reached[p.point]; !known {
					w.reached[p.point] = hop{p.node, at, row}
					queue = append(queue, p.point)
				}
			}
			w.steps[row] = nil // all it leads to is reached
		}
	}
	return none, false
}

// links are the way to a point, and its rows.
func (s *Stitcher) links(w *walk, last int32) (links []Link, rows []int32) {
	for h := w.reached[last]; h.row >= 0; h = w.reached[h.from] {
		r := w.rows[h.row]
		links = append(links, Link{s.identifier(w.reached[h.from].node), s.identifier(h.node), s.touchID(r), s.time(r)})
		rows = append(rows, r)
	}
	slices.Reverse(links)
	return links, rows
}

// conflictsIn are the conflicts in some rows of one set.
func (s *Stitcher) conflictsIn(rows []int32) (all []Conflict) {
	if len(rows) == 0 {
		return nil
	}
	d := s.joins.tight[s.joins.root(s.nodes(rows[0])[0])]
	if d == nil {
		return nil
	}
	for _, c := range d.conflicts {
		if slices.Contains(rows, c.row) {
			all = append(all, s.conflict(c))
		}
	}
	return all
}
