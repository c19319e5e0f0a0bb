package path

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Flow is the ways as a Sankey diagram: columns of nodes, one column a position, and links
// from each column to the next. Every node but those of the first column is the sum of its
// links in; every node but those of the last column is the sum of its links out, those who
// left included.
type Flow struct {
	People int        `json:"people"` // all people
	Nodes  []FlowNode `json:"nodes"`  // by position, then as in Matrix, then Left
	Links  []FlowLink `json:"links"`  // by From, then To
}

// check refuses links that lead to no node, as of a flow that a host has made.
func (f *Flow) check(op string) error {
	if f == nil {
		return nil
	}
	for i, l := range f.Links {
		if l.From < 0 || l.From >= len(f.Nodes) {
			return fault.Of(op, fmt.Sprintf("Links[%d].From", i), l.From, errNoNode)
		}
		if l.To < 0 || l.To >= len(f.Nodes) {
			return fault.Of(op, fmt.Sprintf("Links[%d].To", i), l.To, errNoNode)
		}
	}
	return nil
}

var errNoNode = rule.Want(rule.Range, "the index of a node of the flow")

// Left is the label of the node of those whose way has ended.
const Left = "(left)"

// FlowNode is a label at a position.
type FlowNode struct {
	Position int    `json:"position"` // 1 for people's first step
	Label    string `json:"label"`    // the label, Other or Left
	People   int    `json:"people"`   // people who are there; of Left, those who left after the step before
}

// FlowLink is how many people go from a node to one of the next column.
type FlowLink struct {
	From   int `json:"from"`   // index of the node in Flow.Nodes
	To     int `json:"to"`     // index of the node in Flow.Nodes
	People int `json:"people"` // people who go that way
}

// flowKey is a link before nodes have their indices; left is the place of those who left.
type flowKey struct {
	position int
	from, to int32
}

// Flow returns the ways as a Sankey diagram of so many columns. positions and top are as in
// [Log.Matrix], whose errors it returns. People whose way is longer than positions end in the
// last column without having left.
func (l *Log) Flow(positions, top int) (*Flow, error) {
	const op = "path.Log.Flow"
	positions, s, err := l.layout(op, positions, top)
	if err != nil {
		return nil, err
	}
	left := int32(len(s.names))
	links := make(map[flowKey]int)
	people := make(map[flowKey]int) // of nodes, which have no from
	for labels := range l.ways.all() {
		people[flowKey{position: 1, to: s.place[labels[0]]}]++
		for i := 1; i < positions && i <= len(labels); i++ {
			k := flowKey{position: i + 1, to: left}
			if i < len(labels) {
				k.to = s.place[labels[i]]
			}
			people[k]++
			k.from = s.place[labels[i-1]]
			links[k]++
		}
	}
	return drawn(len(l.taken), append(slices.Clip(s.names), Left), people, links), nil
}

// drawn numbers nodes and links.
func drawn(all int, names []string, people, links map[flowKey]int) *Flow {
	f, index := &Flow{People: all}, make(map[flowKey]int)
	for _, k := range inOrder(people) {
		index[k] = len(f.Nodes)
		f.Nodes = append(f.Nodes, FlowNode{k.position, names[k.to], people[k]})
	}
	for k, n := range links {
		from := index[flowKey{position: k.position - 1, to: k.from}]
		f.Links = append(f.Links, FlowLink{from, index[flowKey{position: k.position, to: k.to}], n})
	}
	slices.SortFunc(f.Links, func(a, b FlowLink) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To)) })
	return f
}

// inOrder are the keys of nodes by position and place.
func inOrder(people map[flowKey]int) []flowKey {
	keys := make([]flowKey, 0, len(people))
	for k := range people {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b flowKey) int { return cmp.Or(cmp.Compare(a.position, b.position), cmp.Compare(a.to, b.to)) })
	return keys
}
