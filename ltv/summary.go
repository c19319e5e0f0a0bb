package ltv

import (
	"math"

	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
	"github.com/clientele-go/clientele/ltv/internal/kernel"
)

// Summary is all that the models need to know of one customer. Times count from the
// customer's first purchase, in one unit of time (days, weeks) for the whole base. The
// zero Summary is a customer just after the first purchase.
type Summary struct {
	// Frequency is x, the number of repeat purchases: of periods of the
	// calendar (days, say) after the first one that have a purchase.
	Frequency int `json:"frequency"`

	// Recency is t_x, the age at the last purchase; 0 while Frequency is 0.
	Recency float64 `json:"recency"`

	// T is the age: the number of periods of the calendar from that of the first purchase
	// to that of SummaryConfig.AsOf, divided by SummaryConfig.Per. A customer who first
	// bought in the period of AsOf has T 0.
	T float64 `json:"t"`

	// Monetary is the mean spend of a period with purchases. By convention the first
	// period is left out, so it is 0 while Frequency is 0.
	Monetary float64 `json:"monetary,omitempty"`

	// Orders is the number of periods over which Monetary is the mean; 0 = Frequency. It
	// is Frequency+1 where the first period is included.
	Orders int `json:"orders,omitempty"`

	// LogGaps is the sum of the logarithms of the times between purchases. Only the
	// likelihoods of regular buying ([BGCNBD], [MBGCNBD]) look at it.
	LogGaps float64 `json:"logGaps,omitempty"`
}

// orders is Orders with its default.
func (s Summary) orders() int {
	if s.Orders == 0 {
		return s.Frequency
	}
	return s.Orders
}

// maxFrequency bounds the tables that are indexed by frequency.
const maxFrequency = 1 << 24

// The faults of a summary.
var (
	errNoNumber      = rule.Want(clientele.ErrNotFinite, "a number")
	errNegativeTime  = rule.Want(clientele.ErrNegative, "0 or more")
	errNegativeCount = rule.Want(clientele.ErrNegative, "0 or more")
	errFrequency     = rule.Want(clientele.ErrRange, "at most %d", maxFrequency)
	errOrders        = rule.Because(clientele.ErrRange, "orders do not go with frequency", "Frequency, Frequency+1, or 0 for Frequency")
	errRecencyAboveT = rule.Because(clientele.ErrRange, "recency is above T", "at most T")
	errRecencyAlone  = rule.Because(clientele.ErrRange, "recency without repeat purchases", "0 where Frequency is 0")
	errNoRecency     = rule.Because(clientele.ErrRange, "repeat purchases without recency", "above 0 where Frequency is not 0")
)

// buying is the part that kernels look at.
func (s Summary) buying() kernel.Summary {
	return kernel.Summary{Frequency: s.Frequency, Recency: s.Recency, T: s.T, LogGaps: s.LogGaps}
}

// Validate reports the first field that no model can use, as a [clientele.InputError]
// without Op and Index: a negative count or time, a number that is not finite, a
// recency above T, a recency without repeat purchases, repeat purchases at age 0.
func (s Summary) Validate() error {
	if s.usable() {
		return nil
	}
	for _, f := range []struct {
		name   string
		value  float64
		signed bool // may be negative
	}{{"Recency", s.Recency, false}, {"T", s.T, false}, {"Monetary", s.Monetary, true}, {"LogGaps", s.LogGaps, true}} {
		switch {
		case !rule.IsFinite(f.value):
			return fault.Of("", f.name, f.value, errNoNumber)
		case f.value < 0 && !f.signed:
			return fault.Of("", f.name, f.value, errNegativeTime)
		}
	}
	switch {
	case s.Frequency < 0:
		return fault.Of("", "Frequency", s.Frequency, errNegativeCount)
	case s.Frequency > maxFrequency:
		return fault.Of("", "Frequency", s.Frequency, errFrequency)
	case s.Orders != 0 && s.Orders != s.Frequency && s.Orders != s.Frequency+1:
		return fault.Of("", "Orders", s.Orders, errOrders)
	case s.Recency > s.T:
		return fault.Of("", "Recency", s.Recency, errRecencyAboveT)
	case s.Frequency == 0:
		return fault.Of("", "Recency", s.Recency, errRecencyAlone)
	}
	return fault.Of("", "Recency", s.Recency, errNoRecency)
}

// usable is Validate without the reason.
func (s Summary) usable() bool {
	return 0 <= s.Frequency && s.Frequency <= maxFrequency &&
		0 <= s.Recency && s.Recency <= s.T && s.T <= math.MaxFloat64 &&
		(s.Frequency > 0) == (s.Recency > 0) &&
		(s.Orders == 0 || s.Orders == s.Frequency || s.Orders == s.Frequency+1) &&
		math.Abs(s.Monetary) <= math.MaxFloat64 && math.Abs(s.LogGaps) <= math.MaxFloat64
}
