package path

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// WriteMermaid writes the graph as a flowchart of Mermaid, from left to right, with counts
// at nodes and edges. Labels may have any characters: all but letters, digits, spaces and a
// few signs are written as character codes, which Mermaid shows as the character.
func (g *Graph) WriteMermaid(w io.Writer) error {
	return writeText("path.Graph.WriteMermaid", w, func(p printer) {
		p.f("flowchart LR\n\tstart((start))\n\tfinish(((end)))\n")
		index := make(map[string]int)
		for i, n := range g.nodes() {
			index[n.Label] = i
			p.f("\tn%d[\"%s<br>%d\"]\n", i, mermaidCoded(n.Label), n.Steps)
		}
		for i, n := range g.nodes() {
			if n.Starts > 0 {
				p.f("\tstart -->|%d| n%d\n", n.Starts, i)
			}
		}
		for _, e := range g.edges() {
			p.f("\tn%d -->|%d| n%d\n", index[e.From], e.Count, index[e.To])
		}
		for i, n := range g.nodes() {
			if n.Ends > 0 {
				p.f("\tn%d -->|%d| finish\n", i, n.Ends)
			}
		}
	})
}

// mermaidCoded writes characters that could be read as syntax, and those beyond ASCII, as
// character codes.
func mermaidCoded(label string) string {
	var b strings.Builder
	for _, r := range label {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', strings.ContainsRune(" -_.,:/()+", r):
			b.WriteRune(r)
		case r < ' ':
			b.WriteByte(' ')
		default:
			fmt.Fprintf(&b, "#%d;", r)
		}
	}
	return b.String()
}

// WriteMermaid writes the flow as a Sankey diagram of Mermaid. Its parser reads no
// characters beyond ASCII (Mermaid issue 6155), so labels are written in Latin letters: Cyrillic
// and accented letters by their usual equivalents, any other character by its number, as in
// u4e2d. Labels that become the same that way are numbered. A node is named after its
// position and label, as in "1 study". It returns [clientele.ErrRange] for a link that leads to
// no node.
func (f *Flow) WriteMermaid(w io.Writer) error {
	const op = "path.Flow.WriteMermaid"
	if err := f.check(op); err != nil {
		return err
	}
	return writeText(op, w, func(p printer) {
		p.f("sankey-beta\n\n")
		if f == nil {
			return
		}
		names := f.asciiNames()
		for _, l := range f.Links {
			p.f("%s,%s,%d\n", csvQuoted(names[l.From]), csvQuoted(names[l.To]), l.People)
		}
	})
}

// asciiNames are names of the nodes in ASCII, each once.
func (f *Flow) asciiNames() []string {
	names, used := make([]string, len(f.Nodes)), make(map[string]int)
	for i, n := range f.Nodes {
		name := fmt.Sprintf("%d %s", n.Position, latin(n.Label))
		used[name]++
		if times := used[name]; times > 1 {
			name = fmt.Sprintf("%s #%d", name, times)
		}
		names[i] = name
	}
	return names
}

func csvQuoted(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
