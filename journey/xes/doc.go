// Package xes reads and writes event logs in XES, the format of process mining tools
// (IEEE 1849-2016): one trace is the timeline of one person or case, one event a touch.
//
//	in := xes.NewReader(file)
//	log, err := path.Read(in.All(), path.Config{})
//	// in.Warnings() now has what was left out
//
// [Write] writes timelines. These attributes have a place in a touch:
//
//	concept:name           Touchpoint; of the trace, Timeline.Profile
//	time:timestamp         At, and Until of a complete that follows a start
//	lifecycle:transition   start and complete make one touch; without it, complete
//	concept:instance       tells the starts and completes of one name apart
//	org:resource           Staff
//	identity:id            ID
//	cost:total             Cost
//	journey:…              channel, by, conversation, outcome, value
//	identifier:KIND        an identifier of the kind
//
// Any other attribute that is a text becomes a label; lists, containers and nested
// attributes are skipped and counted. A document type declaration, and with it every entity
// but those of XML itself, is refused, and so is nesting beyond 32 levels.
package xes
