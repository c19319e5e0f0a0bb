package nps_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
	"pgregory.net/rapid"
)

// drawSample draws respondents of two dimensions whose cells are all filled, so that
// raking converges.
func drawSample(t *rapid.T) (sample []nps.Respondent, dimensions []nps.Dimension) {
	regions, ages := rapid.IntRange(1, 3).Draw(t, "regions"), rapid.IntRange(1, 3).Draw(t, "ages")
	name := func(i int) string { return string(rune('a' + i)) }
	dimensions = []nps.Dimension{{Name: "region"}, {Name: "age"}}
	for m, n := range []int{regions, ages} {
		for i := range n {
			dimensions[m].Categories = append(dimensions[m].Categories, nps.Category{Name: name(i), Population: rapid.Float64Range(1, 20).Draw(t, "population")})
		}
	}
	for i := range regions {
		for j := range ages {
			for range rapid.IntRange(1, 8).Draw(t, "respondents") {
				sample = append(sample, nps.Respondent{
					Answer:     rapid.IntRange(0, 10).Draw(t, "answer"),
					Categories: []string{name(i), name(j)},
					Weight:     rapid.SampledFrom([]float64{0, 1, 0.5, 2}).Draw(t, "weight"),
				})
			}
		}
	}
	return sample, dimensions
}

// Invariant: the dimensions are met, weights are 1 on average and products of a factor for
// each category with the weight before, the report agrees with the weights, and raking
// what is raked changes nothing.
func TestRakeLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sample, dimensions := drawSample(t)
		r := verify.Must(nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{}))
		var sum, squares float64
		shares := make(map[[2]string]float64)
		factor := make(map[[2]string]float64)
		for i, w := range r.Weights {
			sum += w
			squares += w * w
			c := sample[i].Categories
			shares[[2]string{"region", c[0]}] += w / float64(len(sample))
			shares[[2]string{"age", c[1]}] += w / float64(len(sample))
			base := sample[i].Weight
			if base == 0 {
				base = 1
			}
			factor[[2]string{c[0], c[1]}] = w / base
		}
		holds(t, "sum of weights", sum, float64(len(sample)), 1e-9)
		holds(t, "effective n", r.EffectiveN, sum*sum/squares, 1e-9)
		for _, m := range r.Dimensions {
			for _, c := range m.Categories {
				holds(t, "share", c.After, c.Target, 1.01e-10)
				holds(t, "share of weights", shares[[2]string{m.Name, c.Name}], c.Target, 1.01e-10)
			}
		}
		for cell, f := range factor {
			corner := factor[[2]string{"a", "a"}] * f / factor[[2]string{cell[0], "a"}] / factor[[2]string{"a", cell[1]}]
			holds(t, "odds ratio", corner, 1, 1e-9)
		}
		for i := range sample {
			sample[i].Weight = r.Weights[i]
		}
		again := verify.Must(nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{Tolerance: 1e-9}))
		if again.Iterations != 0 {
			t.Fatal(again.Iterations)
		}
		holds(t, "score again", again.Score.Value, r.Score.Value, 1e-9)
	})
}

// Invariant: the order of respondents and the unit of their weights change nothing but
// rounding; with one dimension and no weights before, raking is post-stratification.
func TestRakeAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sample, dimensions := drawSample(t)
		want := verify.Must(nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{}))
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		rng.Shuffle(len(sample), func(i, j int) { sample[i], sample[j] = sample[j], sample[i] })
		for i := range sample {
			if sample[i].Weight == 0 {
				sample[i].Weight = 1
			}
			sample[i].Weight *= 1e9
		}
		got := verify.Must(nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{}))
		holds(t, "score", got.Score.Value, want.Score.Value, 1e-8)
		holds(t, "standard error", got.Score.StdErr, want.Score.StdErr, 1e-8)

		one := dimensions[:1]
		tallies := make(map[string]nps.Tally)
		for i := range sample {
			sample[i].Weight, sample[i].Categories = 0, sample[i].Categories[:1]
			tally := tallies[sample[i].Categories[0]]
			if err := tally.Add(sample[i].Answer); err != nil {
				t.Fatal(err)
			}
			tallies[sample[i].Categories[0]] = tally
		}
		var strata []nps.Stratum
		for _, c := range one[0].Categories {
			strata = append(strata, nps.Stratum{Name: c.Name, Tally: tallies[c.Name], Population: c.Population})
		}
		post, raked := verify.Must(nps.PostStratify(strata, 0)), verify.Must(nps.Rake(clientele.All(sample), one, nps.RakeConfig{}))
		holds(t, "score of strata", raked.Score.Value, post.Score.Value, 1e-8)
		holds(t, "effective n", raked.EffectiveN, post.EffectiveN, 1e-9)
		if len(sample) > 1 && math.Abs(raked.Score.StdErr-post.Score.StdErr) > 1e-8 {
			t.Fatal(raked.Score, post.Score)
		}
	})
}
