package path_test

import (
	"fmt"

	"github.com/clientele-go/clientele/journey/path"
)

// Which labels deserve a place in a picture? All others are joined, so that nothing is lost.
func ExampleLog_Graph() {
	log := path.New(path.Config{})
	for i, points := range [][]string{{"site", "chat", "order"}, {"site", "call", "order"}, {"site", "site"}} {
		if err := log.Add(way(fmt.Sprint(i), points...)); err != nil {
			fmt.Println(err)
			return
		}
	}
	graph, err := log.Graph(2)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, node := range graph.Nodes {
		fmt.Printf("%s: %d steps of %d people, %d repeated, %d ends\n", node.Label, node.Steps, node.People, node.Repeats, node.Ends)
	}
	// Output:
	// order: 2 steps of 2 people, 0 repeated, 2 ends
	// site: 4 steps of 3 people, 1 repeated, 1 ends
	// (other): 2 steps of 2 people, 0 repeated, 0 ends
}

// Which step is people's second?
func ExampleLog_Matrix() {
	log := path.New(path.Config{})
	for i, points := range [][]string{{"site", "chat", "order"}, {"site", "call"}, {"site"}} {
		if err := log.Add(way(fmt.Sprint(i), points...)); err != nil {
			fmt.Println(err)
			return
		}
	}
	matrix, err := log.Matrix(0, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range matrix.Rows {
		fmt.Println(row.Label, row.People)
	}
	fmt.Println("left", matrix.Left)
	// Output:
	// call [0 1 0]
	// chat [0 1 0]
	// order [0 0 1]
	// site [3 0 0]
	// left [0 1 2]
}

// The ways as columns and links, for a Sankey diagram.
func ExampleLog_Flow() {
	log := path.New(path.Config{})
	for i, points := range [][]string{{"site", "chat", "order"}, {"site", "chat"}, {"site"}} {
		if err := log.Add(way(fmt.Sprint(i), points...)); err != nil {
			fmt.Println(err)
			return
		}
	}
	flow, err := log.Flow(3, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, link := range flow.Links {
		fmt.Printf("%s -> %s: %d\n", flow.Nodes[link.From].Label, flow.Nodes[link.To].Label, link.People)
	}
	// Output:
	// site -> chat: 2
	// site -> (left): 1
	// chat -> order: 1
	// chat -> (left): 1
}
