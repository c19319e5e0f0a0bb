package docs_test

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
)

// mood is the true shares of detractors, passives and promoters.
type mood [3]float64

func (m mood) score() float64 { return 100 * (m[2] - m[0]) }

func (m mood) String() string {
	return fmt.Sprintf("%g/%g/%g %%", 100*m[0], 100*m[1], 100*m[2])
}

var moods = []mood{{0.15, 0.35, 0.5}, {0.3, 0.4, 0.3}, {0.02, 0.18, 0.8}, {0.48, 0.04, 0.48}}

// tallied counts answers of each attitude.
func tallied(detractors, passives, promoters int) nps.Tally {
	t, err := nps.NewTally(nps.Standard())
	check(err)
	check(t.AddN(3, uint64(detractors)))
	check(t.AddN(8, uint64(passives)))
	check(t.AddN(10, uint64(promoters)))
	return t
}

// sampled are n answers.
func (m mood) sampled(rng *rand.Rand, n int) nps.Tally {
	var counts [3]int
	for range n {
		counts[drawn(rng, m[:])]++
	}
	return tallied(counts[0], counts[1], counts[2])
}

// answer is one of the three answers that tallied counts.
func (m mood) answer(rng *rand.Rand) int { return [...]int{3, 8, 10}[drawn(rng, m[:])] }

// moodWorlds try an interval with every sample of answers.
func moodWorlds(truth func(m mood) float64, interval func(t nps.Tally) (clientele.Estimate, error)) (worlds []world) {
	for _, m := range moods {
		worlds = append(worlds, world{name: m.String(), every: func(n int, tell func(float64, outcome)) {
			m.every(n, func(p float64, t nps.Tally) {
				e, err := interval(t)
				tell(p, judge(e, err, truth(m)))
			})
		}})
	}
	return worlds
}

// every yields all samples of n answers but the least likely.
func (m mood) every(n int, yield func(p float64, t nps.Tally)) {
	for detractors := range n + 1 {
		for promoters := range n - detractors + 1 {
			p := binomial(n, detractors, m[0]) * binomial(n-detractors, promoters, m[2]/(1-m[0]))
			if p > 1e-7 {
				yield(p, tallied(detractors, n-detractors-promoters, promoters))
			}
		}
	}
}

// pairWorlds compare two groups, alike or not, of as many answers or three times as many
// before.
func pairWorlds(compare func(before, after nps.Tally) (clientele.Estimate, error)) (worlds []world) {
	for _, times := range []int{1, 3} {
		for i, before := range moods {
			after := moods[(i+1)%len(moods)]
			for _, then := range []mood{before, after} {
				w := world{name: fmt.Sprintf("%v, then %v", before, then), null: then == before}
				if times > 1 {
					w.name += fmt.Sprintf(", %d n before", times)
				}
				w.sample = func(rng *rand.Rand, n int) outcome {
					e, err := compare(before.sampled(rng, times*n), then.sampled(rng, n))
					return judge(e, err, then.score()-before.score())
				}
				worlds = append(worlds, w)
			}
		}
	}
	return worlds
}

// series are periods of n answers each, of the first mood and from a period on of another.
func series(rng *rand.Rand, n int, moods []mood) *nps.Series {
	p, err := nps.NewPanel(nps.PanelConfig{})
	check(err)
	for day, m := range moods {
		for range n {
			check(p.Add(nps.Answer{At: atDay(float64(day)), Value: m.answer(rng)}))
		}
	}
	s, err := p.Series()
	check(err)
	return s
}

// weighted are n answers whose weights have nothing to do with them.
func (m mood) weighted(rng *rand.Rand, n int) nps.Weighted {
	t, err := nps.NewWeighted(nps.Standard())
	check(err)
	for range n {
		check(t.Add(m.answer(rng), math.Exp(0.5*rng.NormFloat64())))
	}
	return t
}

func weightedWorlds(method nps.Method) (worlds []world) {
	for _, m := range moods {
		worlds = append(worlds, world{name: m.String(), sample: func(rng *rand.Rand, n int) outcome {
			e, err := m.weighted(rng, n).Interval(method, 0)
			return judge(e, err, m.score())
		}})
	}
	return worlds
}

// strataWorlds weight two strata, of which the second is twice as large and answers as the
// mood after the first.
func strataWorlds(interval func(rng *rand.Rand, n int, first, second mood) (clientele.Estimate, error)) (worlds []world) {
	for i, first := range moods {
		second := moods[(i+1)%len(moods)]
		worlds = append(worlds, world{name: fmt.Sprintf("%v and %v", first, second), sample: func(rng *rand.Rand, n int) outcome {
			e, err := interval(rng, n, first, second)
			return judge(e, err, (first.score()+2*second.score())/3)
		}})
	}
	return worlds
}

