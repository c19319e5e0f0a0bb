package nps

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// Bootstrap returns the score in points with the interval of percentiles. A replicate is
// the score of as many answers as were given, drawn from them with replacement. The limits
// are the quantiles (1-level)/2 and (1+level)/2 of the replicates: Efron & Tibshirani, An
// Introduction to the Bootstrap (1993), section 13.3. They are extended to the observed
// score where they would leave it out. StdErr is the standard deviation of the replicates.
// Where all answers are of one attitude there is no interval and the level is 0.
//
// level is the confidence level of the interval, between 0 and 1; 0 = 0.95. replicates
// must be between 2/(1-level) and 10 million. src is a source of math/rand/v2, such as
// rand.NewPCG(1, 2); equal sources give equal results. All faults of arguments come at
// once in a [clientele.ConfigError]. The error is [clientele.ErrRange] for more than 2^30
// answers, and [clientele.ErrEmpty] if there are no answers.
func (t Tally) Bootstrap(level float64, replicates int, src rand.Source) (clientele.Estimate, error) {
	const op = "nps.Tally.Bootstrap"
	faults := clientele.ConfigError{Op: op}
	level = fault.AddLevel(&faults, level)
	checkResampling(&faults, replicates, leastReplicates(level), src)
	if err := faults.Err(); err != nil {
		return clientele.Estimate{}, err
	}
	a := t.Attitudes()
	switch n := a.N(); {
	case n == 0:
		return clientele.Estimate{}, noAnswers(op, "answers")
	case n > mostResampled:
		return clientele.Estimate{}, tooManyToResample(op, n)
	}
	observed := a.composition().score
	scores := a.resample(replicates, rand.New(src))
	slices.Sort(scores)
	rank := int((1 - level) / 2 * float64(replicates+1) * (1 + 1e-12)) // from 1; up to rounding
	e := clientele.Estimate{StdErr: deviation(scores), Lo: scores[rank-1], Hi: scores[replicates-rank], Level: level}
	if e.StdErr == 0 {
		return withoutInterval(observed), nil
	}
	return inPoints(e, observed, 1), nil
}

// leastReplicates is how many replicates a level needs: with them the lowest is a limit.
func leastReplicates(level float64) int {
	if !(level > 0 && level < 1) {
		return 1
	}
	return int(min(math.Ceil(2/(1-level)*(1-1e-12)), math.MaxInt32))
}

// resample returns the scores of random multinomial samples, from -1 to 1.
func (a Attitudes) resample(replicates int, rng *rand.Rand) []float64 {
	n, observed := int(a.N()), a.composition()
	ofOthers := 0.0 // the share of detractors among those who are not promoters
	if a.Promoters < a.N() {
		ofOthers = float64(a.Detractors) / float64(a.Passives+a.Detractors)
	}
	scores := make([]float64, replicates)
	for i := range scores {
		promoters := drawBinomial(rng, n, observed.promoter)
		scores[i] = float64(promoters-drawBinomial(rng, n-promoters, ofOthers)) / float64(n)
	}
	return scores
}

// deviation is the standard deviation of at least two numbers.
func deviation(x []float64) float64 {
	var mean, squares float64
	for i, v := range x {
		d := v - mean
		mean += d / float64(i+1)
		squares += d * (v - mean)
	}
	return math.Sqrt(squares / float64(len(x)-1))
}
