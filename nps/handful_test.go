package nps_test

import (
	"errors"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// Of a few customers who all answer alike, every interval either is not told or is wide:
// customers of whom half would answer otherwise are not ruled out by one who does not, nor
// those of whom a fifth would by five.
func TestHandfulsOfOneAttitudeClaimLittle(t *testing.T) {
	width := map[int]float64{1: 100, 2: 80, 3: 60, 5: 40} // points
	for n, least := range width {
		promoters := answered(0, 0, uint64(n))
		var w nps.Weighted
		for range n {
			if err := w.Add(10, 2.5); err != nil {
				t.Fatal(err)
			}
		}
		halves := []nps.Stratum{{Name: "a", Tally: promoters, Population: 1}, {Name: "b", Tally: promoters, Population: 1}}
		respondents := append(respondents(n, 10, "a"), respondents(n, 10, "b")...)
		all := map[string]clientele.Estimate{
			"bootstrap":         verify.Must(promoters.Bootstrap(0, 99, rand.NewPCG(1, 2))),
			"weighted":          verify.Must(w.Interval(nps.Wald, 0)),
			"weighted adjusted": verify.Must(w.Interval(nps.AdjustedWald, 0)),
			"posterior":         verify.Must(verify.Must(promoters.Posterior(nps.UniformPrior())).Interval(0)),
			"strata":            verify.Must(nps.PostStratify(halves, 0)).Score,
			"raking":            verify.Must(nps.Rake(clientele.All(respondents), []nps.Dimension{dimension("m", "a", 1., "b", 2.)}, nps.RakeConfig{})).Score,
			"target":            verify.Must(nps.CompareTarget(0, promoters, nps.CompareConfig{})).Difference,
		}
		for _, m := range everyMethod() {
			all[m.String()] = verify.Must(promoters.Interval(m, 0))
		}
		for name, e := range all {
			if told := e.Level > 0; told && e.Hi-e.Lo < least || !told && (e.Lo != e.Value || e.Hi != e.Value) {
				t.Errorf("%d promoters, %s: %v", n, name, e)
			}
		}
		shares := verify.Must(promoters.EachShare(0))
		for name, e := range map[string]clientele.Estimate{"share": shares.Promoters, "no share": shares.Passives, "top box": verify.Must(promoters.TopBox(0))} {
			if e.Level != 0.95 || 200*(e.Hi-e.Lo) < least {
				t.Errorf("%d promoters, %s: %v", n, name, e)
			}
		}
		if e := verify.Must(promoters.MeanInterval(0)); e.Level != 0.95 || e.Value != 10 || 20*(e.Hi-e.Lo) < least {
			t.Errorf("%d promoters, mean %v", n, e)
		}
	}
}

// A handful of one attitude has doubt beside a large group too.
func TestHandfulsComparedWithMany(t *testing.T) {
	many := answered(300, 400, 300)
	var heavy, some nps.Weighted
	for answer, count := range many.All() {
		for range count {
			if err := heavy.Add(answer, 1+float64(answer%3)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 2 {
		if err := some.Add(10, 1); err != nil {
			t.Fatal(err)
		}
	}
	for name, d := range map[string]clientele.Estimate{
		"weighted": verify.Must(nps.CompareWeighted(heavy, some, nps.CompareConfig{})).Difference,
		"counted":  verify.Must(nps.Compare(many, answered(0, 0, 2), nps.CompareConfig{})).Difference,
	} {
		if d.Hi-d.Lo < 80 {
			t.Errorf("%s: %v", name, d)
		}
	}
}

// strataTruths are shares of detractors, passives and promoters in three strata of a half,
// three tenths and a fifth of the customers.
var strataTruths = map[string][3][3]float64{
	"usual":  {{0.15, 0.35, 0.5}, {0.3, 0.4, 0.3}, {0.1, 0.2, 0.7}},
	"apart":  {{0.05, 0.1, 0.85}, {0.9, 0.05, 0.05}, {0.3, 0.4, 0.3}},
	"adored": {{0.005, 0.045, 0.95}, {0.02, 0.18, 0.8}, {0.01, 0.09, 0.9}},
}

// Intervals of stratified and raked scores hold the truth about as often as they say, from
// handfuls on. Normal intervals around the standard error do so in 27 % of samples of five
// answers of the last kind, in 60 % of ten and in 84 % of thirty.
func TestStrataCoverage(t *testing.T) {
	shares := []float64{0.5, 0.3, 0.2}
	for name, truth := range strataTruths {
		score := 0.0
		for i, share := range shares {
			score += 100 * share * (truth[i][2] - truth[i][0])
		}
		for _, n := range []int{5, 10, 30} {
			rng := rand.New(rand.NewPCG(uint64(n), 3))
			const runs = 1500
			strata, raked, told := 0, 0, 0
			for range runs {
				sample := drawStrata(rng, n, shares, truth)
				if sample == nil {
					continue // a stratum without answers
				}
				e, r := bothScores(t, sample, shares)
				if e.Level == 0 {
					continue
				}
				told++
				strata += verify.OneIf(e.Contains(score))
				raked += verify.OneIf(r.Contains(score))
			}
			t.Logf("%-7s %2d answers: %.3f stratified, %.3f raked", name, n, float64(strata)/float64(told), float64(raked)/float64(told))
			if strata < told*95/100 || raked < told*95/100 {
				t.Errorf("%s, %d answers: %d and %d of %d hold the truth", name, n, strata, raked, told)
			}
		}
	}
}

// drawStrata draws respondents of three categories, all of which occur, or nil.
func drawStrata(rng *rand.Rand, n int, shares []float64, truth [3][3]float64) (sample []nps.Respondent) {
	pick := func(p []float64) int {
		u := rng.Float64()
		for i, x := range p {
			if u -= x; u < 0 {
				return i
			}
		}
		return len(p) - 1
	}
	var seen [3]bool
	for range n {
		i := pick(shares)
		seen[i] = true
		sample = append(sample, nps.Respondent{Answer: [3]int{3, 7, 10}[pick(truth[i][:])], Categories: []string{strconv.Itoa(i)}})
	}
	if seen != [3]bool{true, true, true} {
		return nil
	}
	return sample
}

// bothScores are those of a sample by strata, and raked.
func bothScores(t *testing.T, sample []nps.Respondent, shares []float64) (strata, raked clientele.Estimate) {
	t.Helper()
	d := nps.Dimension{Name: "stratum"}
	by := make([]nps.Stratum, len(shares))
	for i, share := range shares {
		d.Categories = append(d.Categories, nps.Category{Name: strconv.Itoa(i), Population: share})
		by[i] = nps.Stratum{Name: strconv.Itoa(i), Population: share}
	}
	for _, p := range sample {
		i := verify.Must(strconv.Atoi(p.Categories[0]))
		if err := by[i].Tally.Add(p.Answer); err != nil {
			t.Fatal(err)
		}
	}
	r, err := nps.Rake(clientele.All(sample), []nps.Dimension{d}, nps.RakeConfig{})
	if err != nil && !errors.Is(err, clientele.ErrNotConverged) {
		t.Fatal(err)
	}
	return verify.Must(nps.PostStratify(by, 0)).Score, r.Score
}
