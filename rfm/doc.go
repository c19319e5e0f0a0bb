// Package rfm finds who your best, normal, occasional, sleeping and worst customers are,
// how the customer base is doing, and who is about to fall out of a segment.
//
// RFM stands for recency (how long ago somebody bought), frequency (how often) and monetary
// (how much). Each of the three metrics is cut into levels. A combination of levels is a
// cell, such as "BNW" for best, normal and worst; a segment is several cells with one name.
// Five calls lead from purchases to segments:
//
//   - [New] makes an empty [Base] as of a moment.
//   - [clientele.Feed] fills it with purchases in one pass.
//   - [Fit] cuts the levels by a [Plan] and freezes them as [Scales]. [GridPlan],
//     [CubePlan] and [ElevenPlan] are ready-made plans.
//   - [Grade] gives every customer a [Score] and returns the [State] of the base.
//   - [State.Report] shows who is where and what each segment brings.
//
// [NewTable] starts instead from one row a customer, where a data warehouse has already
// computed recency, frequency and monetary. Once there is a state:
//
//   - [Compare] finds who moved between two states, in which direction and why;
//     [CompareScores] compares with stored scores, where the state before was not kept.
//   - [Falling] and [Scales.Watch] find who will leave a cell, and when, by buying nothing.
//   - [Degrading] and [Scales.Degradation] find customers whose receipts shrink.
//   - [State.WriteCSV], [Movement.WriteCSV] and [Report.WriteCSV] write tables.
//   - [Report.Diagnose] names typical states of a base and what to do about them.
//   - [Scales.Explain] says why a customer is in a segment.
//   - [Scales.Score] grades one customer by the stored scales, without the base.
//
// # From a CSV file
//
// With the columns customer, day and money paid:
//
//	var days clientele.Periods // in UTC; Calendar.Open counts the days of a zone
//	rows := csv.NewReader(file)
//	_, err := rows.Read() // the header
//	purchases := clientele.Read(func() (clientele.Purchase[string], error) {
//		row, err := rows.Read()
//		if err != nil {
//			return clientele.Purchase[string]{}, err
//		}
//		day, err := days.ParseDate(row[1])
//		return clientele.Purchase[string]{Customer: row[0], At: day, Amount: money(row[2])}, err
//	})
//	base, err := rfm.New[string](nil, rfm.Config{AsOf: days.End(today)})
//	err = clientele.Feed(purchases, base)
//	plan := rfm.GridPlan()
//	plan.Measure.Days = rfm.Dates // the file has days without a time
//	scales, err := rfm.Fit(base, plan)
//	state, err := rfm.Grade(base, scales)
//
// where money is decimal.NewFromString with its error handled, and today is any moment of
// the last day in the file.
//
// # What is measured
//
// A record with an amount of 0 or more is a purchase. One with a negative amount is a
// refund: it lowers money and does nothing else; it is not counted and does not end a
// silence. A [Measure] makes three values from a customer's facts:
//
//   - recency, in days: [SinceLast], [Rhythm] or [MeanInterval], counted as [Exact] or
//     [Whole] days or as calendar [Dates];
//   - frequency: the number of purchases, or of purchases per year;
//   - monetary: [AverageReceipt], [Total] or [Median].
//
// Config.Window limits frequency and monetary to the last days before AsOf, but never
// recency. A customer who has been silent for longer than the window stays in the base, with
// frequency 0 and the money of all time, so that sleeping customers remain visible.
//
// # How levels are cut
//
// Level 1 is the worst. More purchases and more money are better, and fewer days of recency.
//
//   - [Bounds] are the marketer's own two thresholds between worst, normal and best. Both
//     thresholds belong to normal.
//   - [Quantiles] cut the base into levels of about equally many customers.
//   - [Percentiles] cut it at percentages that you choose, such as 50, 80, 95 and 99.
//   - [NaturalBreaks] cut it where the values leave gaps.
//   - [Edges] are any other thresholds.
//
// Where many customers have the same value, as with a single purchase, quantiles cannot
// be equally large. Here equal values always share a level, so some levels may be empty: a
// [LevelWarning] in [Scales.Warnings] says which. [Cuts] say on which side of an edge the
// values equal to it lie; the default is [ClosedRight].
//
// # How cells are named
//
// A [Map] puts every cell into exactly one segment. Three are ready-made:
//
//   - [Cube]: five segments on 27 cells, the three levels worst, normal and best of each
//     metric;
//   - [Grid]: ten segments on five levels of recency and five of frequency;
//   - [Eleven]: eleven segments on recency and the mean of the other two.
//
// For a map of your own, [Map.Validate] lists all cells that are in no segment or in
// several, and all segments without a cell.
//
// # Stored as data
//
// Plans, maps and scales are plain structs with a JSON form, so that a settings page can
// store and edit them; a plan calls a ready map by name, as in "map":"cube". JSON is read
// strictly: a key that is unknown or given twice is an error with its path. A Base and a
// [History] have a binary form. Bases as of the same moment can be merged, such as those of
// several shops. [Base.Advance] moves a stored base to a later moment, so that a nightly
// run reads only the day's purchases.
//
// # Edge cases
//
//   - [Fit] and [Grade] return [clientele.ErrEmpty] if the base has no customers.
//   - A single customer, or many whose values are all equal, get the levels that the cuts
//     give: with [ClosedRight] the best of recency and the worst of the others, "511".
//   - A customer whose purchases were all refunded is in the base, with money 0.
//   - A customer who bought only after AsOf is not in the base. [Base.Later] counts such
//     purchases; feed them again after [Base.Advance].
//   - A customer with refunds only is not in the base; [Base.RefundsOnly] counts such
//     customers.
//
// # Exactness, memory and time
//
// Money is added up exactly. The values that are graded are float64, each the exact quotient
// correctly rounded, so that equal money always gets equal levels and a receipt of exactly
// 5000 lies inside bounds of 1000 to 5000.
//
// A base takes 128 bytes a customer, 32 more with a window, and its roster. Memory grows with
// purchases only if medians are measured (Config.Amounts) or a base with a window is to be
// advanced (Config.Rolling, which keeps the purchases of the window). Time is linear in the
// number of purchases, except where something is sorted: customers for the binary form,
// values for [AverageRank]. Merge, Fit and Grade use all cores, or as many as Config.Workers
// says, with the same result.
//
// # Sources
//
// Grading customers by quantiles of recency, frequency and monetary, nested or not, is the
// practice of direct mail; see Arthur Hughes, Strategic Database Marketing (1994). Rhythm,
// the five segments of the cube and the diagnoses are this library's own. The segments of
// [Grid] and [Eleven] are found in many tools and tutorials; their original source is
// unknown.
//
// Tools disagree about quantiles of data with many equal values. In the CDNOW sample 1,205 of
// 2,357 customers bought once. Six common rules put these numbers of customers on the five
// levels of frequency:
//
//	1205    0   406   358   388   ClosedRight, EdgePlusOne
//	0       0  1205   614   538   ClosedLeft
//	0    1205   406   208   538   AverageRank
//	472   472   471   471   471   ntile of SQL: equal customers are on three levels
//	1611  358   388               qcut of pandas, told to drop duplicate edges
//	                              qcut of pandas otherwise: an error
package rfm
