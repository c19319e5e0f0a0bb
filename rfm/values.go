package rfm

import (
	"github.com/clientele-go/clientele"
	"github.com/clientele-go/clientele/internal/fault"
	"github.com/clientele-go/clientele/internal/rule"
)

// Values are a customer's recency, frequency and monetary as numbers, which a plan's
// [Measure] makes from [Facts] and its scales grade.
type Values struct {
	Recency   float64 `json:"recency"`   // Recency is in days, at least 0.
	Frequency float64 `json:"frequency"` // Frequency is a number of purchases or of purchases per year, at least 0.
	Monetary  float64 `json:"monetary"`  // Monetary is money, correctly rounded, so that equal money gives equal values.
}

// Value returns the value of one metric; 0 for a metric that does not exist.
func (v Values) Value(m Metric) float64 {
	if m > M {
		return 0
	}
	return [3]float64{v.Recency, v.Frequency, v.Monetary}[m]
}

// validate returns an InputError for the first value that cannot be graded.
func (v Values) validate(op string) error {
	for _, m := range metrics {
		x := v.Value(m)
		switch {
		case !rule.IsFinite(x):
			return fault.Of(op, fieldNames[m], x, rule.Want(clientele.ErrNotFinite, "a number"))
		case x < 0 && m != M:
			return fault.Of(op, fieldNames[m], x, rule.Want(clientele.ErrNegative, "0 or more"))
		}
	}
	return nil
}
