package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
)

// Buys returns the summary after one more unit with purchases, at this age: time
// since the first purchase, in the unit of the summary. spend is the money of that
// unit. T grows if the age is beyond it; Monetary stays the mean that it is, of all
// units or, as in the zero Summary, of all but the first.
//
// An age that is not after Recency is [clientele.ErrRange], since only purchases
// that come in order can be added without the others. A negative spend is
// [clientele.ErrNegative], and a summary that no model can use its own error.
func (s Summary) Buys(age, spend float64) (Summary, error) {
	const op = "ltv.Summary.Buys"
	if err := s.checkAfter(op, age); err != nil {
		return s, err
	}
	switch {
	case math.IsNaN(spend) || math.IsInf(spend, 0):
		return s, after(op, "spend", spend, clientele.ErrNotFinite)
	case spend < 0:
		return s, after(op, "spend", spend, clientele.ErrNegative)
	case age <= s.Recency:
		return s, after(op, "age", age, clientele.ErrRange)
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

// At returns the summary at a later age with nothing bought meanwhile. An age
// below T is [clientele.ErrRange], and a summary that no model can use its own
// error.
func (s Summary) At(age float64) (Summary, error) {
	const op = "ltv.Summary.At"
	if err := s.checkAfter(op, age); err != nil {
		return s, err
	}
	if age < s.T {
		return s, after(op, "age", age, clientele.ErrRange)
	}
	s.T = age
	return s, nil
}

// checkAfter returns what is wrong with a summary, or with an age at which it is to
// be continued.
func (s Summary) checkAfter(op string, age float64) error {
	if err := s.Validate(); err != nil {
		return fault.Renamed(op, err)
	}
	if math.IsNaN(age) || math.IsInf(age, 0) {
		return after(op, "age", age, clientele.ErrNotFinite)
	}
	return nil
}

func after(op, field string, value float64, err error) error {
	return &clientele.InputError{Op: op, Index: -1, Field: field, Value: value, Err: err}
}
