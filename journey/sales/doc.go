// Package sales measures what each salesperson does and brings in: how many bookings they make,
// how many of these become sales, what is in a sale, what they know, and where training would
// pay.
//
//   - [Measure] reads touches, deals, checked calls and shifts into a [Scorecard] in one call. A
//     [Counter] does so step by step; counters of shards are merged.
//   - [Row] is one salesperson: counts, exact money, and [Measures] with their intervals.
//   - [ColumnReport] compares salespeople in one column: the median, the best, and what it would
//     bring to raise everybody below the median to it.
//   - [Standing] judges a person by tenure, competence, effort and result, and names the [Group]
//     that these make.
//
// # Words
//
//   - A booking is a touch that [Config].Booking matches, such as an appointment.
//   - A deal is all receipts of one need of a customer, and a sale is a deal with Deal.Sale.
//   - A [Check] is a call that somebody listened to and marked; the check of [AverageCheck] is
//     the money of a sale.
//   - Units are what an interval is over: working days, ended bookings, sales or checked calls.
//
// # What is whose
//
// A booking belongs to its Touch.Staff. A deal belongs to one person, as [Config].Credit says:
// whoever made the sale, or whoever opened the deal; Tally.Several says how many sales name
// others, too. What names nobody is in Scorecard.Nobody, so that the rows and Nobody add up to
// Scorecard.Total.
//
// A sale converts the latest booking of its customer that no earlier sale converted and that is
// at most [Config].Within old. A booking whose time for a sale is not over is open, and does not
// count in the conversion. Sales of a customer at one moment are in the order of the names of
// their salespeople.
//
// # Fair comparison
//
// Rates are per working day: a day with a shift, a touch, a receipt or a checked call of the
// person, or with [Config].ShiftsOnly one with a shift. Days off lower no rate.
//
// [Expected] is what the whole team had with the same leads and in the same periods, by
// indirect standardisation: Rothman, Greenland & Lash, Modern Epidemiology (3rd ed. 2008),
// chapter 4. Compare with it those who get poor leads or worked in a weak season.
//
// The best in a column is whoever has the highest lower limit, so that 4 of 5 comes after
// 70 of 100. Values of fewer than [Config].MinCount units are reported, and not judged. A median
// needs three people who are judged.
//
// # Money
//
// Money of sales is exact. What raising somebody to the median would bring is an estimate: it
// takes all other columns as they are, and the team's value where the person has none. Columns
// overlap, since add-ons are part of the average check, so that their profits do not add up.
//
// Make deals of receipts up to [Config].AsOf alone: a deal that was open then and has a later
// receipt is refused, since what it was at AsOf cannot be recovered.
//
// Fold refunds into their receipts by [clientele.Net] before [clientele.Deals]; other refunds
// are counted apart. Deals have no number by which repetitions could be found: remove those
// before.
package sales
