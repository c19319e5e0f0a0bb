// Package funnel counts how many people get through a sequence of steps, where they are lost
// and how long they take: in people, in cases such as proposals or deals, and in money.
//
//   - [Funnel] is the definition, data with a JSON form: steps, window, what is excluded.
//     [LeadToSale], [ProposalToPaid], [ItemsToBought] and [Upsell] are ready-made.
//   - [Count] counts timelines in one pass. A [Counter] does so step by step, and is merged
//     over shards of people; [Config] has the period of entries and the breakdown.
//   - [Report] has the shares with their intervals, the times, and the people behind each
//     number: [Report.Reached] and [Report.Lost].
//   - [Compile] makes a [Matcher], which shows the chain of one person.
//
// Everybody's longest chain counts, so that nobody is lost who tried another way first.
// The period selects entries; who entered so late that the window is still open is reported
// apart, in [Group].Open, never as a drop-off.
//
// # Which chain
//
// The longest chain is the one with the most required steps, then with the most optional
// ones. It is found by keeping, for each step, the chain whose window is open longest, in O(1)
// a touch for a plain funnel, and equals what an exhaustive search finds. Of several chains
// the one that begins first is named, of those the one that is complete first; breakdowns,
// times and lists take the same one. Funnel.ClickHouse asks for the answers of that database
// instead, which can differ.
//
// # Cases
//
// With Funnel.Per, such as Label("deal"), each value of that attribute is a case with a way
// of its own. All counts are then of cases, [StepCount].People tells the people behind them,
// and money is that of the touches of their chains.
//
// # Words
//
//   - An entry is a touch that fills the first step; whoever makes one enters.
//   - An attempt is an entry with the window that begins there.
//   - A chain is the touches that fill steps in one attempt, each touch one step.
//   - A [Passage] is the longest chain of a person or case, as lists show it.
//   - Open is whoever entered so late that no window has ended; lost at a step is whoever
//     reached the step before and not this one, though the window has ended.
package funnel
