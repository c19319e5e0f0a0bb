package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Buys returns the summary after one more period with purchases, at an age: the time
// since the first purchase, in the unit of the summary. spend is the money of that
// period. T grows if the age is beyond it. If the first period was part of Monetary before
// (Orders is Frequency+1) it still is; otherwise, as in the zero Summary, it stays left out.
//
// Buys returns [clientele.ErrRange] for an age that is not after Recency, since only
// purchases that come in order can be added without knowing the others, and
// [clientele.ErrNegative] for a negative spend. It refuses a summary that no model can use
// as [Summary.Validate] does.
func (s Summary) Buys(age, spend float64) (Summary, error) {
	const op = "ltv.Summary.Buys"
	if err := s.checkUpdate(op, age); err != nil {
		return s, err
	}
	switch {
	case !rule.IsFinite(spend):
		return s, fault.Of(op, "spend", spend, errNoNumber)
	case spend < 0:
		return s, fault.Of(op, "spend", spend, rule.Want(clientele.ErrNegative, "0 or more"))
	case age <= s.Recency:
		return s, fault.Of(op, "age", age, rule.Because(clientele.ErrRange, "not after the last purchase", "more than %v", s.Recency))
	}
	next := s
	next.Frequency++
	if s.Orders != 0 {
		next.Orders++
	}
	n := float64(next.orders())
	next.Monetary += spend/n - s.Monetary/n
	next.LogGaps += math.Log(age - s.Recency)
	next.Recency, next.T = age, max(s.T, age)
	if err := next.Validate(); err != nil {
		return s, fault.Renamed(op, err)
	}
	return next, nil
}

// At returns the summary at a later age with nothing bought meanwhile. It returns
// [clientele.ErrRange] for an age below T, and refuses a summary that no model can use as
// [Summary.Validate] does.
func (s Summary) At(age float64) (Summary, error) {
	const op = "ltv.Summary.At"
	if err := s.checkUpdate(op, age); err != nil {
		return s, err
	}
	if age < s.T {
		return s, fault.Of(op, "age", age, rule.Because(clientele.ErrRange, "before the end of the observation", "%v or more", s.T))
	}
	s.T = age
	return s, nil
}

// checkUpdate returns what is wrong with a summary, or with the age at which it is to
// be continued.
func (s Summary) checkUpdate(op string, age float64) error {
	if err := s.Validate(); err != nil {
		return fault.Renamed(op, err)
	}
	if !rule.IsFinite(age) {
		return fault.Of(op, "age", age, errNoNumber)
	}
	return nil
}
