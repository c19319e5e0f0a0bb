package nps_test

import (
	"encoding/json"
	"errors"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// asked is one customer's answer with all that the package can be told of it.
type asked struct {
	nps.Answer
	weight  float64
	region  string
	ratings []float64
}

// collected are the same answers in some order, counted in shards that were merged.
type collected struct {
	all      []asked
	tally    nps.Tally
	weighted nps.Weighted
	panel    *nps.Panel
	by       map[string]nps.Tally
}

// drawAsked draws customers of a seed.
func drawAsked(rng *rand.Rand, n int) (all []asked) {
	for i := range n {
		a := asked{weight: rng.ExpFloat64() * 1e3, region: []string{"north", "south"}[rng.IntN(2)]}
		a.At, a.Group, a.Value = noonOf(2025, 1, 1+rng.IntN(200)), string(rune('a'+i%3)), rng.IntN(11)
		if i%10 == 0 {
			a.weight *= 1e-9
		}
		for range 3 {
			a.ratings = append(a.ratings, rng.NormFloat64()+float64(a.Value)/10)
		}
		all = append(all, a)
	}
	return all
}

// collect counts answers in shards, and merges these from either end.
func collect(t *testing.T, all []asked, shards int, backwards bool) collected {
	t.Helper()
	parts := make([]collected, shards)
	for i := range parts {
		parts[i].panel = newPanel(t, nps.PanelConfig{Calendar: monthly})
	}
	for i, a := range all {
		p := &parts[i*shards/len(all)]
		if err := errors.Join(p.tally.Add(a.Value), p.weighted.Add(a.Value, a.weight), p.panel.Add(a.Answer)); err != nil {
			t.Fatal(err)
		}
	}
	whole := collected{all: all, panel: newPanel(t, nps.PanelConfig{Calendar: monthly}), by: make(map[string]nps.Tally)}
	for i := range parts {
		p := &parts[i]
		if backwards {
			p = &parts[shards-1-i]
		}
		if err := errors.Join(whole.tally.Merge(p.tally), whole.weighted.Merge(p.weighted), whole.panel.Merge(p.panel)); err != nil {
			t.Fatal(err)
		}
	}
	for _, a := range all {
		group := whole.by[a.Group]
		if err := group.Add(a.Value); err != nil {
			t.Fatal(err)
		}
		whole.by[a.Group] = group
	}
	return whole
}

// values are the answers alone.
func (c collected) values() (all []int) {
	for _, a := range c.all {
		all = append(all, a.Value)
	}
	return all
}

// strata are the groups in the order in which they came.
func (c collected) strata() (all []nps.Stratum) {
	seen := make(map[string]bool)
	for _, a := range c.all {
		if !seen[a.Group] {
			all = append(all, nps.Stratum{Name: a.Group, Tally: c.by[a.Group], Population: 1 / float64(a.Group[0])})
		}
		seen[a.Group] = true
	}
	return all
}

// tallies are those of the groups in the order in which they came.
func (c collected) tallies() (all []nps.Tally) {
	for _, s := range c.strata() {
		all = append(all, s.Tally)
	}
	return all
}

func (c collected) raking() *nps.Raking {
	sample := func(yield func(nps.Respondent, error) bool) {
		for _, a := range c.all {
			if !yield(nps.Respondent{Answer: a.Value, Categories: []string{a.Group, a.region}, Weight: a.weight}, nil) {
				return
			}
		}
	}
	r := verify.Must(nps.Rake(sample, []nps.Dimension{dimension("group", "a", 5., "b", 2.5, "c", 0.1), dimension("region", "north", 1., "south", 3.)}, nps.RakeConfig{MaxWeight: 20}))
	// Weights are in the order of the sample: here, in that of the answers.
	slices.Sort(r.Weights)
	return r
}

func (c collected) drivers() *nps.DriverReport {
	responses := func(yield func(nps.Response, error) bool) {
		for _, a := range c.all {
			if !yield(response(a.Value, a.ratings...), nil) {
				return
			}
		}
	}
	return verify.Must(nps.Drivers(responses, []string{"x", "y", "z"}, nps.DriverConfig{Resamples: 100, Source: rand.NewPCG(5, 6)}))
}

func (c collected) series() *nps.Series { return verify.Must(c.panel.Series("c", "a")) }

func (c collected) posterior() nps.Posterior {
	return verify.Must(c.tally.Posterior(nps.JeffreysPrior()))
}

// pairsOf is a sequence of counts.
func pairsOf(all iter.Seq2[int, uint64]) (pairs [][2]uint64) {
	for answer, n := range all {
		pairs = append(pairs, [2]uint64{uint64(answer), n})
	}
	return pairs
}

// inAnyOrder are all answers about customers.
var inAnyOrder = []struct {
	name   string
	answer func(c collected) any
}{
	{"Count", func(c collected) any { return verify.Must(nps.Count(nps.Standard(), clientele.All(c.values()))) }},
	{"Tally.All", func(c collected) any { return pairsOf(c.tally.All()) }},
	{"Tally.Attitudes", func(c collected) any { return c.tally.Attitudes() }},
	{"Tally.Bootstrap", func(c collected) any { return verify.Must(c.tally.Bootstrap(0, 40, rand.NewPCG(1, 2))) }},
	{"Tally.Count", func(c collected) any { return c.tally.Count(9) }},
	{"Tally.EachShare", func(c collected) any { return verify.Must(c.tally.EachShare(0)) }},
	{"Tally.Exact", func(c collected) any { return verify.Must(c.tally.Exact()) }},
	{"Tally.Interval", func(c collected) any { return verify.Must(c.tally.Interval(nps.ScoreInterval, 0)) }},
	{"Tally.Mean", func(c collected) any { return verify.Must(c.tally.Mean()) }},
	{"Tally.MeanInterval", func(c collected) any { return verify.Must(c.tally.MeanInterval(0)) }},
	{"Tally.N", func(c collected) any { return c.tally.N() }},
	{"Tally.Posterior", func(c collected) any { return verify.Must(c.posterior().Interval(0)) }},
	{"Posterior", func(c collected) any {
		p := c.posterior()
		return []any{p.Mean(), p.StdDev(), p.Parameters(), verify.Must(p.Above(10)), verify.Must(p.Quantile(0.3))}
	}},
	{"Tally.Score", func(c collected) any { return verify.Must(c.tally.Score()) }},
	{"Tally.GoodmanShares", func(c collected) any { return verify.Must(c.tally.GoodmanShares(0)) }},
	{"Tally.Shares", func(c collected) any { return verify.Must(c.tally.Shares(0)) }},
	{"Tally.StdErr", func(c collected) any { return verify.Must(c.tally.StdErr()) }},
	{"Tally.TopBox", func(c collected) any { return verify.Must(c.tally.TopBox(0)) }},
	{"Tally.Variance", func(c collected) any { return verify.Must(c.tally.Variance()) }},
	{"Weighted", func(c collected) any { return c.weighted }},
	{"Weighted.Attitudes", func(c collected) any { return c.weighted.Attitudes() }},
	{"Weighted.Count", func(c collected) any { return c.weighted.Count(9) }},
	{"Weighted.DesignEffect", func(c collected) any { return verify.Must(c.weighted.DesignEffect()) }},
	{"Weighted.EffectiveN", func(c collected) any { return verify.Must(c.weighted.EffectiveN()) }},
	{"Weighted.Idle", func(c collected) any { return c.weighted.Idle() }},
	{"Weighted.Interval", func(c collected) any {
		return []clientele.Estimate{verify.Must(c.weighted.Interval(nps.AdjustedWald, 0)), verify.Must(c.weighted.Interval(nps.Wald, 0))}
	}},
	{"Weighted.Mean", func(c collected) any { return verify.Must(c.weighted.Mean()) }},
	{"Weighted.N", func(c collected) any { return c.weighted.N() }},
	{"Weighted.Score", func(c collected) any { return verify.Must(c.weighted.Score()) }},
	{"Weighted.StdErr", func(c collected) any { return verify.Must(c.weighted.StdErr()) }},
	{"Weighted.Unweighted", func(c collected) any { return c.weighted.Unweighted() }},
	{"Weighted.Weight", func(c collected) any { return c.weighted.Weight() }},
	{"Panel", func(c collected) any { return c.panel }},
	{"Panel.AppendBinary", func(c collected) any { return verify.Must(c.panel.AppendBinary(nil)) }},
	{"Panel.MarshalBinary", func(c collected) any { return verify.Must(c.panel.MarshalBinary()) }},
	{"Panel.Group", func(c collected) any {
		tally, _ := c.panel.Group("b")
		return tally
	}},
	{"Panel.Groups", func(c collected) any { return c.panel.Groups() }},
	{"Panel.N", func(c collected) any { return c.panel.N() }},
	{"Panel.Series", func(c collected) any { return c.series() }},
	{"Panel.Total", func(c collected) any { return c.panel.Total() }},
	{"Series.Changes", func(c collected) any {
		return verify.Must(c.series().Changes(nps.ChangeConfig{AsOf: noonOf(2026, 1, 1), Replicates: 30}, rand.NewPCG(1, 2)))
	}},
	{"Series.Periods", func(c collected) any { return c.series().Periods() }},
	{"Series.Total", func(c collected) any { return c.series().Total() }},
	{"Series.Trend", func(c collected) any {
		return verify.Must(c.series().Trend(nps.TrendConfig{AsOf: noonOf(2026, 1, 1), Rolling: 3}))
	}},
	{"Drivers", func(c collected) any { return c.drivers() }},
	{"DriverReport.Ranked", func(c collected) any { return c.drivers().Ranked() }},
	{"Rake", func(c collected) any { return c.raking() }},
	{"PostStratify", func(c collected) any { return verify.Must(nps.PostStratify(c.strata(), 0)) }},
	{"Compare", func(c collected) any { return verify.Must(nps.Compare(c.by["a"], c.by["b"], nps.CompareConfig{})) }},
	{"CompareAll", func(c collected) any { return verify.Must(nps.CompareAll(c.by, nps.CompareAllConfig{Rest: true})) }},
	{"CompareTarget", func(c collected) any {
		return verify.Must(nps.CompareTarget(20, c.tally, nps.CompareConfig{Test: nps.PooledTest}))
	}},
	{"CompareWeighted", func(c collected) any {
		var fresh nps.Weighted
		for _, a := range c.all {
			_ = fresh.Add(10-a.Value, a.weight) // on the scale
		}
		return verify.Must(nps.CompareWeighted(c.weighted, fresh, nps.CompareConfig{}))
	}},
	{"ChiSquare", func(c collected) any { return verify.Must(nps.ChiSquare(c.tallies()...)) }},
	{"Equivalent", func(c collected) any { return verify.Must(nps.Equivalent(c.by["a"], c.by["b"], 10, 0)) }},
	{"Permutation", func(c collected) any {
		return verify.Must(nps.Permutation(c.by["a"], c.by["b"], 20, rand.NewPCG(1, 2)))
	}},
	{"RankSum", func(c collected) any { return verify.Must(nps.RankSum(c.by["a"], c.by["b"])) }},
}

// Invariant: however the answers are ordered, cut into shards and merged, from whichever
// end, with one seed, all that is told of them has the same bytes, and its numbers are
// finite.
func TestAnswersInAnyOrder(t *testing.T) {
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 9))
		all := drawAsked(rng, 40+rng.IntN(40))
		var want []string
		for shards := 1; shards <= 4; shards++ {
			c := collect(t, all, shards, shards%2 == 0)
			for i, row := range inAnyOrder {
				answer := row.answer(c)
				verify.Finite(t, row.name, answer)
				got := string(verify.Must(json.Marshal(answer)))
				switch {
				case shards == 1:
					want = append(want, got)
				case got != want[i]:
					at := 0
					for got[at] == want[i][at] {
						at++
					}
					t.Errorf("%s in another order: %s, want %s", row.name, got[max(0, at-40):min(len(got), at+20)], want[i][max(0, at-40):min(len(want[i]), at+20)])
				}
			}
			rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		}
	}
}
