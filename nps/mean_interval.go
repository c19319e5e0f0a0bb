package nps

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
)

// MeanInterval returns the mean answer with the interval of Pearson's chi-square. It holds
// every mean that shares p of the answers of the scale can have with n Σ (o-p)²/p ≤ z²,
// where o are the observed shares of n answers and z is the normal quantile: the test of
// Neyman, Contribution to the Theory of the χ² Test, Proceedings of the (First) Berkeley
// Symposium on Mathematical Statistics and Probability (1949), with 1 degree of freedom.
// Answers that nobody gave may have a share too: a sample without a rare low answer does
// not rule it out. Where all answers are at the two ends of the scale it is Wilson's
// interval of [Tally.TopBox]. It never leaves the scale, and it has a width even if all
// answers are alike. StdErr is √(Σ (answer-mean)²/(n-1)/n), 0 for a single answer.
//
// level is the confidence level of the interval, between 0 and 1; 0 = 0.95. Any other
// level returns [clientele.ErrRange]. It returns [clientele.ErrEmpty] if there are no
// answers.
func (t Tally) MeanInterval(level float64) (clientele.Estimate, error) {
	const op = "nps.Tally.MeanInterval"
	level, err := fault.Level(op, level)
	if err != nil {
		return clientele.Estimate{}, err
	}
	mean, err := t.Mean()
	if err != nil {
		return clientele.Estimate{}, fault.Renamed(op, err)
	}
	low, high := t.bounds()
	return interval.OnScale(mean, float64(low), float64(high), float64(t.N()), level, func(yield func(answer, count float64) bool) {
		for answer, count := range t.All() {
			if !yield(float64(answer), float64(count)) {
				return
			}
		}
	}), nil
}
