package nps_test

import (
	"maps"
	"strconv"
	"strings"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

func TestSyntheticPosteriors(t *testing.T) {
	var golden struct {
		syntheticSamples
		Dirichlet map[string]struct {
			Prior, Mean, SD float64
			Quantiles       map[string]float64
			Above           float64 `json:"p_above_0"`
		}
	}
	syntheticNPS(t, &golden)
	samples := golden.all()
	for name, want := range golden.Dirichlet {
		i := strings.LastIndex(name, "_")
		sample, ok := samples[name[:i]]
		if !ok {
			t.Fatal(name)
		}
		p := verify.Must(sample.tally().Posterior(nps.Dirichlet{want.Prior, want.Prior, want.Prior}))
		relative(t, name+": mean", p.Mean(), 100*want.Mean, closedForm)
		relative(t, name+": standard deviation", p.StdDev(), 100*want.SD, closedForm)
		relative(t, name+": above 0", verify.Must(p.Above(0)), want.Above, 1e-6)
		for q, x := range want.Quantiles {
			sameAs(t, name+": quantile "+q, verify.Must(p.Quantile(verify.Must(strconv.ParseFloat(q, 64))))/100, x, 1e-10)
		}
	}
	if len(golden.Dirichlet) == 0 {
		t.Error("no golden values")
	}
}

func TestPublishedPosteriors(t *testing.T) {
	type posterior struct {
		Prior                     [3]float64
		Mean, SD, Q025, Q50, Q975 float64
		Above                     float64 `json:"prob_gt_0"`
	}
	var golden struct {
		Counts      map[string]publishedSample
		Bayes       map[string]posterior
		Carpentries struct {
			Stats publishedSample
			Bayes posterior `json:"bayes_uniform"`
		}
	}
	publishedNPS(t, &golden)
	samples, posteriors := maps.Clone(golden.Counts), maps.Clone(golden.Bayes)
	samples["carpentries"], posteriors["carpentries_uniform"] = golden.Carpentries.Stats, golden.Carpentries.Bayes
	for name, want := range posteriors {
		sample, _, _ := strings.Cut(name, "_")
		s := samples[sample]
		p := verify.Must(answered(s.Detractors, s.Passives, s.Promoters).Posterior(nps.Dirichlet{want.Prior[0], want.Prior[1], want.Prior[2]}))
		e := verify.Must(p.Interval(0))
		for _, v := range []struct {
			what      string
			got, want float64
		}{
			{"mean", p.Mean(), want.Mean},
			{"standard deviation", p.StdDev(), want.SD},
			{"lower limit", e.Lo, want.Q025},
			{"median", e.Value, want.Q50},
			{"upper limit", e.Hi, want.Q975},
			{"above 0", 100 * verify.Must(p.Above(0)), want.Above},
		} {
			sameAs(t, name+": "+v.what, v.got/100, v.want, 1e-6)
		}
	}
}
