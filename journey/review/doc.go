// Package review ranks products and touchpoints by what customers write, and tells what is
// passed on to others and which topics rise and fall.
//
//   - [Count] reads reviews in one pass. A [Counter] does so one by one, and is merged over
//     shards of reviews.
//   - [Report] has products and touchpoints by the lower limit of their share of positive
//     reviews, so that 1 of 1 comes after 95 of 100; topics by rating and by period; late
//     reviews apart; and what was left out, by reason and by name.
//   - [Report.MostPassedOn] ranks by the share of reviews that were passed on,
//     [Report.Weakest] by the surest bad ones.
//   - [Report.Shifts] compares two periods: what is talked about more than before, liked
//     less, passed on more.
//
// # Which reviews count
//
// Reviews up to Config.AsOf are known. Of the versions of one ID the last counts: the one
// with the highest Version, then with the latest At; a repetition counts once, and a version
// that is Withdrawn takes the review back. Of the reviews that are left, those from
// Config.Since to before Config.Until count, late ones apart (see [Lateness]). Of several
// reviews of one customer of one object the latest counts (see [Repeat]); within each period
// the latest of that period, so that a later review changes no period before it.
//
// Where neither Version nor time decides, the lower rating counts as the later one, and the
// report says how often that was so. No answer depends on the order of reviews or on shards.
//
// # Intervals
//
// Shares have Wilson's interval, means that of Pearson's chi-square within the scale (Neyman,
// Contribution to the Theory of the χ² Test, 1949), differences that of the score test. They
// take reviews as independent: those of one customer of several objects, too.
//
// Customers are named by strings.
package review
