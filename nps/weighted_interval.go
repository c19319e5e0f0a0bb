package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
)

// EffectiveN is how many answers of equal weight would tell as much, where weights have
// nothing to do with answers: (Σw)²/Σw², of Kish, Weighting for Unequal
// Pi, Journal of Official Statistics 8 (1992).
// Without an answer of positive weight it is [clientele.ErrEmpty].
func (t Weighted) EffectiveN() (float64, error) {
	if t.counted.N() == 0 {
		return 0, empty("nps.Weighted.EffectiveN")
	}
	return effective(t.byAttitude()), nil
}

// DesignEffect is by how much weights raise the variance where they have nothing to do
// with answers: N over [Weighted.EffectiveN], 1 for equal weights. Without an answer of
// positive weight it is [clientele.ErrEmpty].
func (t Weighted) DesignEffect() (float64, error) {
	if t.counted.N() == 0 {
		return 0, empty("nps.Weighted.DesignEffect")
	}
	return float64(t.counted.N()) / effective(t.byAttitude()), nil
}

func effective(weights, squares byAttitude) float64 {
	w := weights.total()
	return w * w / squares.total()
}

// StdErr is the standard error of the score in points, linearised, for answers that
// were given independently of each other:
//
//	√(n/(n-1) Σ (w (v - score) / Σw)²)
//
// of Särndal, Swensson & Wretman, Model Assisted Survey Sampling (1992), section 5.7,
// with replacement. It takes the weights as given: those that fit the sample to known
// shares have a smaller one, which [PostStratify] and [Rake] return. Fewer than two
// answers of positive weight are [clientele.ErrEmpty].
func (t Weighted) StdErr() (float64, error) {
	n := t.counted.N()
	if n < 2 {
		return 0, tooFew("nps.Weighted.StdErr", n)
	}
	_, stdErr := t.linearised()
	return points * stdErr, nil
}

// tooFew says that there are too few answers to measure a doubt.
func tooFew(op string, n uint64) error {
	return &clientele.InputError{Op: op, Index: -1, Field: "N", Value: n, Err: clientele.ErrEmpty}
}

// linearised returns the score and its standard error from -1 to 1, of two answers or
// more.
func (t *Weighted) linearised() (score, stdErr float64) {
	weights, squares := t.byAttitude()
	m, n := weights.composition(), float64(t.counted.N())
	return m.score, math.Sqrt(n/(n-1)*squares.scatter(m)) / weights.total()
}

// Interval returns the score with [Weighted.StdErr] and the normal interval, cut to -100
// and 100. It says little where nearly all answers are of one role, and nothing where
// all are: [Weighted.AdjustedInterval] does. level is that of the interval, 0 = 0.95; a single
// answer has an interval of no length and level 0. Without an answer of positive weight
// it is [clientele.ErrEmpty].
func (t Weighted) Interval(level float64) (clientele.Estimate, error) {
	const op = "nps.Weighted.Interval"
	level, err := fault.Level(op, level)
	if err != nil {
		return clientele.Estimate{}, err
	}
	switch t.counted.N() {
	case 0:
		return clientele.Estimate{}, empty(op)
	case 1:
		weights, _ := t.byAttitude()
		s := points * weights.composition().score
		return clientele.Estimate{Value: s, Lo: s, Hi: s}, nil
	}
	score, stdErr := t.linearised()
	return inPoints(interval.Normal(score, stdErr, level), score, 1), nil
}

// AdjustedInterval returns the score with the interval of [AdjustedWald] of as many answers as
// [Weighted.EffectiveN] says. It is for few or one-sided answers. Limits are cut to -100
// and 100 and extended to the score itself; StdErr is that of the interval. level is
// that of the interval, 0 = 0.95. Without an answer of positive weight it is
// [clientele.ErrEmpty].
func (t Weighted) AdjustedInterval(level float64) (clientele.Estimate, error) {
	const op = "nps.Weighted.Adjusted"
	level, err := fault.Level(op, level)
	if err != nil {
		return clientele.Estimate{}, err
	}
	if t.counted.N() == 0 {
		return clientele.Estimate{}, empty(op)
	}
	weights, squares := t.byAttitude()
	m, n := weights.composition(), effective(weights, squares)
	const more = 3. / 4
	a := compositionOf(n*m.promoter+more, n*m.passive+2*more, n*m.detract+more)
	return inPoints(interval.Normal(a.score, a.stdErr(), level), m.score, 1), nil
}
