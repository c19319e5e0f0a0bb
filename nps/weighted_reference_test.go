package nps_test

import (
	"strings"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// closedForm is the relative tolerance of closed forms.
const closedForm = 1e-9

// syntheticWeights are weighted scores of the synthetic shop, from -1 to 1.
type syntheticWeights struct {
	Score  float64
	SE     float64                                           `json:"se_linearised"`
	Kish   float64                                           `json:"effective_n_kish"`
	Sum    float64                                           `json:"sum_of_weights"`
	Shares struct{ Detractors, Passives, Promoters float64 } `json:"weighted_shares"`
	Limits *[2]float64                                       `json:"ci_95_normal"`
}

func (want syntheticWeights) check(t *testing.T, got nps.Weighted) {
	t.Helper()
	e := verify.Must(got.Interval(nps.Wald, 0))
	relative(t, "score", e.Value, 100*want.Score, closedForm)
	relative(t, "standard error", e.StdErr, 100*want.SE, closedForm)
	relative(t, "effective n", verify.Must(got.EffectiveN()), want.Kish, closedForm)
	relative(t, "weight", got.Weight(), want.Sum, closedForm)
	g := got.Attitudes()
	relative(t, "detractors", g.Detractors/got.Weight(), want.Shares.Detractors, closedForm)
	relative(t, "passives", g.Passives/got.Weight(), want.Shares.Passives, closedForm)
	relative(t, "promoters", g.Promoters/got.Weight(), want.Shares.Promoters, closedForm)
	if want.Limits != nil {
		relative(t, "lower limit", e.Lo, 100*want.Limits[0], closedForm)
		relative(t, "upper limit", e.Hi, 100*want.Limits[1], closedForm)
	}
}

// Weighted scores of the synthetic shop are those of R package survey.
func TestWeightedSynthetic(t *testing.T) {
	var want struct {
		Weighted struct {
			syntheticWeights
			ByGroup map[string]syntheticWeights `json:"by_group"`
		}
	}
	syntheticNPS(t, &want)
	var all nps.Weighted
	groups := make(map[string]*nps.Weighted)
	for _, a := range syntheticAnswers(t) {
		if groups[a.group] == nil {
			groups[a.group] = new(nps.Weighted)
		}
		for _, into := range []*nps.Weighted{&all, groups[a.group]} {
			if err := into.Add(a.answer, a.weight); err != nil {
				t.Fatal(err)
			}
		}
	}
	want.Weighted.check(t, all)
	if len(groups) != len(want.Weighted.ByGroup) {
		t.Errorf("%d groups, want %d", len(groups), len(want.Weighted.ByGroup))
	}
	for name, group := range groups {
		want.Weighted.ByGroup[name].check(t, *group)
	}
}

// Post-stratified scores of the synthetic shop: both standard errors, and by raking with
// one margin.
func TestPostStratifySynthetic(t *testing.T) {
	var want struct {
		Post struct {
			Population map[string]float64
			Score      float64
			SE         float64            `json:"se_linearised"`
			Fixed      float64            `json:"se_stratified"`
			Weights    map[string]float64 `json:"cell_weights"`
			Kish       float64            `json:"effective_n_kish"`
		} `json:"post_stratified"`
	}
	syntheticNPS(t, &want)
	tallies := make(map[string]nps.Tally)
	var sample []nps.Respondent
	for _, a := range syntheticAnswers(t) {
		group := tallies[a.group]
		if err := group.Add(a.answer); err != nil {
			t.Fatal(err)
		}
		tallies[a.group] = group
		sample = append(sample, nps.Respondent{Answer: a.answer, Categories: []string{a.group}})
	}
	var strata []nps.Stratum
	channel := nps.Dimension{Name: "channel"}
	for name, population := range want.Post.Population {
		strata = append(strata, nps.Stratum{Name: name, Tally: tallies[name], Population: population})
		channel.Categories = append(channel.Categories, nps.Category{Name: name, Population: population})
	}
	got := verify.Must(nps.PostStratify(strata, 0))
	relative(t, "score", got.Score.Value, 100*want.Post.Score, closedForm)
	relative(t, "standard error", got.Score.StdErr, 100*want.Post.SE, closedForm)
	relative(t, "standard error of fixed numbers", got.FixedStdErr, 100*want.Post.Fixed, closedForm)
	relative(t, "effective n", got.EffectiveN, want.Post.Kish, closedForm)
	for _, s := range got.Strata {
		relative(t, "weight of "+s.Name, s.Weight, want.Post.Weights[s.Name], closedForm)
	}

	raked := verify.Must(nps.Rake(clientele.All(sample), []nps.Dimension{channel}, nps.RakeConfig{}))
	relative(t, "raked score", raked.Score.Value, 100*want.Post.Score, closedForm)
	relative(t, "raked standard error", raked.Score.StdErr, 100*want.Post.SE, closedForm)
	relative(t, "raked effective n", raked.EffectiveN, want.Post.Kish, closedForm)
	for i, respondent := range sample {
		relative(t, "raked weight", raked.Weights[i], want.Post.Weights[respondent.Categories[0]], closedForm)
	}
}

// Weights by region of the example data of R package NPS, against R package survey.
func TestWeightsPublished(t *testing.T) {
	var want publishedRegions
	publishedNPS(t, &want)
	var all nps.Weighted
	for name, n := range want.Example.ByRegion {
		for answer, count := range map[int]uint64{0: n.Detractors, 8: n.Passives, 9: n.Promoters} {
			for range count {
				if err := all.Add(answer, want.Simple.Table[name]); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	e := verify.Must(all.Interval(nps.Wald, 0))
	relative(t, "score", e.Value, 100*want.Simple.NPS, closedForm)
	relative(t, "standard error", e.StdErr, 100*want.Simple.SE, closedForm)
	relative(t, "effective n", verify.Must(all.EffectiveN()), want.Simple.Kish, closedForm)

	var strata []nps.Stratum
	for _, p := range want.Post.Pop {
		n := want.Example.ByRegion[p.Region]
		strata = append(strata, nps.Stratum{Name: p.Region, Tally: answered(n.Detractors, n.Passives, n.Promoters), Population: p.Freq})
	}
	got := verify.Must(nps.PostStratify(strata, 0))
	relative(t, "stratified score", got.Score.Value, 100*want.Post.NPS, closedForm)
	relative(t, "stratified standard error", got.Score.StdErr, 100*want.Post.SE, closedForm)
	relative(t, "stratified effective n", got.EffectiveN, want.Post.Kish, closedForm)
	for _, s := range got.Strata {
		relative(t, "weight of "+s.Name, s.Weight, want.Post.Weights[s.Name]*1000/100_000, closedForm) // 1 on average
	}
}

// With equal weights the difference of two groups over its standard error is the t of
// Welch's test, which R computes of 1, 0 and -1.
func TestCompareWeightedSynthetic(t *testing.T) {
	var want struct {
		Groups map[string]struct {
			Difference float64
			R          struct {
				T float64 `json:"welch_t"`
			}
		} `json:"two_groups"`
	}
	syntheticNPS(t, &want)
	groups := make(map[string]*nps.Weighted)
	for _, a := range syntheticAnswers(t) {
		if groups[a.group] == nil {
			groups[a.group] = new(nps.Weighted)
		}
		if err := groups[a.group].Add(a.answer, 0.3); err != nil {
			t.Fatal(err)
		}
	}
	for pair, w := range want.Groups {
		first, second, _ := strings.Cut(pair, "_") // the reference subtracts the second
		d := verify.Must(nps.CompareWeighted(*groups[second], *groups[first], nps.CompareConfig{Test: nps.WaldTest}))
		relative(t, pair+": difference", d.Difference.Value, 100*w.Difference, closedForm)
		relative(t, pair+": z", d.Z, w.R.T, closedForm)
	}
	if len(want.Groups) == 0 {
		t.Error("no pairs of groups")
	}
}
