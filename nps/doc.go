// Package nps tells whether customers recommend: the net promoter score with honest
// intervals, comparisons, trends and weights. Package survey, below it, decides whom to
// ask and what to do with the answers.
//
//   - [Count] counts the answers of a source into a [Tally]; [Tally.Interval] gives the
//     score with its doubt.
//   - [Compare] tells whether the score changed by more than chance: the group after less
//     the group before, treatment less control.
//   - [NewPanel] counts answers by group and month; [Panel.Series] leads to [Series.Trend]
//     and [Series.Changes].
//   - [PostStratify] and [Rake] make those who answered count as the customers they stand
//     for.
//   - [SampleSize.Required] says how many answers are needed; [Drivers] says which
//     touchpoints go with them.
//
// # The score
//
// Customers answer from 0 to 10 how likely they are to recommend. Those who say 9 or 10
// are promoters, 7 or 8 passives, 0 to 6 detractors: their [Attitude]. The score is the
// percentage of promoters less that of detractors, of all answers, in points from -100
// to 100. Passives stay in the denominator: left out, they would turn 10 promoters, 80
// passives and 10 detractors into the same as 50 and 50, and 20, 79 and 1 into a score
// of 90.
//
// A [Tally] is a value of counts: tallies of shards add up by [Tally.Merge], and
// [Tally.Exact] is the score as an exact fraction. Another [Scale] has to be asked for,
// is honoured everywhere, and is not mixed with the standard one. An answer off the
// scale, or a fraction, is an error.
//
//   - [OneToTen] is the scale of 1 to 10.
//   - [CSATScale] is that of satisfaction: [Tally.TopBox] is CSAT.
//   - [CESScale] is that of effort: [Tally.MeanInterval] is CES.
//
// # From a CSV file
//
// With the columns day, group and answer:
//
//	rows := csv.NewReader(file)
//	answers := clientele.Read(func() (nps.Answer, error) {
//		row, err := rows.Read()
//		if err != nil {
//			return nps.Answer{}, err
//		}
//		day, err := time.Parse(time.DateOnly, row[0])
//		value, wrong := strconv.Atoi(row[2])
//		return nps.Answer{At: day, Group: row[1], Value: value}, errors.Join(err, wrong)
//	})
//	panel, err := nps.NewPanel(nps.PanelConfig{Calendar: clientele.Calendar{Unit: clientele.Month}})
//	err = panel.AddAll(answers)
//	score, err := panel.Total().Interval(nps.AdjustedWald, 0.95)
//
// # Intervals
//
// [Tally.Interval] knows five methods: see [Method]. [AdjustedWald] is the default, since
// it is a closed form, doubts the score also where all answers are alike, and never
// covered less than 91.3 % of the time at 95 % in the table below. [Goodman] holds for
// all contrasts at once, and so is wider than it need be.
//
//   - [Tally.Posterior] is the Bayesian answer, with any Dirichlet prior.
//   - [Tally.Bootstrap] resamples the answers.
//   - [Tally.Shares] gives the shares of the three attitudes with intervals that hold at
//     once, [Tally.EachShare] with intervals that hold one by one.
//
// # Comparisons
//
// All run the same way: the group before, or the control, comes first, the group after,
// or the treatment, second; a positive difference means that the second score is higher.
//
//   - [Compare] tells the difference of two scores, its interval and its probability by
//     chance; [CompareWeighted] does so with weights.
//   - [CompareTarget] compares a score with a goal that was set.
//   - [CompareAll] compares many groups, with adjusted probabilities.
//   - [Equivalent] tells whether a difference is small enough not to matter.
//   - [ChiSquare], [RankSum] and [Permutation] are other tests: of shares, of the answers
//     themselves, and without an approximation.
//   - [Detectable.Required] says how many answers find a difference.
//
// # Groups and time
//
// A [Panel] counts answers by group and period of a calendar, merges, and has a binary
// form and JSON. A [Series] of it has the periods of some groups.
//
//   - [Series.Trend] gives the score of each period, rolling scores, the slope a period,
//     and the current score beside that of all time.
//   - [Series.Changes] finds where customers began to answer differently, with the
//     evidence.
//
// # Weights
//
//   - [Weighted] counts answers with weights. Its standard errors are linearised.
//   - [PostStratify] weights strata as they are in the population.
//   - [Rake] weights by several dimensions at once, such as region and age, and says how well.
//
// # Errors, determinism, concurrency
//
// Every error says what was wrong, what is allowed and what mends it. Without an answer
// every question is [clientele.ErrEmpty], never NaN. Where all answers are alike, a method
// without doubt says so with level 0 or an interval without width, as its comment tells.
// Results depend on their arguments alone; randomness is a source that is passed in.
// Values may be read by many goroutines at once, but not while one changes them.
//
// # How often intervals hold the true score
//
// In % of samples, for intervals of 95 %, by the true shares of detractors, passives and
// promoters and the number of answers n. All samples are enumerated; the last three
// columns were looked at up to 50 answers.
//
//	                      n  adjusted  Wald     t  score  Goodman  uniform  Jeffreys  bootstrap
//	15/35/50 %            5      95.6  81.5  94.9   95.6     82.7     95.6      95.6       82.7
//	                     10      95.8  89.4  91.7   94.5     95.7     96.5      95.8       89.7
//	                     20      94.5  92.8  94.2   95.0     97.0     95.0      94.8       96.0
//	                     50      94.9  93.8  94.8   95.1     97.8     95.4      95.0       94.9
//	                    200      95.0  94.7  95.0   95.0     98.4
//	                   1000      95.0  95.0  95.0   95.0     98.5
//	2/18/80 %             5      94.0  66.6  66.8   77.4     66.6     73.7      94.0       66.6
//	                     10      93.7  88.6  88.8   87.9     88.8     87.3      96.3       88.6
//	                     20      96.0  92.6  93.2   91.2     93.4     90.1      96.0       92.6
//	                     50      94.9  92.4  92.7   93.3     96.7     93.4      95.2       96.0
//	                   1000      95.1  94.8  94.9   94.9     98.5
//	0.5/4.5/95 %          5      95.7  22.5  22.6   77.4     22.5     77.4      77.4       22.5
//	                     10      91.4  40.0  40.1   91.4     40.1     59.9      91.4       39.0
//	                     20      96.8  63.9  64.1   77.0     64.1     73.6      92.3       63.9
//	                     50      96.2  92.0  92.1   89.6     92.3     84.9      95.7       91.1
//	                    200      96.2  91.3  91.3   93.6     95.8
//	                   1000      95.4  94.5  94.5   94.7     98.1
//	48/4/48 %             5      92.8  92.4  92.8   92.8     92.4     94.9      92.8       92.4
//	                     10      91.3  87.3  97.1   97.1     97.1     97.1      97.1       97.1
//	                     50      94.8  94.0  94.9   94.9     98.2     94.9      94.9       96.2
//	                   1000      94.9  94.9  94.9   95.0     98.5
//	least of 48 cases            91.3  22.5  22.6   77.0     22.5     59.9      77.4       22.5
//
// Adjusted is [AdjustedWald], t is [TrinomialT], score is [ScoreInterval]; uniform and
// Jeffreys are posteriors with these priors. The figures are those of
//
//	go test ./nps -run TestCoverage -v -coverage 1000
package nps
