package path

import "github.com/clientele-go/clientele/journey"

// Config says how touches become steps. The zero Config is ready.
type Config struct {
	// Label names the step that a touch is. A touch of the label "" is no step; it is left
	// out and counted; the labels [Left] and [Other] are refused. nil = the touchpoint.
	Label func(journey.Touch) string

	// Collapse makes one step of touches that follow each other under one label: it begins
	// with the first and ends when the last of them ends.
	Collapse bool

	// Waits keeps every waiting time, 8 bytes a step, so that Edge.Median can be told.
	Waits bool
}