func raked(rng *rand.Rand, n int, first, second mood) (clientele.Estimate, error) {
	var sample []nps.Respondent
	for range n {
		sample = append(sample,
			nps.Respondent{Answer: first.answer(rng), Categories: []string{"north", fmt.Sprint(rng.IntN(2))}},
			nps.Respondent{Answer: second.answer(rng), Categories: []string{"south", fmt.Sprint(rng.IntN(2))}})
	}
	r, err := nps.Rake(clientele.All(sample), []nps.Dimension{
		{Name: "region", Categories: []nps.Category{{Name: "north", Population: 1}, {Name: "south", Population: 2}}},
		{Name: "age", Categories: []nps.Category{{Name: "0", Population: 1}, {Name: "1", Population: 1}}},
	}, nps.RakeConfig{})
	if err != nil {
		return clientele.Estimate{}, err
	}
	return r.Score, nil
}

func stratified(rng *rand.Rand, n int, first, second mood) (clientele.Estimate, error) {
	s, err := nps.PostStratify([]nps.Stratum{
		{Name: "north", Tally: first.sampled(rng, n), Population: 1}, {Name: "south", Tally: second.sampled(rng, n), Population: 2},
	}, 0)
	return s.Score, err
}

// publishedMethod is why intervals stay as they are that the host chooses by name.
const publishedMethod = "a published method that the host chooses by name, as it was published; the default reaches the standard"

