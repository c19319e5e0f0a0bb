package path

import (
	"slices"
	"strings"
	"time"
)

// Graph is the directly-follows graph: its nodes are labels, and an edge says how often one
// step came directly after another. Every step has one way in, from a step or a start, and
// one way out, to a step or an end.
type Graph struct {
	People int `json:"people"` // people, each with one start and one end
	Steps  int `json:"steps"`  // steps of all people; there are Steps − People pairs that follow each other

	Nodes []Node `json:"nodes"` // by label, ascending; the node Other, if there is one, last
	Edges []Edge `json:"edges"` // by From and To, in the order of the nodes
}

// Other is the label of the node that stands for all labels that were hidden.
const Other = "(other)"

// Node tells how many steps, people, starts and ends there are under one label.
type Node struct {
	Label  string `json:"label"`  // the label, or Other
	Steps  int    `json:"steps"`  // steps under it
	People int    `json:"people"` // people who came to it at least once; for Other, to at least one label hidden
	Starts int    `json:"starts"` // people whose way begins with it
	Ends   int    `json:"ends"`   // people whose way ends with it

	Position float64 `json:"position"` // mean position of the steps in their ways, 1 for the first

	// Repeats are steps directly after a step of the same label; Returns are steps after
	// other labels came between. For Other, both are of the hidden labels together, as if
	// they were one.
	Repeats int `json:"repeats"`
	Returns int `json:"returns"`
}

// Edge is a pair of steps that follow each other.
type Edge struct {
	From  string `json:"from"`  // label of the first
	To    string `json:"to"`    // label of the second
	Count int    `json:"count"` // how often the second came directly after the first

	// Wait is the time from the end of the first step to the beginning of the second, 0 where
	// the second begins before the first has ended.
	Wait Times `json:"wait"`

	// HasMedian tells whether Wait.Median is known: only with Config.Waits.
	HasMedian bool `json:"hasMedian"`

	Overlaps int           `json:"overlaps"` // pairs of which the second began before the first ended
	Overlap  time.Duration `json:"overlap"`  // mean of those overlaps, from the beginning of the second to the end of the first, in JSON in nanoseconds; 0 without any
}

// Graph returns the directly-follows graph. top bounds the labels that have nodes of their
// own, the most frequent ones and of equally frequent ones those first in bytewise order;
// all others together are the node Other. 0 = all. Every total is the same whatever top is.
//
// It returns a [clientele.InputError] of [clientele.ErrNegative] for a negative top, of
// [clientele.ErrEmpty] for a log without people, and of [clientele.ErrMissing] for one that
// [New] has not made.
func (l *Log) Graph(top int) (*Graph, error) {
	const op = "path.Log.Graph"
	if err := l.ready(op); err != nil {
		return nil, err
	}
	top, err := atLeastOne(op, "top", top, l.labels.len())
	if err != nil {
		return nil, err
	}
	shown := l.shown(top)
	g := &Graph{People: len(l.taken), Steps: l.steps, Nodes: l.nodes(shown)}
	g.Edges = l.joinedEdges(shown)
	return g, nil
}

// shown are the labels that have places of their own in a picture.
type shown struct {
	names []string // by place, ascending, Other last where labels are hidden
	place []int32  // by number of a label
}

// shown chooses the labels that have places of their own.
func (l *Log) shown(top int) shown {
	names := l.labels.set.Names()
	order := l.labels.set.Sorted()
	if top < len(order) {
		counts := l.stepCounts()
		slices.SortStableFunc(order, func(a, b int32) int { return counts[b] - counts[a] })
		order = order[:top]
		slices.SortFunc(order, func(a, b int32) int { return strings.Compare(names[a], names[b]) })
	}
	s := shown{place: make([]int32, len(names))}
	for i := range s.place {
		s.place[i] = int32(len(order))
	}
	for place, label := range order {
		s.names = append(s.names, names[label])
		s.place[label] = int32(place)
	}
	if len(order) < len(names) {
		s.names = append(s.names, Other)
	}
	return s
}

// stepCounts are the steps by number of label.
func (l *Log) stepCounts() []int {
	counts := make([]int, l.labels.len())
	for labels := range l.ways.all() {
		for _, label := range labels {
			counts[label]++
		}
	}
	return counts
}

// nodes counts what happens at each place.
func (l *Log) nodes(s shown) []Node {
	nodes := make([]Node, len(s.names))
	for i, name := range s.names {
		nodes[i].Label = name
	}
	positions := make([]int, len(nodes))   // sums by node
	met, way := make([]int, len(nodes)), 0 // by node: the number of the last way that came to it, counted from 1
	for labels := range l.ways.all() {
		way++
		nodes[s.place[labels[0]]].Starts++
		nodes[s.place[labels[len(labels)-1]]].Ends++
		for j, label := range labels {
			place := s.place[label]
			n := &nodes[place]
			n.Steps++
			positions[place] += j + 1
			switch {
			case met[place] != way:
				n.People++
				met[place] = way
			case s.place[labels[j-1]] == place:
				n.Repeats++
			default:
				n.Returns++
			}
		}
	}
	for i := range nodes {
		nodes[i].Position = float64(positions[i]) / float64(nodes[i].Steps)
	}
	return nodes
}

// joinedEdges are the edges between places.
func (l *Log) joinedEdges(s shown) []Edge {
	joined := edgeTable{keepsWaits: l.edges.keepsWaits}
	joined.fit(len(s.names))
	joined.merge(&l.edges, s.place)
	var edges []Edge
	for _, p := range joined.sorted() {
		edges = append(edges, joined.edge(p, s.names))
	}
	return edges
}
