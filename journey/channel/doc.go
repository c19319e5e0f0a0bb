// Package channel tells how well a company's channels work as one: whether people are known
// when they change from the web to a shop or from one operator to another, how soon they are
// answered, and how much the shop owes to the web.
//
//   - [Measure]: the traffic of each channel, the level of integration that people met,
//     hand-offs with and without shared context, and messages that two channels sent to one
//     person;
//   - [Config.IntegrationOf] and [Config.Met]: the level of one person, and the one that was met up
//     to a given contact, to compare groups by later purchases;
//   - [Answers]: time to the first answer by channel, by hour and by both, conversations
//     without a person;
//   - [OnlineFirst]: the share of shop purchases with a touch on the web before.
//
// All read timelines of package journey, whose profiles join what one person did under
// several identifiers. Shares have Wilson's intervals. The order of people does not matter.
package channel
