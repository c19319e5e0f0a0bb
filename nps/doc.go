// Package nps measures whether customers recommend you: the net promoter score with its
// uncertainty, comparisons, trends and weights. Package
// [github.com/clientele-go/clientele/nps/survey] decides whom to ask and what to do with
// the answers.
//
//   - [Count] counts plain numbers into a [Tally], as in Count(Standard(),
//     clientele.All(numbers)), and [Tally.Interval] gives the score with a confidence
//     interval.
//   - [NewPanel] and [Panel.AddAll] count dated answers by group and period;
//     [Panel.Series] leads to [Series.Trend] and [Series.Changes].
//   - [Compare] tests whether the score changed by more than chance: the difference is
//     after − before, or treatment − control.
//   - [PostStratify] and [Rake] weight answers so that the sample matches the customer
//     base.
//   - [SampleSize.Required] says how many answers are needed.
//   - [Drivers] says which touchpoints are associated with the answers.
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
// [Tally.Exact] is the score as an exact fraction. To use another [Scale], name it:
// whatever counts answers keeps its scale, and answers on two scales are never mixed. An
// answer off the scale, or a fraction, is an error.
//
//   - [OneToTen] is the scale of 1 to 10.
//   - [CSATScale] is the scale of satisfaction: [Tally.TopBox] is CSAT.
//   - [CESScale] is the scale of effort: [Tally.MeanInterval] is CES.
//
// # From a CSV file
//
// With the columns day, group and answer:
//
//	var days clientele.Periods // in UTC; Calendar.Open counts the days of a zone
//	rows := csv.NewReader(file)
//	_, err := rows.Read() // the header
//	answers := clientele.Read(func() (nps.Answer, error) {
//		row, err := rows.Read()
//		if err != nil {
//			return nps.Answer{}, err
//		}
//		day, err := days.ParseDate(row[0])
//		value, wrong := strconv.Atoi(row[2])
//		return nps.Answer{At: day, Group: row[1], Value: value}, errors.Join(err, wrong)
//	})
//	panel, err := nps.NewPanel(nps.PanelConfig{Calendar: clientele.Calendar{Unit: clientele.Month}})
//	err = panel.AddAll(answers)
//	score, err := panel.Total().Interval(nps.AdjustedT, 0.95)
//
// # Intervals
//
// [Tally.Interval] knows six methods: see [Method]. [AdjustedT] is the default, since it is
// a closed form, has a width even if all answers are alike, and covered the true score in
// at least 94.2 % of samples at 95 % in the table below. [Goodman] is valid for
// the score and all other linear combinations of the three shares at once, and so is wider
// than the score alone needs.
//
//   - [Tally.Posterior] is the Bayesian answer, with any Dirichlet prior.
//   - [Tally.Bootstrap] resamples the answers.
//   - [Tally.Shares] gives the shares of the three attitudes with intervals that are valid
//     together, as [Tally.GoodmanShares] does, [Tally.EachShare] with intervals that are valid one by one.
//
// # Comparisons
//
// Every difference is after − before, or treatment − control; the group before, or the
// control, is the first argument. A positive difference means that the second score is
// higher.
//
//   - [Compare] gives the difference of two scores, its interval and its p-value;
//     [CompareWeighted] does so with weights.
//   - [CompareTarget] compares a score with a goal that was set.
//   - [CompareAll] compares many groups, with p-values adjusted for their number.
//   - [Equivalent] tests whether a difference is small enough not to matter.
//   - [ChiSquare], [RankSum] and [Permutation] are other tests: of the shares, of the
//     answers themselves, and without an approximation.
//   - [Detectable.Required] says how many answers a test needs to find a difference.
//
// # Groups and time
//
// A [Panel] counts answers by group and period of a calendar, merges, and has a binary
// form and JSON. A [Series] has the periods of some of its groups.
//
//   - [Series.Trend] gives the score of each period, rolling scores, the slope per period,
//     and the current score beside the score of all time.
//   - [Series.Changes] finds where customers began to answer differently, with the
//     evidence.
//
// # Weights
//
//   - [Weighted] counts answers with weights. Its standard errors are linearised: they are
//     those of the linear approximation of the score, a ratio of two sums.
//   - [PostStratify] weights strata by their share of the population.
//   - [Rake] weights by several dimensions at once, such as region and age.
//
// # Errors, determinism, concurrency
//
// Every error says what was wrong, what is allowed and how to fix it. With no survey
// answers the error is [clientele.ErrEmpty]; no result is NaN. Where an uncertainty cannot
// be told, as with [Wald] when all answers are of one attitude, the interval has level 0 and
// the value as both limits. Interval limits are cut to the possible range where the comments
// say so. Results depend on their arguments alone, and not on the order in which answers are
// counted or tallies merged; randomness comes from a source of math/rand/v2 that is passed
// in, such as rand.NewPCG(1, 2). Values may be read by many goroutines at once, but not
// while one changes them.
//
// # How often intervals cover the true score
//
// Coverage in % of samples, for intervals of 95 %, by the true shares of detractors,
// passives and promoters and the number of answers n. All samples are enumerated; the last
// three columns were enumerated up to 50 answers. Samples without an interval, of level 0,
// count as not covered.
//
//	                      n  adjusted t  adjusted Wald  Wald     t  score  Goodman  uniform  Jeffreys  bootstrap
//	15/35/50 %            1       100.0          100.0   0.0   0.0   65.0      0.0    100.0     100.0        0.0
//	                      3        99.7           91.8  75.0  82.9   87.5     75.0     97.3      91.8       75.0
//	                      5        97.3           95.6  81.5  94.9   95.6     82.7     95.6      95.6       82.7
//	                     10        96.8           95.8  89.4  91.7   94.5     95.7     96.5      95.8       89.7
//	                     20        96.3           94.5  92.8  94.2   95.0     97.0     95.0      94.8       96.0
//	                     50        95.6           94.9  93.8  94.8   95.1     97.8     95.4      95.0       94.9
//	                    200        95.1           95.0  94.7  95.0   95.0     98.4
//	                   1000        95.0           95.0  95.0  95.0   95.0     98.5
//	2/18/80 %             1       100.0           80.0   0.0   0.0   80.0      0.0     80.0      80.0        0.0
//	                      3        99.1           89.6  47.9  48.2   89.6     48.0     85.8      89.6       48.0
//	                      5        94.2           94.0  66.6  66.8   77.4     66.6     73.7      94.0       66.6
//	                     10        96.7           93.7  88.6  88.8   87.9     88.8     87.3      96.3       88.6
//	                     20        96.6           96.0  92.6  93.2   91.2     93.4     90.1      96.0       92.6
//	                     50        96.2           94.9  92.4  92.7   93.3     96.7     93.4      95.2       96.0
//	                   1000        95.1           95.1  94.8  94.9   94.9     98.5
//	0.5/4.5/95 %          1        99.5           95.0   0.0   0.0   95.0      0.0      0.0      95.0        0.0
//	                      3        99.3           85.7  13.5  14.3   85.7     14.2      0.0      85.7       14.2
//	                      5        97.7           95.7  22.5  22.6   77.4     22.5     77.4      77.4       22.5
//	                     10        98.8           91.4  40.0  40.1   91.4     40.1     59.9      91.4       39.0
//	                     20        98.4           96.8  63.9  64.1   77.0     64.1     73.6      92.3       63.9
//	                     50        96.2           96.2  92.0  92.1   89.6     92.3     84.9      95.7       91.1
//	                    200        96.2           96.2  91.3  91.3   93.6     95.8
//	                   1000        95.4           95.4  94.5  94.5   94.7     98.1
//	48/4/48 %             1       100.0          100.0   0.0   0.0   96.0      0.0    100.0     100.0        0.0
//	                      3       100.0          100.0  72.3  77.9  100.0     72.3    100.0     100.0       77.9
//	                      5        94.9           92.8  92.4  92.8   92.8     92.4     94.9      92.8       92.4
//	                     10        97.1           91.3  87.3  97.1   97.1     97.1     97.1      97.1       97.1
//	                     50        94.9           94.8  94.0  94.9   94.9     98.2     94.9      94.9       96.2
//	                   1000        95.0           94.9  94.9  94.9   95.0     98.5
//	least of 66 cases              94.2           80.0   0.0   0.0    4.0      0.0      0.0      77.4        0.0
//	from 5 answers on              94.2           91.3  18.4  18.5   18.5     18.4     59.9      77.4       18.4
//
// The columns are [AdjustedT], [AdjustedWald], [Wald], [TrinomialT], [ScoreInterval] and
// [Goodman]; uniform and Jeffreys are posteriors with [UniformPrior] and [JeffreysPrior]. To compute the figures:
//
//	go test ./nps -run TestCoverage -v -coverage 1000
//
// Of 5, 10 and 30 answers in three strata, the intervals of [PostStratify] and [Rake] hold
// the true score in 100 %, 98 to 100 % and 96 to 98 % of samples: go test ./nps -run
// TestStrataCoverage -v.
package nps
