// Package cohort shows whether customers come back: how cohorts return, repeat, pay and
// leave, from deal to deal and over time, and why that changes.
//
// Four calls lead from purchases to answers:
//
//   - [New] makes an empty [Activity].
//   - [clientele.Feed] fills it with purchases in one pass.
//   - [Activity.Triangle] shows who returns after how long, and pays how much, cohort by
//     cohort; [Triangle.WriteText] prints it, [Triangle.Trend] shows whether it improves.
//   - [Activity.Repeat] counts how many buy again and how soon, by channel or any label.
//
// The same activity answers everything else:
//
//   - [Activity.Ladder] and [DealLadder] follow customers from deal to deal.
//   - [Activity.TimeTo] and [Activity.Spells] measure the time to the n-th purchase.
//   - [Activity.Churn] counts who is lost by a rule of silence, [Activity.ChurnEvents]
//     shows after which events customers leave, [Activity.LossReasons] why, as they say.
//   - [Activity.Lifecycle] splits the active customers of every period into new, retained
//     and resurrected ones, and counts those who became dormant.
//   - [Activity.Compare], [Activity.CompareKeys] and [Activity.ComparePeriods] test
//     whether groups of customers differ by more than chance.
//   - [Activity.Parts] and [Decompose] show why a mean changed: because the mix of
//     customers changed, or because customers of the same kind behaved differently.
//   - [Activity.ContactLag] measures how soon the brand made contact with customers who
//     became regular and with those who did not.
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
//	activity, err := cohort.New[string](nil)
//	err = clientele.Feed(purchases, activity)
//	triangle, err := activity.Triangle(cohort.TriangleConfig{AsOf: now, Calendar: months})
//	err = triangle.WriteText(os.Stdout, cohort.ViewRates, 0)
//
// where money is decimal.NewFromString with its error handled, now is the moment up to
// which the file has purchases, and months is clientele.Calendar{Unit: clientele.Month}.
//
// # What is kept
//
// An Activity keeps every purchase, in 24 bytes. Calendars, windows and the end of the
// observation are therefore chosen with the question, not before. Activities of shards
// merge and have a binary form; a [History] holds one customer's facts, for engines that
// group by key.
//
// # What counts
//
// A record with an amount of 0 or more is a purchase. One with a negative amount is a
// refund: it lowers money in the period in which it happens, and does nothing else. Where
// deals are fed, by [clientele.Purchases], each deal is a purchase.
//
// A purchase's label is its [clientele.Purchase].Group, such as the channel. A customer's
// key is the label of the first purchase; of several at one moment it is the first label
// in alphabetical order.
//
// Every question has a moment AsOf, at which the observation ends: what is later is left
// out, and the reports say how much that is. Customers who have not been observed for long
// enough are not eligible; reports count them. A rate that is not known yet, since nobody
// is eligible, is the zero Estimate: test for Level 0, or for Eligible 0, before you show
// the number. WriteText shows a dot for it, and WriteCSV nothing.
//
// # Triangles
//
// A cohort is a calendar period of the first purchase, a key, or both; see [Grouping].
// Columns are calendar periods, rolling windows, or brackets from each customer's own
// entry on; [Step] says whether those count local days, 24 hours or periods. [Entry] says
// when a customer enters a cohort. [Retention] says who is active in a column: with
// InColumn who buys in it ("n-day retention"), with OnOrAfter who buys in it or later
// ("unbounded retention", which never rises). The purchase of the entry and the return
// may be of different labels, see [TriangleConfig].StartLabels and ReturnLabels.
//
// A cell has ended for a customer when its whole time is over by AsOf. Its rate is that of
// the customers for whom it has ended, with Wilson's interval; if it has ended for nobody,
// there is no rate. A cell that has not ended for everybody is not complete.
// [Triangle.Averages] weights cohorts by their eligible customers; Triangle.Trend uses only
// complete cells.
//
// Money is exact and adds up: the revenue of all cells and Triangle.OutsideRevenue are all money
// up to AsOf.
//
// # Time to an event
//
// Customers who have not come back yet may still do so. Package
// [github.com/clientele-go/clientele/cohort/survival] takes that into account: give its
// functions the spells of Activity.Spells, or of [Activity.ChurnSpells].
//
// # Comparing fairly
//
// Activity.Compare follows all customers for a time of equal length from the same purchase
// on, the one at which they were assigned to their groups. An assignment that came later is
// refused, because only customers who had stayed could get it (immortal-time bias). Every
// difference is group − control, or after − before. Differences and ratios have intervals;
// p-values are adjusted upwards for the number of comparisons, see [clientele.Adjustment];
// its method Adjust does so for p-values of your own. [OddsRatio] and [ExactShare] give
// exact intervals for the counts of any report.
//
// # Errors
//
// A record that cannot be used is a [clientele.InputError] that names record, field and
// value; a bad configuration is a [clientele.ConfigError] with all its faults. If no
// customer can be used, the error is [clientele.ErrEmpty] and says why. The function that
// takes a configuration checks it; there is no Validate. A single
// customer, customers who are all censored, several purchases at one moment and periods
// without newcomers have defined answers, which the functions state.
//
// # Determinism and concurrency
//
// Answers do not depend, to the last bit, on the order in which records arrive, on
// shards, or on the number of goroutines. An Activity may be asked by many goroutines at
// once, but not while one of them adds to it. No call leaves a goroutine behind.
//
// # Sources
//
// Each function names the method that it uses and where it is published. Tests compare
// triangles, repeat rates and survival with published numbers of the CDNOW sample and
// with a synthetic shop whose numbers another program computed.
package cohort
