package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/rule"
)

// Summary is all that the models need to know of one customer. Times are in one
// unit for the whole data set (days, weeks: the host's choice), counted from the
// customer's first purchase. The zero Summary is a customer who has just come.
type Summary struct {
	// Frequency is x, the number of later units of the calendar (days, say) with
	// a purchase: the first one is not a repeat purchase and does not count.
	Frequency int `json:"frequency"`

	// Recency is t_x, the age at the last purchase; 0 while Frequency is 0.
	Recency float64 `json:"recency"`

	// T is the age: from the first purchase to the end of the observation.
	T float64 `json:"t"`

	// Monetary is the mean spend of Orders units with purchases. By convention
	// the first purchase is left out, so it is 0 while Frequency is 0.
	Monetary float64 `json:"monetary,omitempty"`

	// Orders is how many units Monetary is the mean of; 0 = Frequency. It is
	// Frequency+1 where the first purchase is included.
	Orders int `json:"orders,omitempty"`

	// LogGaps is the sum of the logarithms of the gaps between purchases. Only
	// the likelihoods of regular buying ([BGCNBD], [MBGCNBD]) look at it.
	LogGaps float64 `json:"logGaps,omitempty"`
}

// orders is Orders with its default.
func (s Summary) orders() int {
	if s.Orders == 0 {
		return s.Frequency
	}
	return s.Orders
}

// Validate reports the first field that no model can use, as an InputError
// without Op and Index: a negative count or time, a number that is not finite, a
// recency above T, a recency without repeat purchases, repeat purchases at age 0.
func (s Summary) Validate() error {
	if s.usable() {
		return nil
	}
	fault := func(field string, value any, err error) error {
		return &clientele.InputError{Index: -1, Field: field, Value: value, Err: err}
	}
	for _, f := range []struct {
		name  string
		value float64
		sign  bool // may be negative
	}{{"Recency", s.Recency, false}, {"T", s.T, false}, {"Monetary", s.Monetary, true}, {"LogGaps", s.LogGaps, true}} {
		switch {
		case math.IsNaN(f.value) || math.IsInf(f.value, 0):
			return fault(f.name, f.value, clientele.ErrNotFinite)
		case f.value < 0 && !f.sign:
			return fault(f.name, f.value, clientele.ErrNegative)
		}
	}
	switch {
	case s.Frequency < 0:
		return fault("Frequency", s.Frequency, clientele.ErrNegative)
	case s.Frequency > maxFrequency:
		return fault("Frequency", s.Frequency, errFrequency)
	case s.Orders != 0 && s.Orders != s.Frequency && s.Orders != s.Frequency+1:
		return fault("Orders", s.Orders, clientele.ErrRange)
	case s.Recency > s.T:
		return fault("Recency", s.Recency, errRecencyAboveT)
	case s.Frequency == 0:
		return fault("Recency", s.Recency, errRecencyAlone)
	}
	return fault("Recency", s.Recency, errNoRecency)
}

// maxFrequency bounds the tables that are indexed by frequency.
const maxFrequency = 1 << 24

var errFrequency = rule.Want(clientele.ErrRange, "at most %d", maxFrequency)

// usable is Validate without the reason.
func (s Summary) usable() bool {
	return 0 <= s.Frequency && s.Frequency <= maxFrequency &&
		0 <= s.Recency && s.Recency <= s.T && s.T <= math.MaxFloat64 &&
		(s.Frequency > 0) == (s.Recency > 0) &&
		(s.Orders == 0 || s.Orders == s.Frequency || s.Orders == s.Frequency+1) &&
		math.Abs(s.Monetary) <= math.MaxFloat64 && math.Abs(s.LogGaps) <= math.MaxFloat64
}
