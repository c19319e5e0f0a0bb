package nps_test

import (
	"strings"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// tested is the tolerance of probabilities.
const tested = 1e-6

func TestSyntheticComparisons(t *testing.T) {
	type wald struct {
		Difference, Z, P float64
		StdErr           float64    `json:"se"`
		CI               [2]float64 `json:"ci_95"`
	}
	var golden struct {
		syntheticSamples
		TwoGroups map[string]struct {
			wald
			Pooled, Adjusted wald
			R                struct {
				W        float64
				P        float64 `json:"wilcoxon_p"`
				PClasses float64 `json:"wilcoxon_on_classes_p"`
				Chi2     float64
				Chi2DF   int     `json:"chi2_df"`
				Chi2P    float64 `json:"chi2_p"`
			}
		} `json:"two_groups"`
	}
	syntheticNPS(t, &golden)
	for name, want := range golden.TwoGroups {
		first, second, _ := strings.Cut(name, "_") // the reference subtracts the second
		a, b := golden.ByGroup[first], golden.ByGroup[second]
		for test, w := range map[nps.Test]wald{nps.WaldTest: want.wald, nps.PooledTest: want.Pooled, nps.AdjustedTest: want.Adjusted} {
			what := name + ", " + test.String()
			c := verify.Must(nps.Compare(b.tally(), a.tally(), nps.CompareConfig{Test: test}))
			relative(t, what+": difference", c.Difference.Value, 100*want.Difference, closedForm)
			relative(t, what+": z", c.Z, w.Z, closedForm)
			relative(t, what+": p", c.P, w.P, tested)
			if test == nps.PooledTest {
				w = want.wald // its interval
			}
			relative(t, what+": standard error", c.Difference.StdErr, 100*w.StdErr, closedForm)
			relative(t, what+": lower limit", c.Difference.Lo, 100*w.CI[0], closedForm)
			relative(t, what+": upper limit", c.Difference.Hi, 100*w.CI[1], closedForm)
		}
		chi := verify.Must(nps.ChiSquare(a.tally(), b.tally()))
		relative(t, name+": chi-square", chi.Statistic, want.R.Chi2, closedForm)
		relative(t, name+": p of chi-square", chi.P, want.R.Chi2P, tested)
		if chi.DF != want.R.Chi2DF {
			t.Error(name, chi)
		}
		ranks := verify.Must(nps.RankSum(b.tally(), a.tally()))
		relative(t, name+": U", ranks.U, want.R.W, closedForm)
		relative(t, name+": p of ranks", ranks.P, want.R.P, tested)
		classes := verify.Must(nps.RankSum(answered(b.Detractors, b.Passives, b.Promoters), answered(a.Detractors, a.Passives, a.Promoters)))
		relative(t, name+": p of ranks of attitudes", classes.P, want.R.PClasses, tested)
	}
	if len(golden.TwoGroups) == 0 {
		t.Error("no golden values")
	}
}

// publishedPair is a comparison of the file of published values, which subtract y from x.
type publishedPair struct {
	X     [3]uint64  `json:"x_counts"`
	Y     [3]uint64  `json:"y_counts"`
	XHist []uint64   `json:"x_hist_0_10"`
	YHist []uint64   `json:"y_hist_0_10"`
	Diff  float64    `json:"diff"`
	Z     float64    `json:"z_unpooled"`
	P     float64    `json:"p_unpooled"`
	CI    [2]float64 `json:"ci95_diff"`

	ZPooled   float64 `json:"z_pooled"`
	PPooled   float64 `json:"p_pooled"`
	ZAdjusted float64 `json:"z_adj"`
	PAdjusted float64 `json:"p_adj"`
	Chi2      float64 `json:"chisq"`
	Chi2P     float64 `json:"chisq_p"`
	W         float64 `json:"wilcoxon_W"`
	WP        float64 `json:"wilcoxon_p"`
}

func TestPublishedComparisons(t *testing.T) {
	var golden struct {
		TwoSample   map[string]publishedPair `json:"two_sample"`
		Carpentries struct {
			When publishedPair `json:"at_event_vs_after"`
		}
	}
	publishedNPS(t, &golden)
	golden.TwoSample["carpentries"] = golden.Carpentries.When
	for name, want := range golden.TwoSample {
		a, b := answered(want.X[0], want.X[1], want.X[2]), answered(want.Y[0], want.Y[1], want.Y[2])
		for _, c := range []struct {
			test nps.Test
			z, p float64
		}{{nps.WaldTest, want.Z, want.P}, {nps.PooledTest, want.ZPooled, want.PPooled}, {nps.AdjustedTest, want.ZAdjusted, want.PAdjusted}} {
			got := verify.Must(nps.Compare(b, a, nps.CompareConfig{Test: c.test}))
			what := name + ", " + c.test.String()
			relative(t, what+": difference", got.Difference.Value, 100*want.Diff, closedForm)
			relative(t, what+": z", got.Z, c.z, closedForm)
			relative(t, what+": p", got.P, c.p, tested)
			if c.test == nps.WaldTest {
				relative(t, what+": lower limit", got.Difference.Lo, 100*want.CI[0], closedForm)
				relative(t, what+": upper limit", got.Difference.Hi, 100*want.CI[1], closedForm)
			}
		}
		chi := verify.Must(nps.ChiSquare(a, b))
		relative(t, name+": chi-square", chi.Statistic, want.Chi2, closedForm)
		relative(t, name+": p of chi-square", chi.P, want.Chi2P, tested)
		if want.XHist != nil {
			ranks := verify.Must(nps.RankSum(histogram(want.YHist), histogram(want.XHist)))
			relative(t, name+": U", ranks.U, want.W, closedForm)
			relative(t, name+": p of ranks", ranks.P, want.WP, tested)
		}
	}
}
