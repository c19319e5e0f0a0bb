// Package path shows the ways that people really take: what follows what and after how long,
// which ways are common, where people turn back, and where they leave.
//
// [Read] makes a [Log] of timelines, one pass; logs of shards are merged. Ask it for
//
//   - [Log.Graph]: the directly-follows graph, with counts, waiting times and loops;
//   - [Log.Variants]: the distinct ways, the most frequent first;
//   - [Log.Next]: where people go on to from one step, and who left after it;
//   - [Log.Matrix]: how many people have which step as their first, second, third;
//   - [Log.Flow]: the same as a Sankey diagram, to draw;
//   - [Log.Throughput]: how long a way takes from its first touch to its last end.
//
// A step is a touch under a label, its touchpoint unless Config.Label says otherwise.
// Everything is counted before anything is hidden: what a picture leaves out stands in it as
// other, and who went no further as left, so that totals always reconcile. Graphs are as in
// W. van der Aalst, Process Mining (2nd ed., Springer 2016), section 6.2. Times are as long
// as they were: no nights or holidays are taken out. Left means no later step in the data; it
// does not tell those who are gone from those who are still on their way: pass timelines only
// of people who have had the time to go on.
package path
