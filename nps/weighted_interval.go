package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// EffectiveN is how many answers of equal weight would tell as much, where weights have
// nothing to do with answers: (Σw)²/Σw², of Kish, Weighting for Unequal Pi, Journal of
// Official Statistics 8 (1992). It returns [clientele.ErrEmpty] if no answer has a
// positive weight.
func (t Weighted) EffectiveN() (float64, error) {
	if t.counted.N() == 0 {
		return 0, noAnswers("nps.Weighted.EffectiveN", "answers")
	}
	return effective(t.byAttitude()), nil
}

// DesignEffect is by how much weights raise the variance where they have nothing to do
// with answers: N over [Weighted.EffectiveN], 1 for equal weights. It returns
// [clientele.ErrEmpty] if no answer has a positive weight.
func (t Weighted) DesignEffect() (float64, error) {
	if t.counted.N() == 0 {
		return 0, noAnswers("nps.Weighted.DesignEffect", "answers")
	}
	return float64(t.counted.N()) / effective(t.byAttitude()), nil
}

// effective is Kish's number, given the sums of weights and of their squares.
func effective(weights, squares WeightedAttitudes) float64 {
	w := weights.total()
	return w * w / squares.total()
}

// StdErr is the standard error of the score in points, linearised, for answers that
// were given independently of each other:
//
//	√(n/(n-1) Σ (w (v - score) / Σw)²)
//
// of Särndal, Swensson & Wretman, Model Assisted Survey Sampling (1992), section 5.7, with
// replacement. It takes the weights as given. The score of weights that fit the sample to
// known shares has a smaller standard error, which [PostStratify] and [Rake] return. It
// returns [clientele.ErrEmpty] for fewer than two answers of positive weight.
func (t Weighted) StdErr() (float64, error) {
	if n := t.counted.N(); n < 2 {
		return 0, tooFew("nps.Weighted.StdErr", "answers", n)
	}
	_, stdErr := t.linearised()
	return points * stdErr, nil
}

// tooFew says that there are too few answers to estimate an uncertainty.
func tooFew(op, field string, n uint64) error { return fault.Of(op, field, n, errTooFew) }

var errTooFew = rule.Because(rule.Empty, "too few answers", "at least two of positive weight")

// linearised returns the score and its standard error from -1 to 1, of two answers or
// more.
func (t *Weighted) linearised() (score, stdErr float64) {
	weights, squares := t.byAttitude()
	c, n := weights.composition(), float64(t.counted.N())
	return c.score, math.Sqrt(n/(n-1)*squares.scatter(c)) / weights.total()
}

// Interval returns the score in points with its interval. [AdjustedT] and [AdjustedWald] are
// those of as many answers as [Weighted.EffectiveN] says; StdErr is that of the interval.
// Where weights differ, AdjustedWald says too much of few answers: use AdjustedT. [Wald] is
// the normal interval with [Weighted.StdErr]: it says too much of few answers or where
// nearly all are of one attitude, and there is none where all are, as a single one is: the
// level is 0. Limits are cut to -100 and 100 and extended to the score itself.
//
// level is the confidence level of the interval, between 0 and 1; 0 = 0.95. Faults of the
// arguments come at once in a [clientele.ConfigError]: any other level, and any other method
// than the three. It returns [clientele.ErrEmpty] if no answer has a positive weight.
func (t Weighted) Interval(method Method, level float64) (clientele.Estimate, error) {
	const op = "nps.Weighted.Interval"
	faults := clientele.ConfigError{Op: op}
	if method > Wald {
		faults.Add("method", method, rule.OneOf(AdjustedT.String(), AdjustedWald.String(), Wald.String()))
	}
	level = fault.AddLevel(&faults, level)
	if err := faults.Err(); err != nil {
		return clientele.Estimate{}, err
	}
	if t.counted.N() == 0 {
		return clientele.Estimate{}, noAnswers(op, "answers")
	}
	if method != Wald {
		a, score := t.adjusted()
		return inPoints(method.around(a, level), score, 1), nil
	}
	if t.counted.N() == 1 {
		return withoutInterval(t.Attitudes().composition().score), nil
	}
	score, stdErr := t.linearised()
	return toldInPoints(interval.Normal(score, stdErr, level), score), nil
}

// adjusted is the composition of as many answers as the weighted ones are worth, with the
// three customers that [AdjustedWald] adds, and the score without them.
func (t *Weighted) adjusted() (a composition, score float64) {
	weights, squares := t.byAttitude()
	c := weights.composition()
	return c.worth(effective(weights, squares)), c.score
}
