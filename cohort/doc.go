// Package cohort tells whether customers come back: how cohorts return, repeat, pay and
// churn, from deal to deal and over time, and why that changes.
//
// # One pass, many questions
//
//	activity, err := cohort.New(&roster)
//	err = clientele.Feed(purchases, activity) // or clientele.Purchases(deals)
//
//	triangle, err := activity.Triangle(…)     // who returns after how long, and pays how much
//	repeat, err := activity.Repeat(…)         // who buys again, and how soon
//	ladder, err := activity.Ladder(…)         // from deal to deal
//	curve, err := cohort.KaplanMeier(activity.Spells(…), …)
//	churn, err := activity.Churn(…)           // who has fallen silent
//	gift, err := activity.Compare(…)          // what made a difference
//	why, err := cohort.Decompose(…)           // why a metric fell
//
// An [Activity] keeps every purchase, in 24 bytes, so that calendars, windows and the
// end of the observation are chosen with a question and not before. Activities of
// shards merge, and have a binary form; a [History] is one customer's.
//
// # What counts
//
// A purchase has an amount of at least 0. A refund, a negative amount, lowers money in
// the period in which it happens and never counts as a purchase. Deals count instead of
// purchases where deals are fed. Customers belong to the label of their first purchase;
// of several at one moment the least label counts. Every question has a moment AsOf:
// what is later is counted and left out.
//
// # Triangles
//
// A cohort is a calendar period of the first purchase, a key (channel, first product,
// campaign, whatever the host says), or both. Its columns are calendar periods, rolling
// windows or brackets of days from each customer's own first day. Who is active is said,
// not assumed:
//
//	Within        buys in the column
//	OnOrAfter     buys in it or later: "unbounded" retention, which never rises
//	Least         buys at least so often
//	FirstEver     enters with the first purchase ever
//	FirstSince    with the first since a date
//	EveryPeriod   in every period with a purchase ("recurring")
//	Stated        when the host says, so that who signed up and never bought counts
//
// A cell has ended for a customer when all of its time lies up to AsOf. Its rate is that
// of the customers for whom it has ended, with Wilson's interval; where it has ended for
// nobody there is no rate, and nothing is shown as zero that is merely not known. A cell
// that has not ended for all is not complete. [Triangle.Averages] weights cohorts by
// their eligible customers and counts those that are not complete, [Triangle.Trend] uses
// complete cells alone.
//
// Money is exact and adds up: the revenue of all cells and Triangle.Outside are all money
// up to AsOf.
//
// # Time to an event
//
// [Spell] values say how long customers were observed until an event, with delayed entry
// and weights. [KaplanMeier] is the estimator of Kaplan and Meier, Nonparametric
// Estimation from Incomplete Observations, JASA 53 (1958), with Greenwood's variance and
// three kinds of limits, quantiles by the rule of R's survival package, restricted means
// and the cumulative hazard of Nelson and Aalen; [LogRank] and [PetoPeto] compare groups.
// [Activity.Spells] makes spells to the n-th purchase, [Activity.ChurnSpells] to churn.
//
// # Comparing fairly
//
// [Activity.Compare] compares customers who were treated differently. All are followed
// for a time of equal length from the same deal on, the one at which they were assigned:
// an assignment that came later is refused, because only those who had stayed could get
// it (immortal-time bias). Differences and ratios have intervals, p-values are adjusted
// for the number of comparisons.
//
// [Decompose] splits the change of a mean into what other customers brought (mix) and
// what the same groups did otherwise (within), exactly.
//
// # Edge cases
//
// Nobody to answer from is [clientele.ErrEmpty]. A single customer, everybody censored,
// several purchases at one moment and periods without newcomers have defined answers,
// which the functions state. Bad input is a [clientele.InputError] that names record,
// field and value; a bad configuration is a [clientele.ConfigError] with all its faults.
//
// # Determinism and concurrency
//
// Answers depend on what was added, not on its order, on shards, or on the number of
// goroutines. An Activity may be asked by many goroutines at once, but not while one
// adds to it. No call leaves a goroutine behind.
package cohort
