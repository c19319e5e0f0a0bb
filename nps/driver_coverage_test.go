package nps_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/clientele-go/clientele/internal/verify"
	"github.com/clientele-go/clientele/nps"
)

// rated draws n responses with three ratings that resemble each other and move the answer
// by so much each.
func rated(rng *rand.Rand, n int, effects [3]float64) (all []nps.Response) {
	for range n {
		mood, answer := rng.NormFloat64(), 5+1.5*rng.NormFloat64()
		var ratings [3]float64
		for i := range ratings {
			ratings[i] = 0.5*mood + rng.NormFloat64()
			answer += effects[i] * ratings[i]
		}
		all = append(all, response(min(10, max(0, int(math.Round(answer)))), ratings[:]...))
	}
	return all
}

// Resampled intervals hold the share of a driver among very many customers about as often
// as they say, from handfuls on.
//
//	go test ./nps -run TestShareCoverage -v -coverage 1000
//
// looks at 8 to 100 responses, and takes a minute.
func TestShareCoverage(t *testing.T) {
	sizes, runs := []int{10}, 60
	if *coverageAnswers > 0 {
		sizes, runs = []int{8, 10, 15, 30, 100}, 300
	}
	for _, effects := range [][3]float64{{1, 0.5, 0}, {0.3, 0.3, 0.3}, {2, 0, 0}} {
		truth := verify.Must(driversOf(nps.DriverConfig{}, rated(rand.New(rand.NewPCG(9, 9)), 10_000, effects)...))
		for _, n := range sizes {
			rng := rand.New(rand.NewPCG(uint64(n), 1))
			var held [3]int
			told := 0
			for range runs {
				r := verify.Must(driversOf(nps.DriverConfig{Resamples: 100, Source: rand.NewPCG(rng.Uint64(), 2)}, rated(rng, n, effects)...))
				if r.Drivers[0].Shapley.Level == 0 {
					continue
				}
				told++
				for i, d := range r.Drivers {
					held[i] += verify.OneIf(d.Shapley.Contains(truth.Drivers[i].Shapley.Value))
				}
			}
			for i, k := range held {
				share := float64(k) / float64(told)
				t.Logf("effects %v, %3d responses: driver %d held in %.3f of %d", effects, n, i, share, told)
				if share < 0.78 {
					t.Errorf("effects %v, %d responses: driver %d held in %.3f", effects, n, i, share)
				}
			}
		}
	}
}
