// Package review ranks products and touchpoints by the reviews that customers write, and shows
// what is passed on to others and which topics rise and fall.
//
//   - [Count] reads all reviews in one pass. A [Counter] takes them one by one; counters of
//     shards are merged.
//   - [Report] ranks products, touchpoints and topics by the lower limit of their share of
//     positive reviews, so that 1 of 1 comes after 95 of 100: in all and by period. It keeps
//     late reviews apart, and says what was left out, by reason and by name.
//   - [Report.MostPassedOn] ranks by the share of reviews that were passed on;
//     [Report.Weakest] puts the surest bad ones first.
//   - [Report.Shifts] compares two periods: what is mentioned more often than before, liked
//     less, passed on more.
//
// # Which reviews count
//
// The object of a review is the product or the touchpoint that it is about. Customers are
// identified by strings, such as their customer numbers.
//
// Reviews written and received up to Config.AsOf are known. Of the versions of one ID the last
// counts: the one with the highest Version, of those the one with the latest At. A repetition
// counts once, and a last version that is Withdrawn takes the review back. The reviews that
// remain count if they were written from Config.Since on and before Config.Until; late ones are
// kept apart (see [Lateness]). Of several reviews by one customer of one object the latest
// counts (see [Repeat]), and within each period the latest of that period, so that a later
// review changes no earlier period.
//
// Where neither Version nor time decides, the review with the lower rating is taken as the
// later one, and the report says how often that happened. Neither the order of reviews nor
// their division into shards changes an answer.
//
// # Intervals
//
// Shares have Wilson's interval; means that of Pearson's chi-square within the scale (Neyman,
// Contribution to the Theory of the χ² Test, 1949); differences that of the score test. All take
// reviews as independent, including those by one customer of several objects.
package review