func npsStudies() []study {
	method := func(m nps.Method) []world {
		return moodWorlds(mood.score, func(t nps.Tally) (clientele.Estimate, error) { return t.Interval(m, 0) })
	}
	compare := func(test nps.Test) []world {
		return pairWorlds(func(before, after nps.Tally) (clientele.Estimate, error) {
			c, err := nps.Compare(before, after, nps.CompareConfig{Test: test})
			return c.Difference, err
		})
	}
	const answers = "answers"
	return []study{{
		method: "Score, adjusted t",
		least:  94,
		unit:   answers,
		tells: []string{
			"nps.Tally.Interval", "nps.Attitudes.Interval", "nps.TrendScore.Score", "survey.WordOfMouthReport.Score",
			"survey.ReferralStats.Gap", "survey.LoopGroup.Change",
		},
		worlds: method(nps.AdjustedT),
	}, {
		method: "Score, adjusted Wald",
		except: publishedMethod,
		least:  89,
		unit:   answers,
		note:   "Published, and chosen by its name: of 3 answers, as they are of few kinds, it holds the score in 89.6 % of samples of one world.",
		tells:  []string{"nps.Tally.Interval (chosen by the host)"},
		worlds: method(nps.AdjustedWald),
	}, {
		method: "Score, Wald",
		except: publishedMethod,
		least:  75,
		unit:   answers,
		note:   "Published, and chosen by its name. It is the normal interval of a variance that few answers estimate too low: believe it from 50 answers on.",
		tells:  []string{"nps.Tally.Interval (chosen by the host)"},
		worlds: method(nps.Wald),
	}, {
		method: "Score, trinomial t",
		except: publishedMethod,
		least:  89,
		unit:   answers,
		note:   "Published, and chosen by its name. It is not told where answers are all of one attitude, and where that is likely the others are not like all samples.",
		tells:  []string{"nps.Tally.Interval (chosen by the host)"},
		worlds: method(nps.TrinomialT),
	}, {
		method: "Score, score interval",
		except: publishedMethod,
		least:  69,
		unit:   answers,
		note:   "Published, and chosen by its name. It takes the share of promoters and detractors as observed, which is all where there are no others.",
		tells:  []string{"nps.Tally.Interval (chosen by the host)"},
		worlds: method(nps.ScoreInterval),
	}, {
		method: "Score, Goodman",
		except: publishedMethod,
		least:  75,
		unit:   answers,
		note:   "Published, and chosen by its name. It is meant for all scores with other weights too, and is the normal interval of few answers all the same.",
		tells:  []string{"nps.Tally.Interval (chosen by the host)"},
		worlds: method(nps.Goodman),
	}, {
		method: "Score, posterior with the prior of Jeffreys",
		except: publishedMethod,
		least:  89,
		unit:   answers,
		note:   "The prior is chosen by the host. It is an interval of credibility: it holds the score as often as its level says on average over the prior, not for each score.",
		tells:  []string{"nps.Posterior.Interval"},
		worlds: moodWorlds(mood.score, func(t nps.Tally) (clientele.Estimate, error) {
			p, err := t.Posterior(nps.JeffreysPrior())
			check(err)
			return p.Interval(0)
		}),
	}, {
		method: "Score, bootstrap",
		except: publishedMethod,
		least:  82,
		unit:   answers,
		note:   "Published, and chosen by its name. Resamples know no answers but those that were given, which are too few below 10.",
		tells:  []string{"nps.Tally.Bootstrap"},
		worlds: moodWorlds(mood.score, func(t nps.Tally) (clientele.Estimate, error) { return t.Bootstrap(0, 399, rand.NewPCG(1, 2)) }),
	}, {
		method: "Shares of attitudes together",
		least:  95,
		unit:   answers,
		tells:  []string{"nps.ShareIntervals.Detractors", "nps.ShareIntervals.Passives", "nps.ShareIntervals.Promoters"},
		worlds: shareWorldsOf(nps.Tally.Shares),
	}, {
		method: "Shares of attitudes together, Goodman",
		except: publishedMethod,
		least:  86,
		unit:   answers,
		note:   "Published, and chosen by its name. It is made of Wilson's intervals, each of which keeps its level on average over shares.",
		tells: []string{
			"nps.ShareIntervals.Detractors (chosen by the host)", "nps.ShareIntervals.Passives (chosen by the host)", "nps.ShareIntervals.Promoters (chosen by the host)",
		},
		worlds: shareWorldsOf(nps.Tally.GoodmanShares),
	}, {
		method: "Weighted score",
		least:  95,
		unit:   answers,
		tells:  []string{"nps.Weighted.Interval (AdjustedT)"},
		worlds: weightedWorlds(nps.AdjustedT),
	}, {
		method: "Weighted score, adjusted Wald",
		except: publishedMethod,
		least:  82,
		unit:   answers,
		note:   "Chosen by its name. Answers of other weights come near its limits, where those of equal weights lie within: take the adjusted t.",
		tells:  []string{"nps.Weighted.Interval (AdjustedWald, chosen by the host)"},
		worlds: weightedWorlds(nps.AdjustedWald),
	}, {
		method: "Weighted score, Wald",
		except: publishedMethod,
		least:  84,
		unit:   answers,
		note:   "Published, and chosen by its name, as for the score without weights.",
		tells:  []string{"nps.Weighted.Interval (Wald, chosen by the host)"},
		worlds: weightedWorlds(nps.Wald),
	}, {
		method: "Score by strata",
		least:  93,
		unit:   "answers of each of two strata",
		tells:  []string{"nps.Stratified.Score"},
		worlds: strataWorlds(stratified),
	}, {
		method: "Raked score",
		least:  93,
		unit:   "answers of each of two regions",
		tells:  []string{"nps.Raking.Score"},
		worlds: strataWorlds(raked),
	}, {
		method: "Difference of scores, adjusted Welch",
		least:  92, most: 6.5,
		unit:   "answers of each group; before there are as many, or three times as many",
		tells:  []string{"nps.Comparison.Difference"},
		worlds: compare(nps.AdjustedWelchTest),
	}, {
		method: "Difference of scores, adjusted",
		except: publishedMethod,
		least:  86, most: 7,
		note:   "Chosen by its name.",
		unit:   "answers of each group; before there are as many, or three times as many",
		tells:  []string{"nps.Comparison.Difference (chosen by the host)"},
		worlds: compare(nps.AdjustedTest),
	}, {
		method: "Difference of scores, Wald and pooled",
		except: publishedMethod,
		least:  59, most: 33,
		note:   "Published, and chosen by its name: as for the score, believe it from 50 answers of each group on.",
		unit:   "answers of each group; before there are as many, or three times as many",
		tells:  []string{"nps.Comparison.Difference (chosen by the host)"},
		worlds: compare(nps.WaldTest),
	}, {
		method: "Difference from a target",
		least:  94,
		unit:   answers,
		tells:  []string{"nps.Comparison.Difference of CompareTarget"},
		worlds: moodWorlds(func(m mood) float64 { return m.score() - 10 }, func(t nps.Tally) (clientele.Estimate, error) {
			c, err := nps.CompareTarget(10, t, nps.CompareConfig{})
			return c.Difference, err
		}),
	}, {
		method: "Difference of weighted scores",
		least:  93, most: 6,
		unit:   "answers of each group; before there are as many, or three times as many",
		tells:  []string{"nps.Comparison.Difference of CompareWeighted"},
		worlds: weightedPairs(),
	}, {
		method: "Difference within a margin, at level 0.90",
		level:  0.90,
		least:  85, most: 11,
		note:  "At level 0.90, 10 % of claims are what the level allows, and 85 % of samples of a handful what the others have at 0.95.",
		unit:  "answers of each group; before there are as many, or three times as many",
		tells: []string{"nps.Equivalence.Difference"},
		worlds: pairWorlds(func(before, after nps.Tally) (clientele.Estimate, error) {
			e, err := nps.Equivalent(before, after, 20, 0)
			return e.Difference, err
		}),
	}, {
		method: "Flag of equivalence, at the margin",
		unit:   "answers of each group",
		tells:  []string{"nps.Equivalence.Difference (Equivalent)"},
		worlds: []world{{name: "20 points apart, margin 20", null: true, sample: func(rng *rand.Rand, n int) outcome {
			e, err := nps.Equivalent(mood{0.3, 0.4, 0.3}.sampled(rng, n), mood{0.2, 0.4, 0.4}.sampled(rng, n), 20, 0)
			check(err)
			return flagged(e.Equivalent)
		}}},
	}, {
		method: "Difference at the likeliest change",
		least:  97, most: 4,
		note:   "The period is picked because it differs most, and the interval allows for as many periods as could have been.",
		unit:   "answers of each of six periods",
		tells:  []string{"nps.Change.Difference"},
		worlds: changeWorlds(func(c *nps.Changes, truth float64) outcome { return judge(c.Likeliest.Difference, nil, truth) }),
	}, {
		method: "Flag of a change found",
		most:   6,
		unit:   "answers of each of six periods",
		tells:  []string{"nps.Change.Difference (Found)"},
		worlds: changeWorlds(func(c *nps.Changes, _ float64) outcome { return flagged(len(c.Found) > 0) })[:2],
	}, {
		method: "Slope of a score over periods",
		least:  99, most: 1,
		unit:   "answers of each of five periods",
		tells:  []string{"nps.TrendLine.Slope"},
		worlds: slopes(),
	}}
}

