package nps

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// CompareTarget estimates by how much the score of a group is above a target, in points
// between -100 and 100, and tests whether that is more than chance. The target is known
// exactly, as a goal that was set or the score of all customers; for a score that was
// itself estimated from answers, use [Compare].
//
// AdjustedWelchTest, AdjustedTest and WaldTest take the variance of the answers, and the
// interval of the difference is that of [AdjustedT], [AdjustedWald] or [Wald], less the
// target. PooledTest uses for Z
// and P the variance that is most likely if the score is the target: Tango, Equivalence
// Test and Confidence Interval for the Difference in Proportions for the Paired-sample
// Design, Statistics in Medicine 17 (1998), whose discordant pairs, those that differ, are
// promoters and detractors here. With a target of 0 it is the test of McNemar. The interval
// of PooledTest is that of WaldTest.
//
// Where the variance of a test is 0, Z is 0, P is 1, and the difference has no interval,
// as with [Compare].
//
// All faults of the target and the configuration come at once in a
// [clientele.ConfigError]. The error is [clientele.ErrEmpty] if the group has no answers.
func CompareTarget(target float64, answers Tally, cfg CompareConfig) (Comparison, error) {
	const op = "nps.CompareTarget"
	faults := clientele.ConfigError{Op: op}
	if !(target > -points && target < points) {
		faults.Add("target", target, rule.Want(rule.Range, "points above %d and below %d", -points, points))
	}
	cfg = cfg.fill(&faults)
	if err := faults.Err(); err != nil {
		return Comparison{}, err
	}
	if answers.N() == 0 {
		return Comparison{}, noAnswers(op, "answers")
	}
	return compareTarget(target/points, answers.Attitudes(), cfg), nil
}

// compareTarget compares a group with answers with a target from -1 to 1.
func compareTarget(target float64, a Attitudes, cfg CompareConfig) (c Comparison) {
	tested, observed, df := a.composition(), a.composition().score, math.Inf(1)
	switch cfg.Test {
	case AdjustedWelchTest:
		tested = a.adjusted()
		df = tested.n - 1
	case AdjustedTest:
		tested = a.adjusted()
	}
	stdErr := tested.stdErr()
	null := stdErr
	if cfg.Test == PooledTest {
		null = math.Sqrt(tested.varianceAt(target) / tested.n)
	}
	c.Z, c.P = contrast{tested.score - target, stdErr, df}.against(null)
	c.Difference = withoutInterval(observed)
	if stdErr > 0 {
		c.Difference = inPoints(contrast{tested.score, stdErr, df}.interval(cfg.Level), observed, 1)
	}
	c.Difference.Value -= points * target
	c.Difference.Lo -= points * target
	c.Difference.Hi -= points * target
	return c
}

// varianceAt is the variance of an answer where the shares are those that are most likely
// of all whose score is as given: the share x of detractors is the root of a quadratic
// equation, which is written for a score that is not negative, so that nothing cancels.
func (c composition) varianceAt(score float64) float64 {
	promoter, detractor := c.promoter, c.detractor
	if score < 0 {
		promoter, detractor, score = detractor, promoter, -score
	}
	b := (2-promoter+detractor)*score - promoter - detractor
	product := detractor * score * (1 - score)
	root := math.Sqrt(b*b + 8*product)
	x := (root - b) / 4
	if b > 0 {
		x = 2 * product / (root + b)
	}
	return 2*x + score*(1-score)
}
