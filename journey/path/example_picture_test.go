package path_test

import (
	"fmt"
	"os"

	"github.com/clientele-go/clientele/journey/path"
)

// A flow for a page that draws Sankey diagrams with Mermaid; labels in Russian are written
// in Latin letters, since its parser reads no others.
func ExampleFlow_WriteMermaid() {
	log := path.New(path.Config{})
	for i, points := range [][]string{{"сайт", "чат", "заказ"}, {"сайт", "чат"}} {
		if err := log.Add(way(fmt.Sprint(i), points...)); err != nil {
			fmt.Println(err)
			return
		}
	}
	flow, err := log.Flow(0, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := flow.WriteMermaid(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// sankey-beta
	//
	// "1 sayt","2 chat",2
	// "2 chat","3 zakaz",1
	// "2 chat","3 (left)",1
}

// The same flow for d3-sankey and ECharts.
func ExampleFlow_WriteSankeyJSON() {
	log := path.New(path.Config{})
	if err := log.Add(way("1", "site", "order")); err != nil {
		fmt.Println(err)
		return
	}
	flow, err := log.Flow(0, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := flow.WriteSankeyJSON(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"nodes":[{"name":"1 site"},{"name":"2 order"}],"links":[{"source":0,"target":1,"value":1}]}
}

// The graph for Graphviz.
func ExampleGraph_WriteDOT() {
	log := path.New(path.Config{})
	if err := log.Add(way("1", "site", "chat", "site", `"order"`)); err != nil {
		fmt.Println(err)
		return
	}
	graph, err := log.Graph(0)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := graph.WriteDOT(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// digraph {
	// 	rankdir=LR
	// 	node [shape=box]
	// 	start [shape=circle]
	// 	end [shape=doublecircle]
	// 	n0 [label="\"order\"\n1"]
	// 	n1 [label="chat\n1"]
	// 	n2 [label="site\n2"]
	// 	start -> n2 [label=1]
	// 	n1 -> n2 [label=1]
	// 	n2 -> n0 [label=1]
	// 	n2 -> n1 [label=1]
	// 	n0 -> end [label=1]
	// }
}

// The graph for a page that draws flowcharts with Mermaid.
func ExampleGraph_WriteMermaid() {
	log := path.New(path.Config{})
	if err := log.Add(way("1", "сайт", "order [1]")); err != nil {
		fmt.Println(err)
		return
	}
	graph, err := log.Graph(0)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := graph.WriteMermaid(os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// flowchart LR
	// 	start((start))
	// 	finish(((end)))
	// 	n0["order #91;1#93;<br>1"]
	// 	n1["#1089;#1072;#1081;#1090;<br>1"]
	// 	start -->|1| n1
	// 	n1 -->|1| n0
	// 	n0 -->|1| finish
}
