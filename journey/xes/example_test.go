package xes_test

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/journey"
	"github.com/clientele-go/clientele/journey/xes"
)

// A log that another tool wrote: a call of ten minutes, then an order.
func Example() {
	file := strings.NewReader(`<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016">
  <trace>
    <string key="concept:name" value="7001"/>
    <event><string key="concept:name" value="call"/><date key="time:timestamp" value="2025-03-01T10:00:00+03:00"/><string key="lifecycle:transition" value="start"/></event>
    <event><string key="concept:name" value="call"/><date key="time:timestamp" value="2025-03-01T10:10:00+03:00"/><string key="lifecycle:transition" value="complete"/></event>
    <event><string key="concept:name" value="order"/><date key="time:timestamp" value="2025-03-01T12:00:00+03:00"/><string key="org:resource" value="Olga"/></event>
  </trace>
</log>`)
	in := xes.NewReader(file)
	for timeline, err := range in.All() {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, touch := range timeline.Touches {
			fmt.Println(timeline.Profile, touch.Touchpoint, touch.At.Format(time.TimeOnly), touch.End().Sub(touch.At))
		}
	}
	fmt.Println(len(in.Warnings()), "warnings")
	// Output:
	// 7001 call 10:00:00 10m0s
	// 7001 order 12:00:00 0s
	// 0 warnings
}

// A log for a process mining tool.
func ExampleWrite() {
	ways := []journey.Timeline{{Profile: "7001", Touches: []journey.Touch{
		{Touchpoint: "site", Channel: "web", At: time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)},
	}}}
	var log strings.Builder
	if err := xes.Write(&log, clientele.All(ways)); err != nil {
		fmt.Println(err)
		return
	}
	_, trace, _ := strings.Cut(log.String(), "<trace>")
	fmt.Fprintln(os.Stdout, "<trace>"+trace)
	// Output:
	// <trace><string key="concept:name" value="7001"/>
	// <event><string key="concept:name" value="site"/><date key="time:timestamp" value="2025-03-01T09:00:00Z"/><string key="lifecycle:transition" value="complete"/><string key="journey:channel" value="web"/></event>
	// </trace>
	// </log>
}
