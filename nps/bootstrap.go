package nps

import (
	"math"
	"math/rand/v2"
	"slices"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// Bootstrap returns the score in points with the interval of percentiles: as many
// answers as there are are drawn from them, with replacement, replicates times, and of
// the scores in ascending order those in places (1-level)/2 and (1+level)/2 of
// replicates+1 are the limits. Efron & Tibshirani, An Introduction to the Bootstrap
// (1993), section 13.3. StdErr is the standard deviation of the replicates. Limits are
// extended to the observed score where they would leave it out. Like [Wald] it has no
// doubt where all answers are of one kind.
//
// level is that of the interval, 0 = 0.95; replicates are from the 2/(1-level) that the
// level needs to 10 million. Equal sources give equal results. All faults of arguments
// come at once in a [clientele.ConfigError]. More than 2^30 answers are
// [clientele.ErrRange], and a tally without answers is [clientele.ErrEmpty].
func (t Tally) Bootstrap(level float64, replicates int, src rand.Source) (clientele.Estimate, error) {
	const op = "nps.Tally.Bootstrap"
	faults := clientele.ConfigError{Op: op}
	level = fault.AddLevel(&faults, level)
	checkResampling(&faults, replicates, leastReplicates(level), src)
	if err := faults.Err(); err != nil {
		return clientele.Estimate{}, err
	}
	g := t.Attitudes()
	switch n := g.N(); {
	case n == 0:
		return clientele.Estimate{}, empty(op)
	case n > mostResampled:
		return clientele.Estimate{}, &clientele.InputError{Op: op, Index: -1, Field: "answers", Value: n, Err: clientele.ErrRange}
	}
	scores := g.resample(replicates, rand.New(src))
	slices.Sort(scores)
	place := int((1 - level) / 2 * float64(replicates+1) * (1 + 1e-12)) // from 1; up to rounding
	e := clientele.Estimate{StdErr: deviation(scores), Lo: scores[place-1], Hi: scores[replicates-place], Level: level}
	return inPoints(e, g.composition().score, 1), nil
}

// leastReplicates are so many that the least of them is a limit.
func leastReplicates(level float64) int {
	if !(level > 0 && level < 1) {
		return 1
	}
	return int(min(math.Ceil(2/(1-level)*(1-1e-12)), math.MaxInt32))
}

// resample returns the scores of random multinomial samples, from -1 to 1.
func (g Attitudes) resample(replicates int, rng *rand.Rand) []float64 {
	n, m := int(g.N()), g.composition()
	ofOthers := 0.0 // the share of detractors in those who are no promoters
	if g.Promoters < g.N() {
		ofOthers = float64(g.Detractors) / float64(g.Passives+g.Detractors)
	}
	scores := make([]float64, replicates)
	for i := range scores {
		promoters := drawBinomial(rng, n, m.promoter)
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
