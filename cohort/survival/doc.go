// Package survival measures how long it takes until something happens to customers, such as
// the second purchase, the end of a contract or a complaint, when for many customers it has
// not happened yet. To leave those customers out, or to count them as if the event never
// would, gives a wrong answer; here they count for as long as they were observed.
//
//   - [KaplanMeier] estimates the share of customers who have not had the event, as a
//     function of time.
//   - [KaplanMeierBy] does so for each group: by channel, product or campaign.
//   - [Curve.At], [Curve.Quantile] and [Curve.RestrictedMean] read a curve: the share at
//     a time, the time by which a share is reached, the mean time.
//   - [LogRank] and [PetoPeto] test whether groups differ by more than chance.
//   - [AlignTimes] makes equal those times that differ only by rounding, such as 0.1 + 0.2
//     and 0.3.
//
// The input is a sequence of spells: a [Spell] says how long one customer was observed and
// whether the event ended that time. The methods Spells and ChurnSpells of
// cohort.Activity build spells from purchases; spells of contracts, trials or tickets are
// the host's own.
//
// # From a CSV file
//
// With the columns days, whether the event came, and group, and no header:
//
//	rows := csv.NewReader(file)
//	spells := clientele.Read(func() (survival.Spell, error) {
//		row, err := rows.Read()
//		if err != nil {
//			return survival.Spell{}, err
//		}
//		days, err := strconv.ParseFloat(row[0], 64)
//		return survival.Spell{Time: days, Event: row[1] == "yes", Group: row[2]}, err
//	})
//	curves, err := survival.KaplanMeierBy(spells, survival.Config{})
//
// # Censoring and delayed entry
//
// A spell without the event is censored: all that is known is that the event had not
// come by then. The estimates are right if being censored says nothing about when the
// event would have come, as when everybody is observed up to the same date. They are
// wrong if customers drop out of the data because they were about to leave.
//
// Where customers were there before the records began, Spell.Enter says when: they
// count among those at risk from then on only. If nobody is under observation for some
// time, the curve has a [GapWarning].
//
// # What a curve tells
//
// Every share has Greenwood's variance and an interval that is [Wilson]'s of a share if nobody
// is censored, and wider the fewer customers are left; [Limits] has the kinds of other
// programs, too. Quantiles follow the rule of the survival package of R, and so do their limits
// with those kinds; with Wilson they are the first and the last time at which the interval of
// the curve holds the share, see [Curve.Quantile]. What lies after the last observation is not
// known, and asking for it is an error rather than a guess; for the same reason a quantile may
// be "not reached". Compare groups by RestrictedMean up to one time, which needs no such guess.
//
// # Errors
//
// A spell that cannot be used is a [clientele.InputError] with its index, a bad
// configuration a [clientele.ConfigError] with all its faults. If there is no data to
// answer from, the error is [clientele.ErrEmpty] and says why.
//
// # Determinism and concurrency
//
// The order of the spells changes nothing, to the last bit. A Curve is immutable and
// may be read by many goroutines at once.
//
// # Checked against
//
// Tests compare curves, the limits that R has, quantiles, restricted means and both tests
// with the values of survfit and survdiff in R, for published studies and for a synthetic shop
// with delayed entry, ties and groups.
package survival
