package path

import (
	"fmt"
	"io"
)

// Sizes of the picture of a flow, in pixels.
const (
	flowColumn = 190 // from one column of nodes to the next
	flowBar    = 14  // width of a node
	flowHeight = 360 // height of all people
	flowGap    = 8   // between nodes
	flowMargin = 24
)

// WriteSVG writes the flow as a Sankey diagram: bars as high as there are people, bands
// between them, labels with counts. Those who left have dashed bars. It is read without
// colour. It returns [clientele.ErrRange] for a link that leads to no node.
func (f *Flow) WriteSVG(w io.Writer) error {
	const op = "path.Flow.WriteSVG"
	if err := f.check(op); err != nil {
		return err
	}
	return writeText(op, w, func(p printer) {
		d := newFlowDrawing(f)
		svgBegin(p, d.width, d.height, fmt.Sprintf("The ways of %d people, step by step", d.people))
		for i, l := range d.links {
			d.band(p, i, l)
		}
		for i, n := range d.nodes {
			d.bar(p, i, n)
		}
		p.f("</svg>\n")
	})
}

// flowDrawing is where everything is drawn.
type flowDrawing struct {
	people        int
	nodes         []FlowNode
	links         []FlowLink
	width, height int
	top           []float64 // upper ends of nodes
	from, to      []float64 // upper ends of links at their nodes
	scale         float64   // pixels a person
}

func newFlowDrawing(f *Flow) *flowDrawing {
	d := &flowDrawing{width: 2 * flowMargin, height: 2 * flowMargin}
	if f == nil || f.People == 0 {
		return d
	}
	d.people, d.nodes, d.links = f.People, f.Nodes, f.Links
	d.scale = flowHeight / float64(f.People)
	position, y, lowest := 0, 0.0, 0.0
	for _, n := range d.nodes {
		if n.Position != position {
			position, y = n.Position, flowMargin
		}
		d.top = append(d.top, y)
		y += max(d.scale*float64(n.People), svgFont) + flowGap
		lowest = max(lowest, y)
	}
	d.width += position*flowColumn + flowBar
	d.height = int(lowest) + flowMargin
	d.placeLinks()
	return d
}

// placeLinks stacks links at the nodes where they begin and end, in their order.
func (d *flowDrawing) placeLinks() {
	out, in := append([]float64(nil), d.top...), append([]float64(nil), d.top...)
	for _, l := range d.links {
		high := d.scale * float64(l.People)
		d.from, d.to = append(d.from, out[l.From]), append(d.to, in[l.To])
		out[l.From] += high
		in[l.To] += high
	}
}

// left is where a node begins.
func (d *flowDrawing) left(n FlowNode) int { return flowMargin + (n.Position-1)*flowColumn }

// band draws a link.
func (d *flowDrawing) band(p printer, i int, l FlowLink) {
	from, to := d.nodes[l.From], d.nodes[l.To]
	x0, x1, high := d.left(from)+flowBar, d.left(to), d.scale*float64(l.People)
	mid := (x0 + x1) / 2
	p.f(`<path class="l" d="M%d %.1fC%d %.1f %d %.1f %d %.1f`, x0, d.from[i], mid, d.from[i], mid, d.to[i], x1, d.to[i])
	p.f(`V%.1fC%d %.1f %d %.1f %d %.1fZ">`, d.to[i]+high, mid, d.to[i]+high, mid, d.from[i]+high, x0, d.from[i]+high)
	p.f("<title>%s → %s: %d</title></path>\n", svgText(from.Label), svgText(to.Label), l.People)
}

// bar draws a node and its label.
func (d *flowDrawing) bar(p printer, i int, n FlowNode) {
	class := "n"
	if n.Label == Left {
		class = "x"
	}
	x, high := d.left(n), d.scale*float64(n.People)
	p.f(`<g><title>%s: %d</title>`, svgText(n.Label), n.People)
	p.f(`<rect class="%s" x="%d" y="%.1f" width="%d" height="%.1f"/>`, class, x, d.top[i], flowBar, max(high, 1))
	p.f(`<text x="%d" y="%.1f">%s <tspan class="c">%d</tspan></text></g>`+"\n", x+flowBar+4, d.top[i]+max(high, svgFont)/2+4, svgText(shortened(n.Label)), n.People)
}
