package cohort

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/interval"
	"github.com/clientele-go/clientele/internal/rule"
)

// The faults of counts.
var (
	errManySuccesses = rule.Because(rule.Range, "more than there are", "at most as many as there are customers")
	errManyTrials    = rule.Want(rule.Range, "at most 2^31 customers, as an activity can hold")
	errNoCustomers   = rule.Because(rule.Empty, "no customers", "at least one customer")
)

// maxTrials bounds the time of exact intervals, which is that of the standard deviation of n
// trials.
const maxTrials = 1 << 31

// ExactShare returns the share of n customers of whom k did something, such as Next out of
// Eligible in a [Rung], with the exact interval of Clopper & Pearson, The Use of Confidence
// or Fiducial Limits Illustrated in the Case of the Binomial, Biometrika 26 (1934). It
// covers the true share at least as often as the level says, for every share and every n,
// and is wider than Wilson's, which the reports have. level is the confidence level; 0 =
// 0.95.
//
// ExactShare returns [clientele.ErrNegative] for a negative number, [clientele.ErrRange] if
// k is above n, n above 2^31, or the level out of range, and [clientele.ErrEmpty] if n is 0.
func ExactShare(k, n int, level float64) (clientele.Estimate, error) {
	const op = "cohort.ExactShare"
	level, err := fault.Level(op, level)
	if err != nil {
		return clientele.Estimate{}, err
	}
	if err := checkTrials(op, "k", k, "n", n); err != nil {
		return clientele.Estimate{}, err
	}
	return interval.Exact(int64(k), int64(n), level), nil
}

// checkTrials refuses numbers of successes and of trials that cannot be.
func checkTrials(op, successes string, k int, all string, n int) error {
	switch {
	case k < 0:
		return fault.Of(op, successes, k, errCount)
	case n < 0:
		return fault.Of(op, all, n, errCount)
	case n == 0:
		return fault.Of(op, all, n, errNoCustomers)
	case int64(n) > maxTrials:
		return fault.Of(op, all, n, errManyTrials)
	case k > n:
		return fault.Of(op, successes, k, errManySuccesses)
	}
	return nil
}
