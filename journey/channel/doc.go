// Package channel measures how well a company's channels work as one: whether people are known
// when they change from the web to a shop or from one operator to another, how soon they are
// answered, and how many purchases in the shop began on the web.
//
//   - [Measure]: the traffic of each channel, the level of integration that people met,
//     hand-offs with and without shared context, and messages that two channels sent to one
//     person;
//   - [Config.IntegrationOf] and [Config.Met]: the level that one person met, over all contacts
//     or up to a given one, so that people can be compared by what they buy afterwards;
//   - [Answers]: time to the first answer by channel, by hour and by both, and conversations in
//     which no person of the company took part;
//   - [OnlineFirst]: the share of shop purchases with a touch on the web before.
//
// All read timelines of package journey, whose profiles join what one person did under
// several identifiers. Shares have Wilson's intervals. The order of people does not matter.
package channel
