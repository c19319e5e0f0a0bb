package path

import (
	"cmp"
	"fmt"
	"io"
	"slices"
)

// Sizes of the picture of a graph, in pixels.
const (
	graphRow   = 46  // from one node to the next
	graphBox   = 200 // width of a node
	graphHigh  = 30  // height of a node
	graphReach = 26  // how far an arc reaches out for each row that it passes
	graphLine  = 6   // width of the thickest line, above 1
)

// WriteSVG writes the graph as an arc diagram: nodes one below the other by their mean
// position in the ways, arcs down on the right and arcs back up on the left, thicker for
// more steps, with counts. Starts and ends stand beside the nodes. It is read without
// colour.
func (g *Graph) WriteSVG(w io.Writer) error {
	return writeText("path.Graph.WriteSVG", w, func(p printer) {
		d := newGraphDrawing(g)
		svgBegin(p, d.width, d.height, fmt.Sprintf("What follows what: %d steps of %d people", d.steps, d.people))
		p.f(`<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8Z" fill="#555"/></marker></defs>` + "\n")
		for _, e := range g.edges() {
			d.arc(p, e)
		}
		for i, n := range d.nodes {
			d.box(p, i, n)
		}
		p.f("</svg>\n")
	})
}

// graphDrawing is where everything is drawn.
type graphDrawing struct {
	nodes         []Node
	row           map[string]int
	people, steps int
	most          int // largest count of an edge
	left          int // where nodes begin
	width, height int
}

func newGraphDrawing(g *Graph) *graphDrawing {
	d := &graphDrawing{row: make(map[string]int), most: 1}
	if g != nil {
		d.people, d.steps = g.People, g.Steps
	}
	d.nodes = slices.Clone(g.nodes())
	slices.SortStableFunc(d.nodes, func(a, b Node) int { return cmp.Compare(a.Position, b.Position) })
	for i, n := range d.nodes {
		d.row[n.Label] = i
	}
	reach := 0
	for _, e := range g.edges() {
		d.most = max(d.most, e.Count)
		reach = max(reach, d.reach(e))
	}
	d.left = reach + 60
	d.width = 2*d.left + graphBox
	d.height = graphRow*len(d.nodes) + 2*flowMargin
	return d
}

// reach is how far the arc of an edge reaches beyond the nodes.
func (d *graphDrawing) reach(e Edge) int {
	rows := d.row[e.To] - d.row[e.From]
	return 20 + graphReach*max(rows, -rows)
}

// middle is the height at which a row's node has its middle.
func middle(row int) int { return flowMargin + graphRow*row + graphRow/2 }

// arc draws an edge: down on the right, back up on the left, to itself on the right.
func (d *graphDrawing) arc(p printer, e Edge) {
	from, to := d.row[e.From], d.row[e.To]
	x, out, anchor := d.left+graphBox, d.reach(e), "start"
	y0, y1 := middle(from)+5, middle(to)-5
	if to < from {
		x, out, anchor = d.left, -out, "end"
		y0, y1 = middle(from)-5, middle(to)+5
	}
	if to == from {
		y0, y1 = middle(from)-8, middle(from)+8
	}
	bent := x + out*4/3 // where the curve is pulled to; it comes three quarters of the way
	p.f(`<g><title>%s → %s: %d</title>`, svgText(e.From), svgText(e.To), e.Count)
	p.f(`<path class="e" marker-end="url(#a)" stroke-width="%.1f" d="M%d %dC%d %d %d %d %d %d"/>`,
		1+graphLine*float64(e.Count)/float64(d.most), x, y0, bent, y0, bent, y1, x, y1)
	p.f(`<text class="c" text-anchor="%s" x="%d" y="%d">%d</text></g>`+"\n", anchor, x+out+4*out/max(out, -out), (y0+y1)/2+4, e.Count)
}

// box draws a node with its count, and how many ways begin and end there.
func (d *graphDrawing) box(p printer, row int, n Node) {
	y := middle(row)
	p.f(`<g><title>%s: %d steps, %d people, %d starts, %d ends</title>`, svgText(n.Label), n.Steps, n.People, n.Starts, n.Ends)
	p.f(`<rect class="n" x="%d" y="%d" width="%d" height="%d" rx="3"/>`, d.left, y-graphHigh/2, graphBox, graphHigh)
	p.f(`<text text-anchor="middle" x="%d" y="%d">%s</text>`, d.left+graphBox/2, y-1, svgText(shortened(n.Label)))
	p.f(`<text class="c" text-anchor="middle" x="%d" y="%d">%d · %d in · %d out</text></g>`+"\n", d.left+graphBox/2, y+12, n.Steps, n.Starts, n.Ends)
}
