// Package rfm tells who the best, normal, worst and sleeping customers are, how
// the base is doing, and who is falling out of a segment.
//
// RFM stands for recency (how long ago), frequency (how often) and monetary (how
// much): three numbers per customer, each cut into levels, whose combinations
// have names.
//
// # In five steps
//
//	base, err := rfm.New(&roster, rfm.Config{AsOf: now})  // 1. facts as of a moment
//	err = clientele.Feed(purchases, base)                 // 2. one pass
//	scales, err := rfm.Fit(base, rfm.GridPlan())          // 3. edges, frozen
//	state, err := rfm.Grade(base, scales)                 // 4. everybody's cell and segment
//	report := state.Report()                              // 5. the state of the base
//
// [Compare] finds who moved between two states, [Scales.Watch] and [Falling] when
// silence will lower a customer, [Scales.Degradation] whose receipts shrink, and
// [Scales.Explain] why a customer stands where it does. Scales are data with
// JSON: tomorrow's customer is graded by today's edges, without the base.
//
// # What is measured
//
// Purchases are those with an amount of at least 0. A refund, a negative amount,
// lowers money and nothing else: it neither counts nor ends a silence. A
// [Measure] makes the three values from them:
//
//	recency    days, by kind: SinceLast (default), Rhythm (the cube's) or MeanInterval;
//	           counted exactly, in whole days or in calendar dates
//	frequency  number of purchases, or purchases per year
//	monetary   average receipt (default), total or median
//
// Config.Window limits frequency and money to the last days before AsOf, never
// recency. Customers silent for longer than the window stay in the base, with
// frequency 0 and the money of their lifetime: else sleepers would vanish.
//
// # How metrics are cut
//
// [Bounds] are the marketer's own thresholds for worst, normal and best, with
// both ends of normal included. [Quantiles] cut the base into equal parts.
// [Edges] are any others. Level 1 is the worst; fewer days of recency are better.
//
// Tools disagree about quantiles of tied data. Of 2,357 customers of whom 1,205
// bought once, six common rules put on the five levels of frequency 472 472 471
// 471 471 (spreading equal customers over three levels), 1205 0 406 358 388, 0 0
// 1205 614 538, 0 1205 406 208 538, three levels of 1611 358 388, or nothing but
// an error. Here equal values always share a level, empty levels are reported as
// [LevelWarning], and the rule has a name, see [Cuts]. The default is
// [ClosedRight].
//
// # Names
//
// A [Map] names the cells: [Cube] has five names on the 27 cells WWW to BBB,
// [Grid] ten on 5×5 levels of recency and frequency, [Eleven] eleven on recency
// and the mean of the others. A map of one's own must be a partition: [Map.Validate]
// lists all cells without a name or with several, and all names without a cell.
//
// # Edge cases
//
// A base without customers is [clientele.ErrEmpty]. One customer, or many who are
// all equal, are on the level that the rule's ties give: by [ClosedRight] the best
// of recency and the worst of frequency and monetary, 511. Customers whose purchases
// were all refunded stay, with money 0. Customers who only bought after AsOf are
// not in the base ([Base.Later] counts their purchases), nor are those with
// refunds alone ([Base.RefundsOnly]).
//
// # Exactness
//
// Money is summed exactly. The values that are graded are float64, correctly
// rounded from the exact quotient, so that equal money always gets equal levels
// and a receipt of exactly 5000 lies inside bounds of 1000 to 5000.
//
// # Memory and time
//
// A base takes 128 bytes a customer and the roster's index, with a window
// 32 more. The median alone needs every purchase. Time is linear, except where
// something is sorted: customers in binary forms, values by [AverageRank]. Merge,
// Fit and Grade use all cores, see Config.Workers, with the same result for any
// number of them.
//
// # Sources
//
// Grading customers by recency, frequency and monetary quantiles, nested or not, is
// the practice of direct mail, as in Arthur Hughes, Strategic Database Marketing
// (1994). Rhythm, the cube's five names and the findings are this library's own.
// The names of [Grid] and [Eleven] are found in many tools and tutorials; their
// first source is not known to us.
package rfm
