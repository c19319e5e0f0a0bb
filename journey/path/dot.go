package path

import (
	"io"
	"strings"
)

// WriteDOT writes the graph in the language of Graphviz, from left to right, with counts at
// nodes and edges, and a start and an end of their own. Labels may have any characters.
func (g *Graph) WriteDOT(w io.Writer) error {
	return writeText("path.Graph.WriteDOT", w, func(p printer) {
		p.f("digraph {\n\trankdir=LR\n\tnode [shape=box]\n")
		p.f("\tstart [shape=circle]\n\tend [shape=doublecircle]\n")
		index := make(map[string]int)
		for i, n := range g.nodes() {
			index[n.Label] = i
			p.f("\tn%d [label=%s]\n", i, dotQuoted(n.Label, n.Steps))
		}
		for i, n := range g.nodes() {
			if n.Starts > 0 {
				p.f("\tstart -> n%d [label=%d]\n", i, n.Starts)
			}
		}
		for _, e := range g.edges() {
			p.f("\tn%d -> n%d [label=%d]\n", index[e.From], index[e.To], e.Count)
		}
		for i, n := range g.nodes() {
			if n.Ends > 0 {
				p.f("\tn%d -> end [label=%d]\n", i, n.Ends)
			}
		}
		p.f("}\n")
	})
}

// nodes are those of a graph, which may be nil.
func (g *Graph) nodes() []Node {
	if g == nil {
		return nil
	}
	return g.Nodes
}

// edges are those of a graph, which may be nil.
func (g *Graph) edges() []Edge {
	if g == nil {
		return nil
	}
	return g.Edges
}

// dotQuoted is a quoted text of two lines: a label and a count.
func dotQuoted(label string, count int) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ", "\r", " ", "\x00", " ").Replace(label) + `\n` + itoa(count) + `"`
}
