package main

import (
	"cmp"
	"fmt"
	"slices"
)

// flow is the picture of the moves: segments then on the left, now on the right,
// and a ribbon for all who went from one to the other. Lengths are pixels; the
// ribbons are as wide as the page makes them, from 0 to flowWidth.
type flow struct {
	Height      int
	Left, Right []node
	Ribbons     []ribbon
}

// node is a segment at one end of the picture.
type node struct {
	Name      string
	Customers int
	Y, H      float64

	next float64 // where its next ribbon begins
}

// ribbon is the customers who went one way.
type ribbon struct {
	Kind  string // same, rise, fall or new
	Title string
	Path  string // SVG path data
}

const (
	flowWidth = 100
	flowScale = 360 // height of all customers together
	minPitch  = 56  // from node to node, so that three lines of text fit
	minHeight = 3   // of a node and of a ribbon, so that they are seen
)

// newFlow draws the matrix of moves.
func newFlow(m *moves) flow {
	last := len(m.Segments) - 1 // customers outside the base
	then, now := make([]int, last+1), make([]int, last+1)
	for i, row := range m.Matrix {
		for j, n := range row {
			then[i] += n
			now[j] += n
		}
	}
	all := 0
	for _, n := range now[:last] {
		all += n
	}
	scale := flowScale / float64(max(all, 1))
	f := flow{Left: stack(m.Segments, then, scale, "new"), Right: stack(m.Segments, now, scale, "gone")}
	for _, nodes := range [][]node{f.Left, f.Right} {
		end := nodes[len(nodes)-1]
		f.Height = max(f.Height, int(end.Y+max(end.H, minPitch))+1)
	}
	f.Ribbons = f.ribbons(m, scale)
	return f
}

// stack sets nodes below each other. Customers outside the base are the last, with
// a name of their own, and left out where there are none.
func stack(segments []string, customers []int, scale float64, outside string) []node {
	var nodes []node
	y := 0.0
	for i, name := range segments {
		if name == "" && customers[i] == 0 {
			continue
		}
		h := max(scale*float64(customers[i]), minHeight)
		nodes = append(nodes, node{Name: cmp.Or(name, outside), Customers: customers[i], Y: y, H: h, next: y})
		y += max(h+12, minPitch)
	}
	return nodes
}

// ribbons joins the nodes. Those who stayed lie below the others.
func (f *flow) ribbons(m *moves, scale float64) []ribbon {
	var all []ribbon
	for i, row := range m.Matrix {
		for j, n := range row {
			if n == 0 {
				continue
			}
			from, to := &f.Left[i], &f.Right[j]
			h := float64(scale * float64(n)) // the conversion keeps processors from rounding h and a sum at once
			all = append(all, ribbon{
				Kind:  kind(i, j, len(row)-1),
				Title: fmt.Sprintf("%s → %s: %s", from.Name, to.Name, plural(n, "customer")),
				Path:  band(from.next, to.next, max(h, 1)),
			})
			from.next += h
			to.next += h
		}
	}
	slices.SortStableFunc(all, func(a, b ribbon) int { return cmp.Compare(rank(a), rank(b)) })
	return all
}

// kind tells whether a move goes up the list of segments, as maps name the best
// first.
func kind(from, to, outside int) string {
	switch {
	case from == outside:
		return "new"
	case from == to:
		return "same"
	case from > to:
		return "rise"
	}
	return "fall"
}

// rank is the order in which ribbons are drawn.
func rank(r ribbon) int { return slices.Index([]string{"same", "new", "fall", "rise"}, r.Kind) }

// band is the path of a ribbon of height h between two heights.
func band(left, right, h float64) string {
	const mid = flowWidth / 2
	return fmt.Sprintf("M0 %.1fC%d %.1f %d %.1f %d %.1fV%.1fC%d %.1f %d %.1f 0 %.1fZ",
		left, mid, left, mid, right, flowWidth, right,
		right+h, mid, right+h, mid, left+h, left+h)
}
