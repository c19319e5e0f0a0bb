package nps_test

import (
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// Of a thousand samples in which the north answers four times as often as the south, raked
// scores are right on average, scatter as their standard error says, and scatter less than
// that of weights as given says, since region and age explain answers.
func TestRakeDoubtIsTrue(t *testing.T) {
	const runs, n = 1000, 300
	rng := rand.New(rand.NewPCG(1, 2))
	dimensions := []nps.Dimension{dimension("region", "north", 0.5, "south", 0.5), dimension("age", "old", 0.6, "young", 0.4)}
	// Promoters are 0.6, 0.45, 0.4 and 0.25, detractors 0.05, 0.35, 0.25 and 0.55.
	const truth = 0.5*(0.6*0.55+0.4*0.1) + 0.5*(0.6*0.15+0.4*-0.3)
	var sum, squares, variance, asGiven float64
	covered := 0
	for range runs {
		sample := make([]nps.Respondent, n)
		for i := range sample {
			sample[i].Categories = []string{"north", "old"}
			promoters, detractors := 0.6, 0.05
			if rng.Float64() < 0.2 {
				sample[i].Categories[0] = "south"
				promoters, detractors = promoters-0.2, detractors+0.2
			}
			if rng.Float64() < 0.4 {
				sample[i].Categories[1] = "young"
				promoters, detractors = promoters-0.15, detractors+0.3
			}
			switch u := rng.Float64(); {
			case u < promoters:
				sample[i].Answer = 10
			case u < promoters+detractors:
				sample[i].Answer = 2
			default:
				sample[i].Answer = 8
			}
		}
		r := verify.Must(nps.Rake(clientele.All(sample), dimensions, nps.RakeConfig{Level: 0.9}))
		off := r.Score.Value - 100*truth
		sum += off / runs
		squares += off * off / runs
		variance += r.Score.StdErr * r.Score.StdErr / runs
		given := verify.Must(r.Answers.StdErr())
		asGiven += given * given / runs
		if r.Score.Contains(100 * truth) {
			covered++
		}
	}
	sameAs(t, "mean error", sum, 0, 0.56) // three standard errors
	sameAs(t, "variance over what is said", squares/variance, 1, 0.14)
	sameAs(t, "coverage", float64(covered)/runs, 0.9, 0.03)
	if asGiven < 1.1*variance {
		t.Errorf("variance of weights as given is %v, of the dimensions %v", asGiven, variance)
	}
	t.Logf("mean error %.2f, variance %.1f of %.1f said, %.1f as given; coverage %.3f", sum, squares, variance, asGiven, float64(covered)/runs)
}
