package docs_test

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/nps"
)

// driving are n customers who rate two touchpoints from 1 to 5. The answer is the rating of
// the first, where it counts, and a number from 0 to 5.
func driving(rng *rand.Rand, n int, counts bool, resamples int) (*nps.DriverReport, error) {
	var responses []nps.Response
	for range n {
		first, second := 1+rng.IntN(5), 1+rng.IntN(5)
		answer := rng.IntN(6)
		if counts {
			answer += first
		}
		responses = append(responses, nps.Response{Answer: answer, Ratings: []nps.Rating{nps.NewRating(float64(first)), nps.NewRating(float64(second))}})
	}
	cfg := nps.DriverConfig{Resamples: resamples}
	if resamples > 0 {
		cfg.Source = rng
	}
	return nps.Drivers(clientele.All(responses), []string{"first", "second"}, cfg)
}

// trueCorrelation is that of the first rating with the answer, and trueRankCorrelation that
// of their ranks, over all 30 pairs that are as likely.
var trueCorrelation = math.Sqrt(2 / (2 + 35./12))

func trueRankCorrelation() float64 {
	var ratings, answers []float64
	for rating := 1; rating <= 5; rating++ {
		for more := range 6 {
			ratings, answers = append(ratings, float64(rating)), append(answers, float64(rating+more))
		}
	}
	rank := func(all []float64, x float64) (rank float64) {
		for _, y := range all {
			switch {
			case y < x:
				rank++
			case y == x:
				rank += 0.5
			}
		}
		return rank - float64(len(all))/2
	}
	var xx, yy, xy float64
	for i := range ratings {
		x, y := rank(ratings, ratings[i]), rank(answers, answers[i])
		xx, yy, xy = xx+x*x, yy+y*y, xy+x*y
	}
	return xy / math.Sqrt(xx*yy)
}

// driverWorlds try an interval of the first touchpoint, whose truth is given if it counts,
// and 0 if not.
func driverWorlds(truth float64, resamples int, of func(d nps.Driver) clientele.Estimate) (worlds []world) {
	more := 5
	if resamples > 0 {
		more = 1
	}
	try := func(name string, counts bool, driver string, truth float64) {
		worlds = append(worlds, world{name: name, null: truth == 0, from: 5, more: more, sample: func(rng *rand.Rand, n int) outcome {
			r, err := driving(rng, n, counts, resamples)
			if err != nil {
				return outcome{}
			}
			i := slices.IndexFunc(r.Drivers, func(d nps.Driver) bool { return d.Name == driver })
			return judge(of(r.Drivers[i]), nil, truth)
		}})
	}
	try("a touchpoint that counts", true, "first", truth)
	try("a touchpoint that does not count", true, "second", 0)
	return worlds
}

func driverStudies() []study {
	const share = 2 / (2 + 35./12)
	const unit = "responses, of which five are the fewest"
	return []study{{
		method: "Correlation of Pearson",
		least:  96, most: 5.5,
		unit:   unit,
		tells:  []string{"nps.Driver.Correlation"},
		worlds: driverWorlds(trueCorrelation, 0, func(d nps.Driver) clientele.Estimate { return d.Correlation }),
	}, {
		method: "Correlation of ranks",
		least:  97, most: 5,
		unit:   unit,
		tells:  []string{"nps.Driver.RankCorrelation"},
		worlds: driverWorlds(trueRankCorrelation(), 0, func(d nps.Driver) clientele.Estimate { return d.RankCorrelation }),
	}, {
		method: "Effect of a driver beside the others",
		least:  97, most: 5.5,
		unit:   unit,
		tells:  []string{"nps.Driver.Beta"},
		worlds: driverWorlds(trueCorrelation, 0, func(d nps.Driver) clientele.Estimate { return d.Beta }),
	}, {
		method: "Shapley share of a driver",
		least:  90, most: 6,
		note:   "A share of the explained variance is never below 0, and resamples of a touchpoint that does not count are above it: the interval tells how large a share is, not whether there is one. Go by the interval of the correlation.",
		unit:   unit,
		tells:  []string{"nps.Driver.Shapley"},
		worlds: driverWorlds(share, 100, func(d nps.Driver) clientele.Estimate { return d.Shapley }),
	}, {
		method: "Johnson share of a driver",
		least:  93, most: 6,
		note:   "As for the share of Shapley.",
		unit:   unit,
		tells:  []string{"nps.Driver.Johnson"},
		worlds: driverWorlds(share, 100, func(d nps.Driver) clientele.Estimate { return d.Johnson }),
	}}
}
