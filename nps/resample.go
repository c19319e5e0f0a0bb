package nps

import (
	"math"
	"math/rand/v2"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/internal/special"
)

// mostResampled is how many answers are resampled. The score of more is known so well
// that closed forms do.
const mostResampled = 1 << 30

// tooManyToResample says that closed forms are to be used instead.
func tooManyToResample(op string, n uint64) error {
	return fault.Of(op, "answers", n, rule.Because(rule.Range, "too many answers to resample", "at most 2^30; with more, closed forms such as Tally.Interval and Compare are as exact"))
}

// mostReplicates bounds how many random replicates are made.
const mostReplicates = 10_000_000

// checkResampling notes what is wrong with random replicates.
func checkResampling(faults *clientele.ConfigError, replicates, least int, src rand.Source) {
	if replicates < least || replicates > mostReplicates {
		faults.Add("replicates", replicates, rule.Want(rule.Range, "%d to %d", least, mostReplicates))
	}
	checkSource(faults, "src", src)
}

// checkSource notes that there is no source of random numbers.
func checkSource(faults *clientele.ConfigError, field string, src rand.Source) {
	if src == nil {
		faults.Add(field, nil, rule.ErrNoRandomness)
	}
}

// drawBinomial is the number of successes in n trials of probability p. It inverts the
// distribution function that adds up from the mode to both sides, which takes some
// standard deviations of steps: Kemp, A Modal Method for Generating Binomial Variables,
// Communications in Statistics: Theory and Methods 15 (1986).
func drawBinomial(rng *rand.Rand, n int, p float64) int {
	if n == 0 || p <= 0 {
		return 0
	}
	if p >= 1 {
		return n
	}
	size, odds := float64(n), p/(1-p)
	mode := min(int((size+1)*p), n)
	k := float64(mode)
	atMode := math.Exp(k*math.Log(p) + (size-k)*math.Log1p(-p) - math.Log(size+1) - special.LogBeta(size-k+1, k+1))
	u := rng.Float64() - atMode
	above, below := mode, mode
	atAbove, atBelow := atMode, atMode
	for u >= 0 && (above < n && atAbove > 0 || below > 0 && atBelow > 0) {
		if above < n {
			atAbove *= (size - float64(above)) / float64(above+1) * odds
			above++
			if u -= atAbove; u < 0 {
				return above
			}
		}
		if below > 0 {
			atBelow *= float64(below) / (size - float64(below-1)) / odds
			below--
			if u -= atBelow; u < 0 {
				return below
			}
		}
	}
	return mode // or u was within rounding of 1
}
