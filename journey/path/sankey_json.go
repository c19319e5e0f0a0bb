package path

import (
	"encoding/json"
	"io"
)

// WriteSankeyJSON writes the flow in the form that d3-sankey reads, and ECharts likewise:
// nodes with a name, which is the position and the label and occurs once, and links with the
// indices of their nodes and a value. It returns [clientele.ErrRange] for a link that leads to
// no node.
//
//	{"nodes":[{"name":"1 study"},…],"links":[{"source":0,"target":2,"value":57},…]}
func (f *Flow) WriteSankeyJSON(w io.Writer) error {
	const op = "path.Flow.WriteSankeyJSON"
	if err := f.check(op); err != nil {
		return err
	}
	form := sankeyForm{[]sankeyNode{}, []sankeyLink{}}
	if f != nil {
		for _, n := range f.Nodes {
			form.Nodes = append(form.Nodes, sankeyNode{itoa(n.Position) + " " + n.Label})
		}
		for _, l := range f.Links {
			form.Links = append(form.Links, sankeyLink{l.From, l.To, l.People})
		}
	}
	data, err := json.Marshal(form)
	if err != nil {
		return err
	}
	return writeText(op, w, func(p printer) { p.f("%s\n", data) })
}

type sankeyForm struct {
	Nodes []sankeyNode `json:"nodes"`
	Links []sankeyLink `json:"links"`
}

type sankeyNode struct {
	Name string `json:"name"`
}

type sankeyLink struct {
	Source int `json:"source"`
	Target int `json:"target"`
	Value  int `json:"value"`
}
