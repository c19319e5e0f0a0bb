// Package xes reads and writes event logs in XES, the format of process mining tools
// (IEEE 1849-2016): one trace is the timeline of one person or case, one event a touch.
//
// [NewReader] makes a [Reader], whose [Reader.All] is a source of timelines for every
// function that reads them, and whose [Reader.Warnings] tell, once it has been read, what was
// left out. [Write] writes timelines. These attributes have a place in a touch:
//
//   - concept:name is the Touchpoint; of the trace, the Profile of the timeline;
//   - time:timestamp is At, and Until of a complete that follows a start;
//   - lifecycle:transition: start and complete make one touch; without it, complete;
//   - concept:instance tells the starts and completes of one name apart;
//   - org:resource is Staff, identity:id the ID, cost:total the Cost;
//   - journey:channel, journey:by, journey:conversation, journey:outcome and journey:value
//     are the fields of these names;
//   - identifier: and a kind is an identifier of the kind.
//
// Any other attribute that is a text becomes a label; lists, containers and nested
// attributes are skipped and counted. A document type declaration, and with it every entity
// but those of XML itself, is refused, and so is nesting beyond 32 levels.
package xes
