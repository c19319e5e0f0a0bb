package xes

import (
	"fmt"

	"github.com/clientele-go/clientele/journey"
)

// touches makes touches of the events of a trace. A complete ends the earliest start of its
// name and instance that no complete has ended; without one, it is a touch of its own.
func (r *Reader) touches(events []event) []journey.Touch {
	type name struct{ touchpoint, instance string }
	touches := make([]journey.Touch, 0, len(events))
	open := make(map[name][]int)
	for i, e := range events {
		k := name{e.Touchpoint, e.instance}
		switch e.transition {
		case "start":
			open[k] = append(open[k], len(touches))
		case "complete", "":
			if started := open[k]; len(started) > 0 {
				touches[started[0]].Until = e.At
				open[k] = started[1:]
				continue
			}
		default:
			r.Unused++
			continue
		}
		e.Seq = int64(i)
		touches = append(touches, e.Touch)
	}
	for _, started := range open {
		r.Unended += len(started)
	}
	journey.Sort(touches)
	return touches
}

// Warnings returns what was left out so far, as errors of the type [Warning]; nil for
// nothing.
func (r *Reader) Warnings() (warnings []error) {
	if r == nil {
		return nil
	}
	for _, w := range []Warning{
		{r.Skipped, "attributes have no place in a touch and were skipped: lists, containers or nested attributes"},
		{r.Unused, "events have another transition than start or complete and make no touch"},
		{r.Unended, "events start and are never completed: their touches have no end"},
	} {
		if w.Count > 0 {
			warnings = append(warnings, w)
		}
	}
	return warnings
}

// Warning says what a reader left out, and how often.
type Warning struct {
	Count int    // how many attributes or events
	Text  string // what happened to them
}

// Error says what was left out.
func (w Warning) Error() string { return fmt.Sprintf("%d %s", w.Count, w.Text) }
