// Package nps tells whether customers recommend: the net promoter score with honest
// intervals, tests, trends and survey rules, and what to do with the answers.
//
// # The score
//
// Customers answer from 0 to 10 how likely they are to recommend. Those who say 9 or 10
// are promoters, 7 or 8 passives, 0 to 6 detractors, and the score is the percentage of
// promoters less that of detractors, of all answers. Passives, the neutrals, stay in the
// denominator: leaving them out would turn 10 promoters, 80 passives and 10 detractors
// into the same as 50 and 50, and 20, 79 and 1 into a score of 90. Scores are in points
// from -100 to 100; [Tally.Exact] is the exact fraction.
//
//	tally, err := nps.Count(nps.Scale{}, answers)     // counts, on 0 to 10
//	score, err := tally.Interval(nps.AdjustedWald, 0.95) // the score and its doubt
//	d, err := nps.Compare(after, before, nps.CompareConfig{})
//
// A [Tally] is a value of counts: tallies of shards add up by [Tally.Merge]. Another
// [Scale] has to be asked for, is honoured everywhere, and is not mixed with the
// standard one: 1 to 10 is [OneToTen], and CSAT and CES are tallies on [CSATScale] and
// [CESScale], told by [Tally.TopBox] and [Tally.MeanInterval]. An answer off the scale,
// or a fraction, is an error.
//
// # Intervals
//
// [Tally.Interval] knows five methods, [Tally.Posterior] the Bayesian answer with any
// Dirichlet prior, [Tally.Bootstrap] the resampled one. How often 95 % intervals hold the
// true score, in %, by the true shares of detractors, passives and promoters and the
// number of answers; all samples are enumerated:
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
// The last three columns were looked at up to 50 answers. Hence the default:
// [AdjustedWald] is a closed form, doubts the score also where all answers are alike, and
// never covered less than 91.3 %. Goodman's interval holds for all contrasts at once, and
// so is wider than it need be.
//
//	go test ./nps -run TestCoverage -v -coverage 1000
//
// # Comparing, planning
//
// [Compare] tells the signed difference of two scores, [CompareAll] those of many groups
// with adjusted probabilities, [Equivalent] whether a difference is small enough not to
// matter; [ChiSquare], [RankSum] and [Permutation] are other tests. [SampleSize] and
// [Detectable] say how many answers are needed.
//
// # Groups and time
//
// A [Panel] counts answers by group and period of a calendar. A [Series] of it has the
// periods of some groups, with [Series.Trend] (rolling scores, the slope a period, the
// current score beside that of all time) and [Series.Changes], which finds where the
// answers became others, with its evidence.
//
// # Whose answers
//
// [Weighted] counts answers with weights, [PostStratify] weights strata as they are in
// the population, [Rake] meets several margins at once and says how well. Standard errors
// are linearised. [Drivers] tells which ratings go with the recommendation.
//
// # Asking, and then
//
// A [SurveyPolicy] says who may be asked what, how often and by which channel;
// [Surveyor.Decide] answers for one customer now, with all reasons not to. [Follow] makes
// of an answer what has to be done: call a detractor back, invite a promoter to refer, ask
// a passive why. [WordOfMouth] compares what customers said with the referrals that were
// observed.
//
// # Errors, determinism, concurrency
//
// Without an answer every question is [clientele.ErrEmpty], never NaN. Where all answers
// are alike a method without doubt says so with level 0 or an interval without width, as
// its comment tells. Results depend on their arguments alone; randomness is a source that
// is passed in. Values may be read by many goroutines at once, but not while one changes
// them.
package nps
