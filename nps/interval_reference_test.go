package nps_test

import (
	"cmp"
	"maps"
	"math"
	"strconv"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// sampled is a group of the golden files, whose scores are from -1 to 1.
type sampled struct {
	Detractors, Passives, Promoters, N uint64

	Histogram []uint64 `json:"histogram_0_10"`
	Score     float64
	Mean      float64 `json:"mean_answer"`
	Variance  float64
	StdErr    float64    `json:"se_wald"`
	Wald95    [2]float64 `json:"wald_95"`
	Wald90    [2]float64 `json:"wald_90"`
	Adjusted  struct {
		StdErr float64    `json:"se"`
		CI95   [2]float64 `json:"ci_95"`
		CI90   [2]float64 `json:"ci_90"`
	} `json:"adjusted_wald"`
	T95      [2]float64 `json:"trinomial_t_95"`
	StdErrT  float64    `json:"se_t"`
	Plugin95 [2]float64 `json:"plugin_score_95"`
}

func (s sampled) tally() nps.Tally { return histogram(s.Histogram) }

type syntheticSamples struct {
	Overall sampled
	ByGroup map[string]sampled `json:"by_group"`
	Small   map[string]sampled
}

// all are the groups by name.
func (s syntheticSamples) all() map[string]sampled {
	all := map[string]sampled{"overall": s.Overall}
	for _, groups := range []map[string]sampled{s.ByGroup, s.Small} {
		maps.Copy(all, groups)
	}
	return all
}

func TestSyntheticIntervals(t *testing.T) {
	var golden syntheticSamples
	syntheticNPS(t, &golden)
	for name, want := range golden.all() {
		tally := want.tally()
		if g := tally.Attitudes(); g != (nps.Attitudes{Detractors: want.Detractors, Passives: want.Passives, Promoters: want.Promoters}) || tally.N() != want.N {
			t.Error(name, g)
		}
		relative(t, name+": score", verify.Must(tally.Score()), 100*want.Score, closedForm)
		relative(t, name+": mean", verify.Must(tally.Mean()), want.Mean, closedForm)
		relative(t, name+": variance", verify.Must(tally.Variance()), 1e4*want.Variance, closedForm)
		for _, c := range []struct {
			method nps.Method
			level  float64
			stdErr float64
			limits [2]float64
		}{
			{nps.Wald, 0, want.StdErr, want.Wald95},
			{nps.Wald, 0.9, want.StdErr, want.Wald90},
			{nps.AdjustedWald, 0, want.Adjusted.StdErr, want.Adjusted.CI95},
			{nps.AdjustedWald, 0.9, want.Adjusted.StdErr, want.Adjusted.CI90},
			{nps.TrinomialT, 0.95, want.StdErrT, want.T95},
			{nps.ScoreInterval, 0.95, want.StdErr, want.Plugin95},
		} {
			e := verify.Must(tally.Interval(c.method, c.level))
			what := name + ": " + c.method.String()
			level := cmp.Or(c.level, 0.95)
			if c.limits[0] == c.limits[1] {
				level = 0 // there is no such interval
			}
			if e.Level != level {
				t.Error(what, e)
			}
			relative(t, what+", value", e.Value, 100*want.Score, closedForm)
			relative(t, what+", standard error", e.StdErr, 100*c.stdErr, closedForm)
			if c.method == nps.TrinomialT && want.N == 7 {
				continue // see TestSyntheticStudent
			}
			checkLimits(t, what, e, c.limits)
		}
	}
}

// The golden interval of 7 answers has a quantile of Student's t that is 1e-9 too low.
// With 6 degrees of freedom the probability of |T| ≤ t is
// sin θ (1 + cos²θ/2 + 3cos⁴θ/8), where tan θ = t/√6 (Abramowitz & Stegun 26.7.4).
func TestSyntheticStudent(t *testing.T) {
	within := func(q float64) float64 {
		sin, cos := math.Sincos(math.Atan(q / math.Sqrt(6)))
		return sin * (1 + cos*cos/2 + 3*math.Pow(cos, 4)/8)
	}
	var golden syntheticSamples
	syntheticNPS(t, &golden)
	want := golden.Small["d1_q2_p4"]
	e := verify.Must(want.tally().Interval(nps.TrinomialT, 0.95))
	sameAs(t, "level", within((e.Value-e.Lo)/e.StdErr), 0.95, 1e-14)
	if level := within((want.Score - want.T95[0]) / want.StdErrT); math.Abs(level-0.95) < 1e-11 {
		t.Error("the golden quantile is right:", level)
	}
	sameAs(t, "lower limit", e.Lo, 100*want.T95[0], 3e-9)
}

// checkLimits compares limits in points with golden ones from -1 to 1 that are not cut.
func checkLimits(t testing.TB, what string, e clientele.Estimate, limits [2]float64) {
	t.Helper()
	sameAs(t, what+", lower limit", e.Lo, max(100*limits[0], -100), closedForm)
	sameAs(t, what+", upper limit", e.Hi, min(100*limits[1], 100), closedForm)
}

// publishedSample is a group of the file of published values.
type publishedSample struct {
	Detractors, Passives, Promoters, N uint64

	NPS      float64    `json:"nps"`
	Var      float64    `json:"var"`
	Level    float64    `json:"conf"`
	Wald     [2]float64 `json:"wald"`
	Adjusted [2]float64 `json:"adj_wald"`
	T        [2]float64 `json:"trinomial_t"`
	Plugin   [2]float64 `json:"plugin_score"`

	Goodman [3][2]float64 `json:"goodman_det_pas_pro"`
}

func TestPublishedIntervals(t *testing.T) {
	var golden struct {
		Counts map[string]publishedSample
		Peer   struct{ Overall publishedSample } `json:"peer_example_data"`

		Carpentries struct{ Stats publishedSample }
	}
	publishedNPS(t, &golden)
	golden.Counts["peer"], golden.Counts["carpentries"] = golden.Peer.Overall, golden.Carpentries.Stats
	for name, want := range golden.Counts {
		tally := answered(want.Detractors, want.Passives, want.Promoters)
		relative(t, name+": score", verify.Must(tally.Score()), 100*want.NPS, closedForm)
		relative(t, name+": variance", verify.Must(tally.Variance()), 1e4*want.Var, closedForm)
		for method, limits := range map[nps.Method][2]float64{
			nps.Wald: want.Wald, nps.AdjustedWald: want.Adjusted, nps.TrinomialT: want.T, nps.ScoreInterval: want.Plugin,
		} {
			checkLimits(t, name+": "+method.String(), verify.Must(tally.Interval(method, want.Level)), limits)
		}
		shares := verify.Must(tally.GoodmanShares(want.Level))
		for i, e := range []clientele.Estimate{shares.Detractors, shares.Passives, shares.Promoters} {
			sameAs(t, name+": lower limit of share "+strconv.Itoa(i), e.Lo, want.Goodman[i][0], closedForm)
			sameAs(t, name+": upper limit of share "+strconv.Itoa(i), e.Hi, want.Goodman[i][1], closedForm)
		}
	}
}