// shareWorldsOf try the intervals of the three shares, which hold the truth if all do.
func shareWorldsOf(of func(t nps.Tally, level float64) (nps.ShareIntervals, error)) (worlds []world) {
	for _, m := range moods {
		worlds = append(worlds, world{name: m.String(), every: func(n int, tell func(float64, outcome)) {
			m.every(n, func(p float64, t nps.Tally) {
				s, err := of(t, 0)
				all := outcome{true, true}
				for i, e := range []clientele.Estimate{s.Detractors, s.Passives, s.Promoters} {
					o := judge(e, err, m[i])
					all.told, all.holds = all.told && o.told, all.holds && o.holds
				}
				tell(p, all)
			})
		}})
	}
	return worlds
}

func weightedPairs() (worlds []world) {
	for _, times := range []int{1, 3} {
		for i, before := range moods {
			for _, after := range []mood{before, moods[(i+1)%len(moods)]} {
				w := world{name: fmt.Sprintf("%v, then %v", before, after), null: after == before}
				if times > 1 {
					w.name += fmt.Sprintf(", %d n before", times)
				}
				w.sample = func(rng *rand.Rand, n int) outcome {
					c, err := nps.CompareWeighted(before.weighted(rng, times*n), after.weighted(rng, n), nps.CompareConfig{})
					return judge(c.Difference, err, after.score()-before.score())
				}
				worlds = append(worlds, w)
			}
		}
	}
	return worlds
}

// changeWorlds are of six periods that do not differ, or whose last ones do. The truth is the
// difference of the true scores before and after the likeliest change.
func changeWorlds(of func(c *nps.Changes, truth float64) outcome) (worlds []world) {
	try := func(name string, periods ...mood) {
		null := periods[0] == periods[5]
		worlds = append(worlds, world{name: name, null: null, more: 5, sample: func(rng *rand.Rand, n int) outcome {
			c, err := series(rng, n, periods).Changes(nps.ChangeConfig{AsOf: atDay(6), Replicates: 99}, rng)
			check(err)
			at := int(c.Likeliest.Before.N()) / n
			truth := 0.0
			for i, m := range periods {
				if i < at {
					truth -= m.score() / float64(at)
				} else {
					truth += m.score() / float64(len(periods)-at)
				}
			}
			return of(c, truth)
		}})
	}
	for _, m := range moods[:2] {
		try(m.String()+" always", m, m, m, m, m, m)
	}
	low, high := moods[1], moods[0]
	try(fmt.Sprintf("%v, then %v from the fourth on", low, high), low, low, low, high, high, high)
	try(fmt.Sprintf("%v, then %v from the sixth on", moods[2], low), moods[2], moods[2], moods[2], moods[2], moods[2], low)
	return worlds
}

func slopes() (worlds []world) {
	try := func(name string, truth float64, moods ...mood) {
		worlds = append(worlds, world{name: name, null: truth == 0, sample: func(rng *rand.Rand, n int) outcome {
			t, err := series(rng, n, moods).Trend(nps.TrendConfig{AsOf: atDay(5)})
			check(err)
			return judge(t.Line.Slope, nil, truth)
		}})
	}
	for _, m := range moods {
		try(m.String()+" always", 0, m, m, m, m, m)
	}
	var up []mood
	for i := range 5 {
		up = append(up, mood{0.3 - 0.05*float64(i), 0.4, 0.3 + 0.05*float64(i)})
	}
	try("10 points more in each period", 10, up...)
	return worlds
}
