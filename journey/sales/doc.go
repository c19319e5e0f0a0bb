// Package sales tells what each salesperson does and brings: how many bookings they make, how
// many people buy after them, what is in a sale, what they know, and where training would pay.
//
//   - [Measure] reads touches, deals, checked calls and shifts into a [Scorecard] in one call. A
//     [Counter] does so step by step, and is merged over shards.
//   - [Row] is one salesperson: counts, exact money, and [Measures] with their intervals.
//   - [ColumnReport] compares the sellers in one column: the median, the best, and what it would
//     bring to raise everybody below the median to it.
//   - [Standing] puts a person into one of four groups by tenure, competence, effort and result.
//
// # What is whose
//
// A booking belongs to Touch.Staff of the touch that [Config].Booking matches. A deal belongs to
// one person, by [Config].Credit: whoever made the sale, or whoever opened the deal. So the
// sales of all rows are all sales, and Tally.Several says how many had others in them too.
// What names nobody stands in Scorecard.Nobody.
//
// A sale converts the latest booking of its customer, which no sale before it converted, and
// which is at most [Config].Within old. A booking whose time is not over is open and counts
// neither way.
//
// # Fair comparison
//
// Rates are per working day: a day with a shift, a touch, a receipt or a checked call of the
// person, or with [Config].ShiftsOnly one with a shift. Days off cost nobody anything.
//
// [Expected] is what the whole team had with the same leads and in the same periods, by
// indirect standardisation: Rothman, Greenland & Lash, Modern Epidemiology (3rd ed. 2008),
// chapter 4. A person who gets poor leads, or who worked in a weak season, is compared with it.
//
// The best in a column is who has the highest lower limit, so that four of five is behind
// 70 of 100. Values from fewer than [Config].MinCount units are told, and not judged. A median
// needs three people who are judged.
//
// # Money
//
// Money of sales is exact. What raising to the median would bring is an estimate: all other
// columns stay as they are, and a value that the person does not have is that of the team.
// Columns overlap, since add-ons are part of the check, so that their profits do not add up.
//
// Deals are made of receipts up to [Config].AsOf: one that was open then and went on is refused,
// since what was added later cannot be told apart.
//
// Refunds of known receipts are folded into them by [clientele.Net], which comes before
// [clientele.Deals]. Other refunds are counted apart. Deals have no number: hosts remove
// repetitions before.
package sales
