// Package funnel counts how many people get through the steps of a way, where they are lost
// and how long they take: in people, cases such as proposals or deals, and money.
//
//   - [Funnel] is the definition, data with a JSON form: steps, window, what is excluded.
//     [LeadToSale], [ProposalToPaid], [ItemsToBought] and [Upsell] are ready ones.
//   - [Count] counts timelines in one pass. A [Counter] does so step by step, and is merged
//     over shards of people; [Config] has the period of entries and the breakdown.
//   - [Report] has the shares with their intervals, the times, and the people behind each
//     number: [Report.Reached] and [Report.Lost].
//   - [Compile] makes a [Matcher], which shows the chain of one person.
//
// Everybody's longest chain counts, so that nobody is lost who came by another way first.
// The period selects entries; who entered so late that the window is still open is reported
// apart, in [Group].Open, never as a drop-off.
//
// # Which chain
//
// The longest chain is the one with the most required steps, then with the most optional
// ones. It is found by keeping, for each step, the chain whose window is open longest, in O(1)
// a touch for a plain funnel, and equals what an exhaustive search finds. Of several chains
// the one that begins first is named, of those the one that is complete first; breakdowns,
// times and lists take the same one. ClickHouse reaches other answers by name.
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
